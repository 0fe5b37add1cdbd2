/**
 * Flows: a body that was checked in; which of its values may get where out, as assignments
 * between places, without order: `to = from`, `to = base.field`, `base.field = from`,
 * conversions to interfaces and assertions back, functions as values, and calls with the
 * places of arguments and results. They are what call graphs by type propagation (VTA:
 * Sundaresan et al. 2000) and the tracing of data are made from, once all packages are
 * linked.
 *
 * Over-approximated: every variable is one place whatever the order of statements; all
 * values of a struct type share its fields; slices and arrays with one type of element
 * share their elements, likewise keys and values of maps and messages of channels; types
 * of one name inside functions of a package are one; a type that a call may instantiate
 * otherwise is the type parameter. A pointer is where what it points to is, and an
 * assignment of a pointer to anything but a struct counts in both directions. Strings,
 * bytes and containers of them are data: a container of data is where its contents are.
 *
 * Missed: numbers and truth values; one container of data under two names, where it is
 * changed through one of them (but arguments may be changed by callees: whoever links can
 * tell from signatures); what unsafe, reflect, assembly and C move; order and conditions. What
 * has no type that is known comes from, and goes to, `unknown`.
 *
 * Linear in the body, once for each part of its builds, but for structs that become structs of
 * another type, whose fields are moved one by one, up to a number for each package. Differences between builds that
 * only flows notice part them too.
 */
import { expressions, specNames } from "../../declare/lists.ts";
import { childByField, F, type FlatTree, type Node, text } from "../../syntax/index.ts";
import type { Checker } from "../../types/index.ts";
import { valuesOf } from "./assignments.ts";
import { recordFunction } from "./closures.ts";
import type { TypeKnowledge } from "./contents.ts";
import { value } from "./expressions.ts";
import type { FieldBudget } from "./field-budget.ts";
import type { Meanings } from "./meanings.ts";
import { move } from "./moving.ts";
import { packageVariable } from "./place.ts";
import { type BodyFlows, createRecorder } from "./recorder.ts";
import { run } from "./run.ts";
import { statement } from "./statements.ts";
import type { Walk } from "./walk.ts";

export interface CheckedBody {
  readonly checker: Checker;
  readonly tree: FlatTree;
  /** Import path of the package. */
  readonly path: string;
  /** Of the current builds. */
  readonly knowledge: TypeKnowledge;
  /** Of the package. */
  readonly budget: FieldBudget;
  readonly meanings: Meanings;
}

/**
 * The flows of what was checked, a function (or only that statement of it) or the initialiser
 * of package variables, by the node of the function, and of the literals in it. May throw a
 * `Split`.
 */
export function recordFlows(body: CheckedBody, only?: Node): ReadonlyMap<Node, BodyFlows> {
  const { checker, tree, meanings, knowledge, budget } = body;
  const recorder = createRecorder();
  const walk: Walk = {
    checker,
    tree,
    meanings,
    knowledge,
    budget,
    recorder,
    variables: new Map(),
    results: [],
    depth: 0,
    value,
    run,
    statement,
  };
  for (const spec of meanings.initialized.keys()) recordInitializer(walk, spec, body.path);
  // The first is the function itself, before its literals.
  const [fn] = meanings.functions.keys();
  if (fn !== undefined) recordFunction(walk, fn, only);
  return recorder.bodies;
}

function recordInitializer(walk: Walk, spec: Node, path: string): void {
  const { tree, meanings, recorder } = walk;
  const types = meanings.initialized.get(spec) ?? [];
  const names = specNames(tree, spec);
  recorder.inBody(spec, { signature: undefined, parameters: [], results: [] }, () => {
    const values = valuesOf(walk, expressions(tree, childByField(tree, spec, F.value)), names.length);
    names.forEach((node, index) => {
      const [held, type] = [values[index], types[index]];
      const name = text(tree, node);
      if (held === undefined || type === undefined || name === "_") return;
      move(walk, { place: packageVariable(path, name), type }, held);
    });
  });
}

/** Whether a package variable would depend on itself: Go refuses to initialise one that does. */
import { F, K, text } from "../../../packages/analyzer/src/syntax/index.ts";
import type { LocalCall } from "./calls.ts";
import type { Code } from "./code.ts";
import { nodesIn } from "./code-file.ts";
import type { Unit } from "./units.ts";

/**
 * Tells of a call whether what it calls leads back to where it stands, by names alone: methods count as used
 * wherever their name is a selector's. A variable that holds the callee, and is used in place of the call, would then
 * depend on itself.
 */
export function cycleFinder({ units }: Pick<Code, "units">): (call: LocalCall) => boolean {
  const mentioned = new Map<Unit, Set<string>>();
  const mentions = (unit: Unit) => {
    const known = mentioned.get(unit);
    if (known !== undefined) return known;
    const names = new Set<string>();
    mentioned.set(unit, names);
    for (const node of nodesIn(unit.file, unit.node)) {
      const { tree } = unit.file;
      if (tree.kinds[node] === K.identifier && tree.fields[node] !== F.name) names.add(text(tree, node));
      if (tree.kinds[node] === K.field_identifier) names.add(`.${text(tree, node)}`);
    }
    return names;
  };
  const declarers = new Map<string, Unit[]>();
  for (const unit of units.filter(({ kind }) => kind === "function" || kind === "variable"))
    for (const name of unit.names) {
      const key = `${unit.file.directory} ${unit.receiver === undefined ? "" : "."}${name}`;
      declarers.set(key, [...(declarers.get(key) ?? []), unit]);
    }
  return ({ callees, within }) => {
    const seen = new Set<Unit>(callees);
    for (const unit of seen) {
      if (unit === within) return true;
      for (const name of mentions(unit)) {
        for (const next of declarers.get(`${unit.file.directory} ${name}`) ?? []) seen.add(next);
      }
    }
    return false;
  };
}

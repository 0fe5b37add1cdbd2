/**
 * Calls by reflection that can be resolved: of a function whose value is known, and of a method by a name that
 * is constant. Of functions those are called that take as many arguments as are written. A `reflect.Value` has the
 * types and functions of what it was made of. What comes out of fields, elements and results of one is not followed,
 * nor what such a call passes. Calls in the standard library are left to the map.
 */
import type { Target, UseFacts } from "../../model/facts.ts";
import { functionId } from "../../model/function-id.ts";
import { addEdge, type GraphParts, type Reflected } from "./graph.ts";
import type { Passed } from "./passing.ts";

/** Their result is a value, or the type, of what they are given, or of the receiver. */
const handOn: ReadonlySet<string> = new Set([
  "reflect.Indirect",
  "reflect.TypeOf",
  "reflect.ValueOf",
  "(reflect.Value).Elem",
  "(reflect.Value).Type",
]);

const calls: ReadonlySet<string> = new Set(["(reflect.Value).Call", "(reflect.Value).CallSlice"]);

const methods: ReadonlySet<string> = new Set(["(reflect.Type).MethodByName", "(reflect.Value).MethodByName"]);

const none: readonly never[] = [];

/** A name of reflect, or a method of an interface of it. */
export function isOfReflect(
  target: Target,
): target is Extract<Target, { readonly kind: "qualified" | "interface-method" }> {
  return (target.kind === "qualified" || target.kind === "interface-method") && target.package === "reflect";
}

/** Adds the flow through a function of reflect; says what is called if it calls something, or prepares to. */
export function reflectedCall(
  parts: GraphParts,
  { target, arguments: [first] = none }: UseFacts,
  { callee, arguments: nodes, results }: Passed,
): Reflected | undefined {
  if (!isOfReflect(target)) return undefined;
  const id = functionId(target.package, target.name);
  const value = callee >= 0 ? callee : (nodes[0] ?? -1);
  if (handOn.has(id)) addEdge(parts, value, results[0]);
  if (calls.has(id)) return { value, count: writtenCount(first?.text) };
  const method = methods.has(id) ? first?.value : undefined;
  return method === undefined ? undefined : { value, method };
}

/**
 * How many values a slice of them is written with; undefined of what is no list, is cut off, has keys, or has texts or comments in
 * it.
 */
function writtenCount(text = ""): number | undefined {
  const [, list] = /^\[\]reflect\.Value\{([^"'`/]*)\}$/u.exec(text) ?? none;
  if (list === undefined) return undefined;
  let values = list;
  for (let before = ""; before !== values; ) {
    before = values;
    values = values.replace(innermost, "_");
  }
  return values.includes(":") ? undefined : values.split(",").filter((one) => one.trim() !== "").length;
}

/** Brackets with none inside. */
const innermost = /[([{][^()[\]{}]*[)\]}]/gu;

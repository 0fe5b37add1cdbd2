/** Import cycles, by Tarjan's strongly connected components. */

/**
 * @param {readonly string[]} files
 * @param {readonly import("./imports.mjs").Import[]} imports
 * @returns {string[][]} the files of each cycle, sorted
 */
export function cycles(files, imports) {
  /** @type {Map<string, string[]>} */
  const targets = new Map(files.map((file) => [file, []]));
  for (const { from, to, internal } of imports) if (internal && targets.has(to)) targets.get(from)?.push(to);
  const own = files.filter((file) => targets.get(file)?.includes(file)).map((file) => [file]);
  return [...own, ...components(targets).filter((component) => component.length > 1)];
}

/**
 * @param {ReadonlyMap<string, readonly string[]>} targets
 * @returns {string[][]}
 */
function components(targets) {
  /** @type {Map<string, number>} */
  const order = new Map();
  /** @type {Map<string, number>} */
  const lowest = new Map();
  /** @type {string[]} */
  const stack = [];
  /** @type {string[][]} */
  const found = [];
  for (const file of targets.keys()) if (!order.has(file)) visit(file);
  return found;

  /** @param {string} file */
  function visit(file) {
    order.set(file, order.size);
    lowest.set(file, order.size - 1);
    stack.push(file);
    for (const target of targets.get(file) ?? []) {
      if (!order.has(target)) visit(target);
      if (stack.includes(target)) lowest.set(file, Math.min(lowestOf(file), lowestOf(target)));
    }
    if (lowestOf(file) === order.get(file)) found.push(stack.splice(stack.indexOf(file)).sort());
  }

  /** @param {string} file */
  function lowestOf(file) {
    return lowest.get(file) ?? Number.POSITIVE_INFINITY;
  }
}

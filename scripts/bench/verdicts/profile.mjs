/** How long functions run, those that they call included, by a CPU profile. */

/**
 * @typedef {object} Profile as V8 writes it
 * @property {readonly { id: number, callFrame: { functionName: string }, children?: readonly number[] }[]} nodes
 * @property {readonly number[]} samples ids of nodes
 * @property {readonly number[]} timeDeltas microseconds before each sample
 */

/**
 * Seconds in which one of the functions was running. One that calls another of them, or itself, counts once.
 *
 * @param {Profile} profile
 * @param {readonly string[]} names
 * @returns {number}
 */
export function secondsIn({ nodes, samples, timeDeltas }, names) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  /** @type {Set<number>} */
  const inside = new Set();
  const pending = nodes.filter(({ callFrame }) => names.includes(callFrame.functionName)).map(({ id }) => id);
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (inside.has(id)) continue;
    inside.add(id);
    for (const child of byId.get(id)?.children ?? []) pending.push(child);
  }
  const total = samples.reduce(
    (sum, id, index) => (inside.has(id) ? sum + (timeDeltas[index] ?? 0) : sum),
    0,
  );
  return total / 1e6;
}

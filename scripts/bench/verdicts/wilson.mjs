/** How sure a share is that was counted. */

/** Of a normal distribution: 95 % lie within so many deviations. */
const deviations = 1.959964;

/**
 * Wilson's score interval: between which shares the true one lies, at 95 %. All is possible where nothing was counted.
 *
 * @param {number} some
 * @param {number} all
 * @returns {{ from: number, to: number }} of 1
 */
export function wilson(some, all) {
  if (all === 0) return { from: 0, to: 1 };
  const share = some / all;
  const square = deviations ** 2;
  const middle = share + square / (2 * all);
  const half = deviations * Math.sqrt((share * (1 - share)) / all + square / (4 * all ** 2));
  const scale = 1 + square / all;
  return { from: Math.max(0, (middle - half) / scale), to: Math.min(1, (middle + half) / scale) };
}

/**
 * As text.
 *
 * @param {number} some
 * @param {number} all
 */
export function interval(some, all) {
  const { from, to } = wilson(some, all);
  return `${(from * 100).toFixed(1)} to ${(to * 100).toFixed(1)} %`;
}

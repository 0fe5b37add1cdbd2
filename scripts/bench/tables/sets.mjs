/** How far what is there agrees with what is expected. */

/**
 * @typedef {object} Agreement
 * @property {number} expected
 * @property {number} actual
 * @property {readonly string[]} missing sorted
 * @property {readonly string[]} extra sorted
 * @property {number} recall of 1: the share of expected ones that are there
 * @property {number} precision of 1: the share of actual ones that are expected
 */

/**
 * @param {Iterable<string>} expected
 * @param {Iterable<string>} actual
 * @returns {Agreement}
 */
export function compareSets(expected, actual) {
  const [want, have] = [new Set(expected), new Set(actual)];
  const missing = [...want].filter((text) => !have.has(text)).sort();
  const extra = [...have].filter((text) => !want.has(text)).sort();
  return {
    expected: want.size,
    actual: have.size,
    missing,
    extra,
    recall: share(want.size - missing.length, want.size),
    precision: share(have.size - extra.length, have.size),
  };
}

/**
 * Several as if all had been one.
 *
 * @param {readonly Agreement[]} agreements
 * @returns {Agreement}
 */
export function together(agreements) {
  const sum = /** @param {(one: Agreement) => number} of */ (of) =>
    agreements.reduce((total, one) => total + of(one), 0);
  const [expected, actual] = [sum((one) => one.expected), sum((one) => one.actual)];
  const found = expected - sum((one) => one.missing.length);
  return {
    expected,
    actual,
    missing: agreements.flatMap((one) => one.missing),
    extra: agreements.flatMap((one) => one.extra),
    recall: share(found, expected),
    precision: share(actual - sum((one) => one.extra.length), actual),
  };
}

/**
 * Nothing of nothing is all.
 *
 * @param {number} part
 * @param {number} whole
 */
export function share(part, whole) {
  return whole === 0 ? 1 : part / whole;
}

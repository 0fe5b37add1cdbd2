/** Figures beside their bars, as a Markdown table that is printed row by row. */

/** A figure as it is shown, and whether it keeps to its bar. @typedef {{ text: string, kept: boolean }} Figure */

/** @typedef {{ atLeast?: number, atMost?: number }} Bar */

/**
 * A figure that breaks its bar ends in an exclamation mark, and so does one that could not be had.
 *
 * @param {number} value
 * @param {(value: number) => string} form
 * @param {Bar} [bar]
 * @returns {Figure}
 */
export function figure(value, form, { atLeast = -Infinity, atMost = Infinity } = {}) {
  const kept = value >= atLeast && value <= atMost;
  return { text: `${form(value)}${kept ? "" : " !"}`, kept };
}

/**
 * @param {string} text
 * @returns {Figure}
 */
export function words(text) {
  return { text, kept: true };
}

/** Rounded down: what is not all is never shown as 100 %. @param {number} share of 1 */
export function percentDown(share) {
  return `${(Math.floor(share * 1e5 + 1e-7) / 1e3).toFixed(3)} %`;
}

/** Rounded up: what is not nothing is never shown as 0 %. @param {number} share of 1 */
export function percentUp(share) {
  return `${(Math.ceil(share * 1e5 - 1e-7) / 1e3).toFixed(3)} %`;
}

/** @param {number} value */
export function seconds(value) {
  return `${value.toFixed(2)} s`;
}

/** @param {number} value */
export function times(value) {
  return `${value.toFixed(2)} x`;
}

/** @param {number} value */
export function megabytes(value) {
  return `${value.toFixed(0)} MB`;
}

/** @param {number} value */
export function count(value) {
  return String(value);
}

/**
 * A column is as wide as its title, or the width that it is given.
 * @typedef {{ title: string, width?: number }} Column
 */

/**
 * The lines above the rows.
 *
 * @param {readonly Column[]} columns
 */
export function tableHead(columns) {
  const rule = columns.map((column, index) => `${"-".repeat(widthOf(column) - 1)}${index === 0 ? "-" : ":"}`);
  return `${tableRow(
    columns,
    columns.map(({ title }) => words(title)),
  )}| ${rule.join(" | ")} |\n`;
}

/**
 * @param {readonly Column[]} columns
 * @param {readonly Figure[]} figures one for each column
 */
export function tableRow(columns, figures) {
  const cells = columns.map((column, index) => {
    const text = figures[index]?.text ?? "";
    return index === 0 ? text.padEnd(widthOf(column)) : text.padStart(widthOf(column));
  });
  return `| ${cells.join(" | ")} |\n`;
}

/** @param {Column} column */
function widthOf({ title, width = 0 }) {
  return Math.max(title.length, width);
}

/** docs/reference/report.md: the report's objects and fields, from its JSON Schemas. */
import { readJson } from "../workspace.mjs";
import { anchor, code, page, table } from "./markdown.mjs";

/**
 * The part of JSON Schema that our schemas use.
 * @typedef {{
 *   $ref?: string, type?: string, const?: unknown, enum?: readonly unknown[], items?: Schema,
 *   anyOf?: readonly Schema[], properties?: Record<string, Schema>, required?: readonly string[],
 *   description?: string,
 * }} Schema
 */

/** @typedef {Record<string, Schema>} Definitions */

const folder = "packages/cli/src/schema";

export function reportPage() {
  const report = definitionsIn(`${folder}/report.schema.json`);
  const lines = definitionsIn(`${folder}/line.schema.json`);
  const verify = definitionsIn(`${folder}/verify.schema.json`);
  const known = new Set(Object.keys(report));
  return page(
    "# The report",
    "What `--format json` writes is one `Report`. Every other format is made from it. `capdiff schema`" +
      " prints the JSON Schema that this page is made from, `capdiff schema --format ndjson` that of a line.",
    "A field whose name ends in `?` is absent, never null, when there is nothing to say. Lists are sorted, and the same inputs" +
      " give the same bytes. Text that comes from a module is not escaped beyond what JSON asks for, except" +
      " that invisible and control characters are written as `\\u` escapes.",
    ...reachable(report, "Report").map((name) => section(name, report)),
    "## Lines of ndjson",
    "With `--format ndjson` the same content comes one object a line. `record` tells the lines apart. The" +
      " `summary` comes last: without it the output was cut off.",
    ...reachable(lines, "Line")
      .filter((name) => !known.has(name))
      .map((name) => section(name, lines, "###")),
    "## The report of verify",
    "What `capdiff verify --format json` writes is one `VerifyReport`. `capdiff schema --format verify` prints its JSON" +
      " Schema. What the published copy can do beyond the repository is a `Report` as above.",
    ...reachable(verify, "VerifyReport")
      .filter((name) => !known.has(name))
      .map((name) => section(name, verify, "###")),
  );
}

/**
 * @param {string} path
 * @returns {Definitions}
 */
function definitionsIn(path) {
  return /** @type {{ definitions: Definitions }} */ (readJson(path)).definitions;
}

/**
 * The definitions that one leads to, itself first, in the order in which they are met.
 *
 * @param {Definitions} definitions
 * @param {string} from
 * @returns {string[]}
 */
function reachable(definitions, from) {
  const found = new Set([from]);
  for (const name of found) for (const next of references(definitions[name] ?? {})) found.add(next);
  return [...found];
}

/**
 * @param {Schema} schema
 * @returns {string[]}
 */
function references({ $ref, items, anyOf = [], properties = {} }) {
  const parts = [...(items === undefined ? [] : [items]), ...anyOf, ...Object.values(properties)];
  return [...($ref === undefined ? [] : [nameOf($ref)]), ...parts.flatMap(references)];
}

/**
 * @param {string} name
 * @param {Definitions} definitions
 */
function section(name, definitions, level = "##") {
  const schema = definitions[name] ?? {};
  const description = schema.description === undefined ? [] : [schema.description];
  return [`${level} ${name}`, ...description, body(schema, definitions)].join("\n\n");
}

/**
 * @param {Schema} schema
 * @param {Definitions} definitions
 */
function body(schema, definitions) {
  const { properties, required = [] } = schema;
  if (properties === undefined) return `${typeOf(schema)}.`;
  const rows = Object.entries(properties).map(([field, value]) => [
    code(required.includes(field) ? field : `${field}?`),
    typeOf(value),
    value.description ?? referredDescription(value, definitions),
  ]);
  return table(["field", "type", "meaning"], rows);
}

/**
 * What the definition of a field's type says, where the field itself says nothing.
 *
 * @param {Schema} schema
 * @param {Definitions} definitions
 */
function referredDescription({ $ref, items }, definitions) {
  const reference = $ref ?? items?.$ref;
  return reference === undefined ? "" : (definitions[nameOf(reference)]?.description ?? "");
}

/**
 * @param {Schema} schema
 * @returns {string}
 */
function typeOf(schema) {
  const { $ref, type, items, anyOf } = schema;
  if ($ref !== undefined) return `[${nameOf($ref)}](#${anchor(nameOf($ref))})`;
  if (anyOf !== undefined) return anyOf.map(typeOf).join(", ");
  if (items !== undefined) return `list of ${typeOf(items)}`;
  if (schema.const !== undefined) return literal(schema.const);
  return schema.enum === undefined ? (type ?? "anything") : schema.enum.map(literal).join(", ");
}

/** @param {unknown} value */
function literal(value) {
  return code(JSON.stringify(value));
}

/** @param {string} reference */
function nameOf(reference) {
  return decodeURIComponent(reference.replace("#/definitions/", ""));
}

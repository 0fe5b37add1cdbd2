export * from "./kinds.ts";
export { createParser, fileSizeLimit, type Parser } from "./parser.ts";
export { placeOf, rangeOf, type Source } from "./source.ts";
export * from "./tree.ts";

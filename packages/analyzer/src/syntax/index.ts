export * from "./kinds.ts";
export { createParser, fileSizeLimit, type Parser } from "./parser.ts";
export { offsetOf, placeOf, rangeOf, type Source } from "./source.ts";
export * from "./tree.ts";

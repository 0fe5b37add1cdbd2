export { type DeclarationText, declarationTexts, wordsOf } from "./declaration-texts.ts";
export { functionBodies } from "./function-bodies.ts";
export * from "./kinds.ts";
export { createParser, fileSizeLimit, type Parser } from "./parser.ts";
export type { Span } from "./shortened.ts";
export { decodeSource, offsetOf, placeOf, rangeOf, type Source } from "./source.ts";
export * from "./tree.ts";

/**
 * Syntax: bytes in, flat tree out. What does not parse becomes diagnostics with a
 * range; the rest of the file is in the tree. Syntax up to Go 1.27. About 2 MB/s.
 */
import type { Diagnostic, Outcome } from "../model/diagnostic.ts";
import { describeDefects, findDefects } from "./defects.ts";
import { functionBodies } from "./function-bodies.ts";
import { repair } from "./repair.ts";
import { lengthen, type Span, shorten } from "./shortened.ts";
import { decodeSource, rangeOf, type Source } from "./source.ts";
import type { FlatTree } from "./tree.ts";
import { loadGrammar } from "./tree-sitter.ts";

/** Bytes of the largest Go file that is parsed; a larger one is a diagnostic. */
export const fileSizeLimit = 32 * 1024 * 1024;

/** A parser of Go, made once and used for all files. */
export interface Parser {
  /** Parses one file. `file` is its slash path inside the module; the content must be within `fileSizeLimit`. */
  readonly parse: (file: string, content: Uint8Array, options?: ParseOptions) => Outcome<FlatTree>;
  /**
   * Parses a file without some parts, in source order, which are not in the tree then. If that has syntax errors,
   * all of it is parsed.
   */
  readonly parseWithout: (source: Source, leftOut: readonly Span[]) => Outcome<FlatTree>;
}

export interface ParseOptions {
  /** Only what the file declares is wanted: bodies of functions may be missing in the tree, with their syntax errors. */
  readonly declarationsOnly?: boolean;
}

/** Makes a parser from the bytes of web-tree-sitter's and tree-sitter-go's WebAssembly files. */
export async function createParser(wasm: {
  readonly runtime: Uint8Array;
  readonly grammar: Uint8Array;
}): Promise<Parser> {
  const grammar = await loadGrammar(wasm);
  const parseWhole = (source: Source): Outcome<FlatTree> => {
    const first = grammar.parse(source, source.text);
    const defects = findDefects(first);
    if (defects.length === 0) return { value: first, diagnostics: sourceDiagnostics(source) };
    const tree = repair(first, grammar) ?? first;
    const left = tree === first ? defects : findDefects(tree);
    return { value: tree, diagnostics: [...sourceDiagnostics(source), ...describeDefects(tree, left)] };
  };
  const parseWithout: Parser["parseWithout"] = (source, leftOut) => {
    if (leftOut.length === 0) return parseWhole(source);
    const shortened = shorten(source.text, leftOut);
    const tree = grammar.parse(source, shortened.text);
    if (findDefects(tree).length > 0) return parseWhole(source);
    lengthen(tree, shortened);
    return { value: tree, diagnostics: sourceDiagnostics(source) };
  };
  return {
    parse: (file, content, { declarationsOnly = false } = {}) => {
      const source = decodeSource(file, content);
      return parseWithout(source, declarationsOnly ? [...functionBodies(source.text)] : []);
    },
    parseWithout,
  };
}

function sourceDiagnostics(source: Source): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (source.invalidAt !== undefined) {
    const offset = source.bytes?.indexOf(source.invalidAt) ?? 0;
    found.push(complaint(source, "invalid-utf8", "not UTF-8 from here on: Go rejects this file", offset));
  }
  const nul = source.text.indexOf("\0");
  if (nul >= 0) found.push(complaint(source, "nul-character", "a NUL character: Go rejects this file", nul));
  return found;
}

function complaint(source: Source, code: string, message: string, offset: number): Diagnostic {
  return { code, severity: "error", message, incomplete: true, range: rangeOf(source, offset, offset + 1) };
}

/**
 * Syntax: bytes in, flat tree out. What does not parse becomes diagnostics with a
 * range; the rest of the file is in the tree. Syntax up to Go 1.27. About 2 MB/s.
 */
import type { Diagnostic, Outcome } from "../model/diagnostic.ts";
import { blankBodies } from "./blank-bodies.ts";
import { describeDefects, findDefects } from "./defects.ts";
import { repair } from "./repair.ts";
import { decodeSource, rangeOf, type Source } from "./source.ts";
import type { FlatTree } from "./tree.ts";
import { loadGrammar } from "./tree-sitter.ts";

/** Bytes of the largest Go file that is parsed; a larger one is a diagnostic. */
export const fileSizeLimit = 32 * 1024 * 1024;

/** A parser of Go, made once and used for all files. */
export interface Parser {
  /** Parses one file. `file` is its slash path inside the module; the content must be within `fileSizeLimit`. */
  readonly parse: (file: string, content: Uint8Array, options?: ParseOptions) => Outcome<FlatTree>;
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
  return {
    parse(file, content, { declarationsOnly = false } = {}) {
      const source = decodeSource(file, content);
      if (declarationsOnly) {
        const outside = grammar.parse(source, blankBodies(source.text));
        if (findDefects(outside).length === 0)
          return { value: outside, diagnostics: sourceDiagnostics(source) };
      }
      const first = grammar.parse(source, source.text);
      const defects = findDefects(first);
      if (defects.length === 0) return { value: first, diagnostics: sourceDiagnostics(source) };
      const tree = repair(first, grammar) ?? first;
      const left = tree === first ? defects : findDefects(tree);
      return { value: tree, diagnostics: [...sourceDiagnostics(source), ...describeDefects(tree, left)] };
    },
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

/** Where the WebAssembly lies: the parser's runtime in its package, the grammar beside the bundle. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

export interface Wasm {
  readonly runtime: Uint8Array;
  readonly grammar: Uint8Array;
}

/** Reads both. Run from source, the grammar is taken from its package instead. */
export async function readWasm(): Promise<Wasm> {
  const { resolve } = createRequire(import.meta.url);
  const beside = new URL("./tree-sitter-go.wasm", import.meta.url);
  const [runtime, grammar] = await Promise.all([
    readFile(resolve("web-tree-sitter/web-tree-sitter.wasm")),
    readFile(beside).catch(() => readFile(resolve("tree-sitter-go/tree-sitter-go.wasm"))),
  ]);
  return { runtime, grammar };
}

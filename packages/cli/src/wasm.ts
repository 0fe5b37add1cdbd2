/** Where the WebAssembly lies, the parser's runtime and the grammar: beside the bundle. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

export interface Wasm {
  readonly runtime: Uint8Array;
  readonly grammar: Uint8Array;
}

/** Reads both. Run from source, they are taken from their packages instead. */
export async function readWasm(): Promise<Wasm> {
  const [runtime, grammar] = await Promise.all(["web-tree-sitter", "tree-sitter-go"].map(readOf));
  if (runtime === undefined || grammar === undefined) throw new Error("two were asked for");
  return { runtime, grammar };
}

async function readOf(name: string): Promise<Uint8Array> {
  const beside = new URL(`./${name}.wasm`, import.meta.url);
  const inPackage = () => createRequire(import.meta.url).resolve(`${name}/${name}.wasm`);
  return readFile(beside).catch(() => readFile(inPackage()));
}

/** What C says of when it runs. Words are looked for, whatever comments and macros are around them. */
import { decodeText } from "../syntax/source.ts";

export type CFormat = "runs when loaded" | "reaches out when loaded";

/** A constructor for GCC and Clang, an entry of a table of such, a library's start on Windows, a class that is loaded. */
const loaded =
  /__attribute__\s*\(\s*\(\s*_{0,2}(?:constructor|ifunc)|\[\[\s*gnu\s*::\s*constructor|\.(?:pre)?init_array|\.ctors\b|\bDllMain\b|^\+\s*\(\s*void\s*\)\s*(?:load|initialize)\b/mu;

/** It runs programs, connects, or loads libraries. */
const reachesOut =
  /\b(?:system|popen|execl[ep]?|execvp?e?|posix_spawnp?|socket|connect|dlopen|mprotect|CreateProcess\w?|WinExec)\s*\(/u;

/** Undefined of C that runs when it is called. Linear. */
export function cFormat(content: Uint8Array): CFormat | undefined {
  const text = decodeText(content);
  if (!loaded.test(text)) return undefined;
  return reachesOut.test(text) ? "reaches out when loaded" : "runs when loaded";
}

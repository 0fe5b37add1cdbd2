import { createParser, type Parser } from "@capdiff/analyzer";
import { readWasm } from "./wasm.ts";

/** A parser that is loaded when it is first needed: a run that finds everything in the cache needs none. */
export interface LazyParser {
  /** Loads it, once. */
  readonly load: () => Promise<Parser>;
  /** Can parse once it is loaded. */
  readonly parser: Parser;
}

export function lazyParser(): LazyParser {
  let loading: Promise<Parser> | undefined;
  let loaded: Parser | undefined;
  const ready = (): Parser => {
    if (loaded === undefined) throw new Error("the parser is used before it is loaded");
    return loaded;
  };
  return {
    load: () =>
      (loading ??= readWasm().then(async (wasm) => {
        loaded = await createParser(wasm);
        return loaded;
      })),
    parser: {
      parse: (...file) => ready().parse(...file),
      parseWithout: (...file) => ready().parseWithout(...file),
    },
  };
}

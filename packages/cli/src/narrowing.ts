/** The builds that flags ask for, and what the report says about them. */
import type { Builds } from "@capdiff/analyzer";
import type { Narrowing } from "./engine.ts";

/** The narrowing of the flags as written. Whether Go has such builds, the engine checks. */
export function readNarrowing(flags: {
  readonly goos?: string | undefined;
  readonly goarch?: string | undefined;
  readonly tags: readonly string[];
  readonly cgo?: string | undefined;
}): Narrowing {
  const { goos, goarch, tags, cgo } = flags;
  return {
    ...(goos !== undefined && { goos }),
    ...(goarch !== undefined && { goarch }),
    ...(tags.length > 0 && { tags }),
    ...(cgo !== undefined && { cgo: cgo === "on" }),
  };
}

/** The narrowing as a set of builds. As with the Go command, cgo is on unless it is said to be off. */
export function narrowedBuilds(narrowing: Narrowing): Builds {
  if (Object.keys(narrowing).length === 0) return { expression: "", words: "all builds" };
  const { goos, goarch, tags = [], cgo = true } = narrowing;
  const terms = [goos, goarch, ...tags, cgo ? "cgo" : "!cgo"];
  const expression = terms.filter((term) => term !== undefined).join(" && ");
  const port = [goos, goarch].filter((term) => term !== undefined).join("/");
  const words = [
    port,
    tags.length === 0 ? "" : `tags ${tags.join(", ")}`,
    cgo ? "with cgo" : "without cgo",
  ].filter((word) => word !== "");
  return { expression, words: words.join(" ") };
}

/** The builds that flags ask for, and what the report says about them. */
import type { Builds } from "@capdiff/analyzer";
import type { Narrowing } from "./engine.ts";
import { UsageError } from "./errors.ts";
import { checkWords } from "./fail-on.ts";

/** What `go tool dist list` knows. */
const systems =
  "aix android darwin dragonfly freebsd illumos ios js linux netbsd openbsd plan9 solaris wasip1 windows".split(
    " ",
  );
const architectures =
  "386 amd64 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x wasm".split(" ");

/** The narrowing of the flags as written. Throws a UsageError for a system or architecture that Go lacks. */
export function readNarrowing(flags: {
  readonly goos?: string | undefined;
  readonly goarch?: string | undefined;
  readonly tags: readonly string[];
  readonly cgo?: string | undefined;
}): Narrowing {
  const { goos, goarch, tags, cgo } = flags;
  if (goos !== undefined) checkWords([goos], systems, "--goos");
  if (goarch !== undefined) checkWords([goarch], architectures, "--goarch");
  for (const tag of tags) {
    if (!/^[\p{L}\p{Nd}_.]+$/u.test(tag)) {
      throw new UsageError(
        `--tags has "${tag}", which cannot be a build tag`,
        "Tags are letters, digits, _ and dots.",
      );
    }
  }
  return {
    ...(goos !== undefined && { goos }),
    ...(goarch !== undefined && { goarch }),
    ...(tags.length > 0 && { tags }),
    ...(cgo !== undefined && { cgo: cgo === "on" }),
  };
}

/** The narrowing as a set of builds. */
export function narrowedBuilds({ goos, goarch, tags = [], cgo }: Narrowing): Builds {
  const terms = [goos, goarch, ...tags, cgo === undefined ? undefined : cgo ? "cgo" : "!cgo"];
  const expression = terms.filter((term) => term !== undefined).join(" && ");
  const port = [goos, goarch].filter((term) => term !== undefined).join("/");
  const words = [
    port,
    tags.length === 0 ? "" : `tags ${tags.join(", ")}`,
    cgo === undefined ? "" : cgo ? "with cgo" : "without cgo",
  ].filter((word) => word !== "");
  return { expression, words: expression === "" ? "all builds" : words.join(" ") };
}

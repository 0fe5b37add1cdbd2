import type { Change, GoModChange, Rule } from "@capdiff/analyzer";
import { lookalikeOf } from "../originals.ts";
import { atPosition, everywhere } from "./places.ts";

export const lookalikeDependency: Rule = {
  id: "lookalike-dependency",
  title: "A new dependency is named nearly like a well-known module",
  tier: "review",
  seen: "go.mod newly requires a module, or puts one in the place of another, whose path is that of a well-known one but for one letter of the account, or of the host. Forks, whose owners have names of their own, are not told.",
  why: "Readers see the name that they know. Whoever has the other name decides what is built.",
  benign: ["an account that is named so by chance, or was renamed"],
  references: [
    "boltdb-go/bolt, hypert, layout, shopsprint/decimal: names of well-known modules with a change (public reports, 2025 and 2026)",
  ],
  *find({ changes }) {
    for (const change of changes) {
      if (change.kind !== "go-mod" || change.change === "removed") continue;
      const brought = broughtBy(change);
      const original = brought === undefined ? undefined : lookalikeOf(brought.path);
      if (brought === undefined || original === undefined || hadIt(brought, changes)) continue;
      const { path, does, instead } = brought;
      yield {
        tier: "review",
        certainty: "static",
        message: `go.mod now ${does} ${path}, which is nearly ${original}`,
        locations: [atPosition({ file: "go.mod", line: 1, column: 1 }, `${does} ${path}`)],
        builds: everywhere,
        about: [...instead, path],
      };
    }
  },
};

interface Brought {
  readonly path: string;
  /** The module in whose place it is, if it is put there. */
  readonly instead: readonly string[];
  readonly does: string;
}

/** The module that a line brings into the build. */
function broughtBy(line: GoModChange): Brought | undefined {
  const { directive, change, subject, value = "", oldValue = "" } = line;
  if (directive === "require")
    return change === "added" ? { path: subject, instead: [], does: "requires" } : undefined;
  if (directive !== "replace" || pathIn(value) === pathIn(oldValue)) return undefined;
  const replaced = pathIn(subject);
  return { path: pathIn(value), instead: [replaced], does: `replaces ${replaced} by` };
}

/** Whether the old version had the same in the place of the same module, for other versions of it. */
function hadIt({ path, instead: [replaced] }: Brought, changes: readonly Change[]): boolean {
  return changes.some(
    (one) =>
      one.kind === "go-mod" &&
      one.directive === "replace" &&
      one.change === "removed" &&
      pathIn(one.subject) === replaced &&
      pathIn(one.value ?? "") === path,
  );
}

/** Of a path alone, or with a version behind it. */
function pathIn(text: string): string {
  return text.split(" ", 1)[0] ?? "";
}

import type { Rule } from "@capdiff/analyzer";
import { lookalikeOf } from "../originals.ts";
import { atPosition, everywhere } from "./places.ts";

export const lookalikeDependency: Rule = {
  id: "lookalike-dependency",
  title: "A new dependency is named nearly like a well-known module",
  tier: "review",
  seen: "go.mod newly requires a module whose path is that of a well-known one but for one letter of the account, or of the host. Forks, whose owners have names of their own, are not told.",
  why: "Readers see the name that they know. Whoever has the other name decides what is built.",
  benign: ["an account that is named so by chance, or was renamed"],
  references: [
    "boltdb-go/bolt, hypert, layout, shopsprint/decimal: names of well-known modules with a change (public reports, 2025 and 2026)",
  ],
  *find({ changes }) {
    for (const change of changes) {
      if (change.kind !== "go-mod" || change.directive !== "require" || change.change !== "added") continue;
      const original = lookalikeOf(change.subject);
      if (original === undefined) continue;
      yield {
        tier: "review",
        certainty: "static",
        message: `go.mod now requires ${change.subject}, which is nearly ${original}`,
        locations: [atPosition({ file: "go.mod", line: 1, column: 1 }, `requires ${change.subject}`)],
        builds: everywhere,
        about: [change.subject],
      };
    }
  },
};

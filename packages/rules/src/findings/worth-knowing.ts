import type { Rule } from "@capdiff/analyzer";
import { alongWitness, atPosition, ownName, shortName } from "./places.ts";

const everywhere = { expression: "", words: "all builds" };

export const gainedCapability: Rule = {
  id: "gained-capability",
  title: "The module can do something that it could not",
  tier: "inform",
  seen: "A capability that no package of the old version had.",
  why: "It is what an upgrade brings, to be known and not to be alarmed at: every fourth honest upgrade gains one.",
  benign: ["nearly always"],
  references: ["measured on 147 real upgrades: 23 % gain a (package, capability), none was malicious"],
  *find({ changes, mode }) {
    if (mode === "single") return;
    const told = new Set<string>();
    for (const change of changes) {
      if (change.kind !== "capability" || change.change !== "added" || !change.newToModule) continue;
      const { capability, witness, certainty, builds } = change;
      if (told.has(capability)) continue;
      told.add(capability);
      yield {
        tier: "inform",
        certainty,
        message: `the module now has ${capability} (${shortName(witness.terminal.name)})`,
        locations: witness.steps.slice(-1).map(({ site, source, function: name }) => ({
          position: site,
          source,
          what: "used here",
          function: name,
        })),
        builds,
        about: [capability],
      };
    }
  },
};

export const testsReach: Rule = {
  id: "tests-reach",
  title: "Tests have an effect that they did not have",
  tier: "inform",
  seen: "A test, benchmark or TestMain newly runs programs or reaches the network. Only where test files are read (`--tests`).",
  why: "Tests run on the machines of maintainers and build servers, not of users.",
  benign: ["integration tests"],
  references: ["the catalogue of signals: TestMain and tests"],
  *find({ changes, mode }) {
    if (mode === "single") return;
    for (const change of changes) {
      if (change.kind !== "entry-point" || change.change !== "added" || change.entryPoint.kind !== "test")
        continue;
      const { capability, certainty, builds, witness } = change;
      if (!/^(?:EXEC|NETWORK\/(?:DIAL|DNS))/u.test(capability)) continue;
      yield {
        tier: "inform",
        certainty,
        message: `\`${ownName(change.entryPoint.function)}\` now uses ${shortName(witness.terminal.name)} (${capability})`,
        locations: alongWitness(change),
        builds,
        about: [capability, witness.terminal.name],
      };
    }
  },
};

export const otherSource: Rule = {
  id: "other-source",
  title: "Code is taken from elsewhere",
  tier: "inform",
  seen: "A new replace, toolchain or tool line in go.mod.",
  why: "A replace of a module is followed by whoever builds it as the main module; a toolchain line may bring another compiler.",
  benign: ["local development", "a new minimum release of Go"],
  references: ["Go Modules Reference"],
  *find({ changes, mode }) {
    if (mode === "single") return;
    for (const change of changes) {
      if (change.kind !== "go-mod" || change.change === "removed") continue;
      if (!["replace", "toolchain", "tool"].includes(change.directive)) continue;
      const line = [change.directive, change.subject, change.value].filter(Boolean).join(" ");
      yield {
        tier: "inform",
        certainty: "static",
        message: `go.mod now says: ${line}`,
        locations: [
          { ...atPosition({ file: "go.mod", line: 1, column: 1 }, change.directive), source: line },
        ],
        builds: everywhere,
        about: [line],
      };
    }
  },
};

export const incompleteAnalysis: Rule = {
  id: "incomplete-analysis",
  title: "Not all could be analysed",
  tier: "review",
  seen: "A diagnostic says that the answer may miss something. It informs, but for code that is nested more deeply than anybody writes it, in a file of which something is new: what lies in there was not looked at.",
  why: "What was not analysed is not safe.",
  benign: ["an import that cannot be had, a file that is broken on purpose"],
  references: [],
  *find({ diagnostics, mode, changedFunctions }) {
    const told = diagnostics.filter(({ incomplete }) => incomplete);
    const nested = told.filter(({ code }) => code === "too-deeply-nested");
    const changed =
      mode === "single" || nested.length === 0
        ? new Set<string>()
        : new Set(changedFunctions().map(({ position }) => position.file));
    const hiding = nested.find(({ range }) => range !== undefined && changed.has(range.file));
    const [first, ...rest] = hiding === undefined ? told : [hiding, ...told.filter((one) => one !== hiding)];
    if (first === undefined) return;
    const file = first.range?.file ?? first.file ?? "go.mod";
    const { line = 1, column = 1 } = first.range ?? {};
    yield {
      tier: hiding === undefined ? "inform" : "review",
      certainty: "static",
      message: `not all could be analysed: ${first.message}${rest.length > 0 ? `, and ${rest.length} more` : ""}`,
      locations: [atPosition({ file, line, column }, first.code)],
      builds: everywhere,
      // Whoever accepts it accepts this, and not what is not analysed later.
      about: told.map((one) => [one.code, one.range?.file ?? one.file ?? "", one.message].join(" ")),
    };
  },
};

/** Judges the sides of a fixture as the command line would. */
import { createHash } from "node:crypto";
import { createBuilds, type Diagnostic, type Judged, judgeModules } from "@capdiff/analyzer";
import { rules } from "@capdiff/rules";
import { analyse } from "./analysis.ts";
import { dependenciesOf } from "./dependencies.ts";
import type { Fixture } from "./fixture.ts";
import { moduleSource } from "./module-files.ts";
import type { ArchiveFile } from "./txtar.ts";

export interface JudgedFixture extends Judged {
  /** Of the new side. */
  readonly diagnostics: readonly Diagnostic[];
  /** Calls of the new side whose callee is not known. */
  readonly unresolved: number;
}

/** A fixture whose old side is analysed, so that many new ones can be held against it. */
export interface FixtureJudge {
  /** What is found in the files as the new side. */
  readonly judge: (files: readonly ArchiveFile[]) => Promise<JudgedFixture>;
}

/** Analyses the old side. */
export async function openFixture({ mode, tests, old, dependencies }: Fixture): Promise<FixtureJudge> {
  const builds = createBuilds();
  const asked = { builds, tests, dependencies: dependenciesOf(dependencies) };
  const before = mode === "single" ? undefined : await analyse(moduleSource(old), asked);
  return {
    judge: async (files) => {
      const after = await analyse(moduleSource(files), asked);
      const judged = await judgeModules(before, after, { mode, rules, digest: sha256, input: 1 });
      return { ...judged, diagnostics: after.diagnostics, unresolved: after.counts.unresolved };
    },
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The cases of the corpus. */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { fixtureKinds } from "./fixtures.ts";

const corpus = fileURLToPath(new URL("../", import.meta.url));

/** Paths of txtar files below the corpus, sorted, without fixtures: these want verdicts. */
export function caseNames(): string[] {
  return readdirSync(corpus, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".txtar"))
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => !fixtureKinds.some((kind) => name.startsWith(`${kind}/`)))
    .sort();
}

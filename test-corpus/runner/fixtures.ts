/** The fixtures of the corpus. */
import { readdirSync, readFileSync } from "node:fs";
import { type Fixture, parseFixture } from "./fixture.ts";

/** Folders of fixtures: attacks, honest code with the same APIs, and honest changes that look alarming. */
export const fixtureKinds = ["attacks", "twins", "benign"] as const;

export type FixtureKind = (typeof fixtureKinds)[number];

const corpus = new URL("../", import.meta.url);

/** The names of the fixtures of a kind, sorted. */
export function fixtureNames(kind: FixtureKind): string[] {
  const files = readdirSync(new URL(`${kind}/`, corpus)).filter((file) => file.endsWith(".txtar"));
  return files.map((file) => file.replace(/\.txtar$/, "")).sort();
}

/** Throws a CaseError for one that is malformed. */
export function readFixture(kind: FixtureKind, name: string): Fixture {
  return parseFixture(name, readFileSync(new URL(`${kind}/${name}.txtar`, corpus), "utf8"));
}

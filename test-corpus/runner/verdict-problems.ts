/** Holds what was found against the section WANT of a fixture. */
import type { Finding, Tier } from "@capdiff/analyzer";
import type { Fixture } from "./fixture.ts";
import type { JudgedFixture } from "./fixture-judge.ts";
import { goModLines, modulePathOf } from "./go-mod.ts";
import type { ArchiveFile } from "./txtar.ts";
import { rankOf } from "./verdict-want.ts";
import { placeWords, shortener } from "./words.ts";

/** The worst tier of the findings; `clear` without any. */
export function worstTier(findings: readonly Finding[]): Tier | "clear" {
  return findings.reduce<Tier | "clear">(
    (worst, { tier }) => (rankOf(tier) > rankOf(worst) ? tier : worst),
    "clear",
  );
}

/** Whether the tier is what a fixture wants. Of another form of it (`mutated`), a worse tier than that of an attack will do too. */
export function holds(
  { want }: Pick<Fixture, "want">,
  tier: Tier | "clear",
  { mutated }: { readonly mutated: boolean },
): boolean {
  if (want.bound === "at-most") return rankOf(tier) <= rankOf(want.tier);
  return mutated ? rankOf(tier) >= rankOf(want.tier) : tier === want.tier;
}

/** What does not agree with WANT, a line each; empty if all does. */
export function verdictProblems(fixture: Fixture, { findings }: JudgedFixture): string[] {
  const { want } = fixture;
  const tier = worstTier(findings);
  const counted = want.bound === "at-most" ? findings : findings.filter((one) => one.tier === want.tier);
  const words = counted.flatMap(textsIn);
  const bound = want.bound === "at-most" ? "at most " : "";
  return [
    ...(holds(fixture, tier, { mutated: false }) ? [] : [`the tier is ${tier}, not ${bound}${want.tier}`]),
    ...want.in
      .filter((place) => !counted.some((finding) => names(finding, place, fixture)))
      .map((place) => `no finding of the tier is in ${place}`),
    ...want.words
      .filter((word) => !words.some((text) => text.includes(word)))
      .map((word) => `no finding of the tier says ${word}`),
  ];
}

/** What is wrong with the tier of another form, in which names are others; a line at most. */
export function formProblems(fixture: Fixture, { findings }: JudgedFixture): string[] {
  const { want } = fixture;
  const tier = worstTier(findings);
  const bound = want.bound === "at-most" ? "at most" : "at least";
  return holds(fixture, tier, { mutated: true }) ? [] : [`the tier is ${tier}, not ${bound} ${want.tier}`];
}

/** Whether a location is in the function, or in one declared in it, or in the file where there is one of that name. */
function names({ locations }: Finding, place: string, fixture: Fixture): boolean {
  if (fixture.new.some(({ name }) => name === place || name === `${place} hex`))
    return locations.some(({ position }) => position.file === place);
  const short = shortenerOf(fixture);
  return locations.some((location) => {
    const fn = short(location.function ?? "");
    return fn === place || fn.startsWith(`${place}$`) || fn.startsWith(`${place}#`);
  });
}

function shortenerOf({ old, new: fresh }: Fixture): (name: string) => string {
  const path = (files: readonly ArchiveFile[]) =>
    modulePathOf(goModLines(files.find(({ name }) => name === "go.mod")?.content ?? ""));
  return shortener(path(old), path(fresh));
}

/** All text in a value. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** What a failing fixture shows: what is wrong, then all findings. */
export function verdictFailure(
  fixture: Fixture,
  problems: readonly string[],
  { findings }: JudgedFixture,
): string {
  const short = shortenerOf(fixture);
  const lines = findings.map(({ tier, rule, message, locations: [first] }) => {
    const at = first === undefined ? "" : `, in ${short(first.function ?? "")} ${placeWords(first.position)}`;
    return `${tier} ${rule}: ${message}${at}`;
  });
  return ["", fixture.idea, ...problems, "", "All findings:", ...lines, ""].join("\n");
}

/** The section WANT of a fixture. */
import type { Tier, Verdict } from "@capdiff/analyzer";
import { CaseError } from "./case-error.ts";

export interface VerdictWant {
  /** `exactly`: some finding has the tier, and none a worse one. `at-most`: none has a worse one. */
  readonly bound: "exactly" | "at-most";
  /** `clear`: nothing is found. */
  readonly tier: Tier | "clear";
  /** Functions, or files, that a finding of that tier must name among its locations. */
  readonly in: readonly string[];
  /** Text that must be in the message or the evidence of a finding. */
  readonly words: readonly string[];
}

const line =
  /^(?:tier (?<bound>at-most )?(?<tier>block|review|inform|clear)|in (?<place>\S.*)|word (?<word>\S.*))$/u;

/** Parses the lines of WANT; those that start with `#` are comments. Throws a CaseError for a line that says nothing. */
export function parseVerdictWant(text: string): VerdictWant {
  const lines = text
    .split("\n")
    .map((one) => one.trim())
    .filter((one) => one !== "" && !one.startsWith("#"))
    .map((one) => {
      const groups = line.exec(one)?.groups;
      if (groups === undefined) throw new CaseError(`not a line of a fixture's WANT: ${one}`);
      return groups;
    });
  const tiers = lines.filter(({ tier }) => tier !== undefined);
  const [only] = tiers;
  if (only === undefined || tiers.length > 1)
    throw new CaseError("WANT must have one line that says the tier");
  return {
    bound: only["bound"] === undefined ? "exactly" : "at-most",
    // The expression lets nothing else through.
    tier: only["tier"] as VerdictWant["tier"],
    in: lines.flatMap(({ place }) => place ?? []),
    words: lines.flatMap(({ word }) => word ?? []),
  };
}

/** From the best to the worst. */
const ranks: readonly (Verdict | "clear")[] = ["clear", "inform", "review", "block"];

/** How bad a tier is: a larger number is worse; `clear` is 0. */
export function rankOf(tier: Tier | "clear"): number {
  return ranks.indexOf(tier);
}

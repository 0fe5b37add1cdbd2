import { type Bump, type Finding, type Verdict, verdictOf } from "@capdiff/analyzer";

/** What the findings about a dependency amount to; undefined if it was not judged. */
export function bumpVerdict(
  { new: name, incomplete, decided }: Omit<Bump, "verdict">,
  findings: readonly Finding[],
): Verdict | undefined {
  if (decided === true) return undefined;
  const own = findings.filter(({ dependency }) => dependency === name);
  return verdictOf(own, [{ incomplete }]);
}

/** The text of modules that only the new side is built with. */
import { type Bump, type Finding, type Report, type Verdict, verdictOf } from "@capdiff/analyzer";
import type { RenderOptions } from "../render.ts";
import { bold, dim, indent, type TextLine, table, yellow } from "./style.ts";

/** Modules that are shown unless all are asked for; those with findings come first. */
const most = 10;

const order: readonly Verdict[] = ["block", "review", "inform", "clear"];

export function* bumpLines(report: Report, { verbose }: RenderOptions): Generator<TextLine> {
  const { bumps = [], findings = [] } = report;
  if (bumps.length === 0) return;
  const rows = bumps
    .map((bump) => ({ bump, verdict: bumpVerdict(bump, findings) }))
    .sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  yield [];
  yield [bold("Dependencies that changed"), dim("  each judged by itself")];
  yield* indent(table((verbose ? rows : rows.slice(0, most)).map(cells)));
  if (!verbose && rows.length > most) yield [dim(`  and ${rows.length - most} more (--verbose lists them)`)];
}

/** What findings about it amount to. */
function bumpVerdict(bump: Bump, findings: readonly Finding[]): Verdict {
  const own = findings.filter(({ dependency }) => dependency === bump.new);
  return verdictOf(own, [{ incomplete: bump.incomplete }]);
}

function cells({ bump, verdict }: { readonly bump: Bump; readonly verdict: Verdict }): TextLine {
  const { old, new: fresh, incomplete, decided } = bump;
  return [
    old === undefined ? "+" : "~",
    old === undefined ? fresh : changed(old, fresh),
    decided ? "known by the map" : verdict,
    ...(incomplete ? [yellow("incomplete")] : []),
  ];
}

/** The path once, if it is the same. */
function changed(old: string, fresh: string): string {
  const [path = "", version = ""] = fresh.split("@");
  const before = old.split("@");
  return before[0] === path && version !== ""
    ? `${path} ${before[1] ?? "a directory"} -> ${version}`
    : `${old} -> ${fresh}`;
}

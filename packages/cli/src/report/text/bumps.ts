/** The text of modules that only the new side is built with. */
import type { Bump, Report, Verdict } from "@capdiff/analyzer";
import type { RenderOptions } from "../render.ts";
import { bold, dim, indent, type TextLine, table, yellow } from "./style.ts";

/** Modules that are shown unless all are asked for; those with findings come first. */
const most = 10;

const order: readonly Verdict[] = ["block", "review", "inform", "clear"];

export function* bumpLines(report: Report, { verbose }: RenderOptions): Generator<TextLine> {
  const { bumps = [] } = report;
  if (bumps.length === 0) return;
  const rows = [...bumps].sort((a, b) => rank(a) - rank(b));
  yield [];
  yield [bold("Dependencies that changed"), dim("  each judged by itself")];
  yield* indent(table((verbose ? rows : rows.slice(0, most)).map(cells)));
  if (!verbose && rows.length > most) yield [dim(`  and ${rows.length - most} more (--verbose lists them)`)];
}

function rank({ verdict }: Bump): number {
  return verdict === undefined ? order.length : order.indexOf(verdict);
}

function cells({ old, new: fresh, incomplete, verdict }: Bump): TextLine {
  return [
    old === undefined ? "+" : "~",
    old === undefined ? fresh : changed(old, fresh),
    verdict ?? "known by the map",
    ...(incomplete ? [yellow("incomplete")] : []),
  ];
}

/** The path once, if it is the same. */
function changed(old: string, fresh: string): string {
  if (old === fresh) return `${fresh} with other files`;
  const [path = "", version = ""] = fresh.split("@");
  const before = old.split("@");
  return before[0] === path && version !== ""
    ? `${path} ${before[1] ?? "a directory"} -> ${version}`
    : `${old} -> ${fresh}`;
}

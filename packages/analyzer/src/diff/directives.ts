import { type CFormat, codeFormat } from "../files/c-format.ts";
import type { DirectiveFacts, PackageFacts } from "../model/facts.ts";
import type { DirectiveChange } from "../model/report.ts";
import { reportBuilds } from "../reach/entry-points.ts";
import { pairByKeys } from "./pairing.ts";
import { relativePath, type Side } from "./side.ts";

/** Characters of a directive that are shown. */
const limit = 400;

interface Placed {
  readonly directive: DirectiveFacts;
  readonly pkg: PackageFacts;
  readonly side: Side;
}

/** Directives that are new, gone, or say something else in the same file. Moving one to another file is no change. */
export function directiveChanges(old: Side, fresh: Side): DirectiveChange[] {
  const { pairs, removed, added } = pairByKeys(all(old), all(fresh), [
    (one) => `${place(one)} ${file(one)} ${one.directive.text}`,
    (one) => `${place(one)} ${one.directive.text}`,
    (one) => `${place(one)} ${file(one)} ${subject(one.directive)}`,
  ]);
  const changed = pairs.filter(([a, b]) => a.directive.text !== b.directive.text);
  return [
    ...added.map((one) => describe(one, "added")),
    ...removed.map((one) => describe(one, "removed")),
    ...changed.map(([before, one]) => alteration(before, one)),
  ];
}

function alteration(before: Placed, one: Placed): DirectiveChange {
  const format = formatOf(before) ?? "";
  return {
    ...describe(one, "changed"),
    oldText: cut(before.directive.text),
    ...(format !== (formatOf(one) ?? "") && { oldFormat: format }),
  };
}

function formatOf({ directive: { kind, text } }: Placed): CFormat | undefined {
  return kind === "cgo-preamble" ? codeFormat(text) : undefined;
}

function all(side: Side): Placed[] {
  return side.program.packages
    .filter(({ module }) => module === undefined)
    .flatMap((pkg) => pkg.directives.map((directive) => ({ directive, pkg, side })));
}

function place({ directive, pkg, side }: Placed): string {
  return `${relativePath(side, pkg.path)} ${directive.kind}`;
}

function file({ directive, pkg }: Placed): string {
  return pkg.files[directive.file]?.name ?? "";
}

/** What a directive is about: the local name of a linkname. Others are told apart by their order. */
function subject({ kind, text }: DirectiveFacts): string {
  return kind === "linkname" ? (text.split(/\s+/)[0] ?? "") : "";
}

function describe(one: Placed, change: "added" | "removed" | "changed"): DirectiveChange {
  const { directive, pkg, side } = one;
  const { builds } = side.program;
  const format = formatOf(one);
  return {
    kind: "directive",
    change,
    directive: directive.kind,
    package: pkg.path,
    position: { file: pkg.files[directive.file]?.name ?? "", line: directive.line, column: directive.column },
    text: cut(directive.text),
    ...(format !== undefined && { format }),
    builds: reportBuilds(builds, builds.parse(pkg.files[directive.file]?.builds ?? "")),
  };
}

function cut(text: string): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}

/** The text of `verify`: of one module in full, of several as a table, and what is wrong with each. */
import type { RenderOptions } from "../render.ts";
import { renderText } from "../text/report.ts";
import {
  bold,
  dim,
  green,
  indent,
  red,
  renderLine,
  type Span,
  type TextLine,
  table,
  yellow,
} from "../text/style.ts";
import { count, few } from "../text/words.ts";
import type { ModuleProvenance, VerifyReport } from "./model.ts";

export function* renderVerifyText(report: VerifyReport, options: RenderOptions): Generator<string> {
  const line = (text: TextLine): string => renderLine(text, options.colour);
  if (!options.quiet) {
    for (const text of moduleTable(report)) yield line(text);
    const isTable = report.modules.length > 1;
    for (const module of report.modules) {
      if (isTable && !isTelling(module) && !options.verbose) continue;
      if (isTable) yield line([]);
      for (const text of moduleLines(module, report, options)) yield line(text);
      if (module.difference !== undefined) {
        yield line([]);
        yield line([bold("What the published copy does that the repository does not show:")]);
        yield line([]);
        yield* renderText(module.difference, options);
      }
    }
    for (const text of diagnosticLines(report)) yield line(text);
    yield line([]);
  }
  yield line(summary(report));
}

/** Whether there is more to say of a module than a line of the table. */
function isTelling({ verdict, findings, files }: ModuleProvenance): boolean {
  return (
    verdict === "differs" ||
    verdict === "explained" ||
    files.length > 0 ||
    findings.some(({ id }) => !quietIds.includes(id))
  );
}

/** Findings that a table of many modules only names. */
const quietIds: readonly string[] = [
  "origin-absent",
  "deprecated",
  "repository-unknown",
  "repository-unavailable",
];

function moduleTable({ modules }: VerifyReport): readonly TextLine[] {
  if (modules.length < 2) return [];
  const rows = modules.map((module): TextLine => {
    const { verdict, checksum, findings, why } = module;
    const names = findings.map(({ id }) => id);
    const rest = names.length > 0 ? few(names, 3) : verdict === "unverifiable" ? (why ?? "") : "";
    return [
      `${module.module}@${module.version}`,
      verdictSpan(verdict),
      checksumSpan(checksum?.status ?? "unavailable"),
      dim(rest),
    ];
  });
  return table(rows, 72);
}

function* moduleLines(
  module: ModuleProvenance,
  report: VerifyReport,
  options: RenderOptions,
): Generator<TextLine> {
  yield [bold(module.module), ` ${module.version}`];
  yield [verdictSpan(module.verdict), `  ${verdictWords(module, report)}`];
  if (module.why !== undefined) yield ["  ", module.why];
  yield* uncheckedLines(module);
  yield* indent(table(facts(module, options)));
  yield* findingLines(module, options);
  yield* fileLines(module, options);
}

const words = {
  repository: {
    same: "the published copy is what the repository shows at this version",
    explained: "the published copy differs from what the repository shows only by known conversions",
    differs: "the published copy is not what the repository shows at this version",
    unverifiable: "whether the published copy is what the repository shows cannot be told",
  },
  published: {
    same: "what is vendored is what was published",
    explained: "what is vendored differs from what was published only by known conversions",
    differs: "what is vendored is not what was published",
    unverifiable: "whether what is vendored was published cannot be told",
  },
  sums: {
    same: "the published copy has the sums that are known of it",
    explained: "the published copy has the sums that are known of it",
    differs: "the published copy has other sums than are known of it",
    unverifiable: "no sums are known of the published copy",
  },
} as const satisfies Record<VerifyReport["against"], Record<ModuleProvenance["verdict"], string>>;

function verdictWords({ verdict }: ModuleProvenance, { against }: VerifyReport): string {
  return words[against][verdict];
}

function verdictSpan(verdict: ModuleProvenance["verdict"]): Span {
  const text = verdict.toUpperCase();
  if (verdict === "same") return green(text);
  return verdict === "differs" ? red(text) : yellow(text);
}

type ChecksumStatus = NonNullable<ModuleProvenance["checksum"]>["status"];

function checksumSpan(status: ChecksumStatus): Span {
  if (status === "verified") return dim("checksum verified");
  return status === "mismatch" ? red("CHECKSUM MISMATCH") : yellow(`CHECKSUM NOT VERIFIED (${status})`);
}

/** Whatever is not verified is said loudly. */
function uncheckedLines({ checksum }: ModuleProvenance): readonly TextLine[] {
  switch (checksum?.status) {
    case undefined:
    case "verified":
      return [];
    case "mismatch":
      return [
        [
          red("CHECKSUM MISMATCH"),
          ` ${checksum.database ?? ""} has ${checksum.expected ?? ""}: do not use this copy`,
        ],
      ];
    case "off":
    case "unavailable":
      return [[yellow("NOT VERIFIED"), ` by a checksum database: ${checksum.why ?? checksum.status}`]];
  }
}

function facts(module: ModuleProvenance, { verbose }: RenderOptions): readonly TextLine[] {
  const { published, checksum, goSum, repository, tag, compared, files, identical } = module;
  const fact = (name: string, text: string): TextLine[] => [[dim(name), text]];
  return [
    ...(published === undefined
      ? []
      : fact("published", verbose ? `${published.h1}, from ${published.source}` : published.h1)),
    ...(checksum?.status === "verified"
      ? fact("checksum", `verified by ${checksum.database ?? "the database"}`)
      : []),
    ...(goSum === undefined ? [] : fact("go.sum", goSum === "absent" ? "has no line of it" : goSum)),
    ...(repository === undefined
      ? []
      : fact("repository", `${repository.url}, ${foundBy[repository.foundBy]}`)),
    ...(tag === undefined
      ? []
      : fact("tag", `${tag.name} ${tag.commit === undefined ? "does not exist" : `is ${tag.commit}`}`)),
    ...(compared === undefined ? [] : fact("rebuilt", rebuiltWords(compared))),
    ...(identical + files.length === 0 ? [] : fact("files", fileCounts(module))),
  ];
}

const foundBy = {
  flag: "named by --repo",
  "static-host": "from the module path",
  "go-import": "from the page at the module path",
  origin: "named by the proxy alone",
} as const satisfies Record<NonNullable<ModuleProvenance["repository"]>["foundBy"], string>;

function rebuiltWords({ commit, namedBy, directory, h1 }: NonNullable<ModuleProvenance["compared"]>): string {
  const where = directory === "" ? "" : `, directory ${directory}`;
  return `${h1 ?? "no hash"}, of commit ${commit.slice(0, 12)} (named by the ${namedBy}${where})`;
}

function fileCounts({ files, identical }: ModuleProvenance): string {
  const kinds = [...new Set(files.map(({ kind }) => kind))].sort();
  return [
    `${identical} the same`,
    ...kinds.map((kind) => `${files.filter((file) => file.kind === kind).length} ${fileWords[kind]}`),
  ].join(", ");
}

const fileWords = {
  "line-endings": "with other line endings",
  ident: "with $Id$ filled in",
  "export-subst": "with $Format$ filled in",
  "lfs-pointer": "in the place of an LFS pointer",
  "licence-copy": "copy of the root's LICENSE missing",
  "only-published": "only published",
  "only-git": "only in git",
  "only-vendor": "only vendored",
  different: "different",
} as const satisfies Record<ModuleProvenance["files"][number]["kind"], string>;

function* findingLines({ findings }: ModuleProvenance, { verbose }: RenderOptions): Generator<TextLine> {
  if (findings.length === 0) return;
  yield [];
  yield [bold("Findings")];
  for (const { id, title, message, meaning, benign } of findings) {
    yield ["  ", bold(id), `  ${title}`];
    // A message of git or of a server has lines of its own.
    for (const part of message.split("\n").slice(0, verbose ? undefined : 8)) yield ["    ", part];
    yield ["    ", dim("means   "), meaning];
    yield ["    ", dim("benign  "), benign];
  }
}

const mostFiles = 20;

function* fileLines({ files }: ModuleProvenance, { verbose }: RenderOptions): Generator<TextLine> {
  if (files.length === 0) return;
  yield [];
  yield [bold("Files")];
  const shown = verbose ? files : files.slice(0, mostFiles);
  yield* indent(table(shown.map(({ name, kind }) => [name, fileWords[kind]])));
  if (shown.length < files.length)
    yield ["  ", dim(`and ${files.length - shown.length} more (--verbose lists them)`)];
}

function* diagnosticLines({ diagnostics }: VerifyReport): Generator<TextLine> {
  if (diagnostics.length === 0) return;
  yield [];
  yield [bold("Diagnostics")];
  for (const { code, message } of diagnostics.slice(0, mostFiles)) {
    const [first = "", ...more] = message.split("\n");
    yield ["  ", code, `  ${first}`];
    for (const part of more) yield ["  ", part];
  }
  if (diagnostics.length > mostFiles) yield ["  ", dim(`and ${diagnostics.length - mostFiles} more`)];
}

function summary({ modules, checksum }: VerifyReport): TextLine {
  const verdicts = (["same", "explained", "differs", "unverifiable"] as const).flatMap((verdict) => {
    const number = modules.filter((module) => module.verdict === verdict).length;
    return number === 0 ? [] : [modules.length === 1 ? verdict : `${number} ${verdict}`];
  });
  const unchecked = modules.filter((module) => module.checksum?.status !== "verified").length;
  const sums =
    checksum === "mismatch"
      ? "CHECKSUM MISMATCH"
      : unchecked === 0
        ? "checksums verified"
        : `${unchecked} NOT VERIFIED by a checksum database`;
  const ids = [...new Set(modules.flatMap(({ findings }) => findings.map(({ id }) => id)))];
  const of = modules.length === 1 ? "" : `${count(modules.length, "module")}: `;
  return [
    bold("Summary:"),
    ` ${of}${[...verdicts, ...(ids.length === 0 ? [] : [few(ids, 5)])].join(", ")}; ${sums}.`,
  ];
}

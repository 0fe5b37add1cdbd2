/** The text of what is not Go code: directives, other files, go.mod; and of what only moved. */
import type {
  CallSiteChange,
  Change,
  ChangeSort,
  DirectiveChange,
  FileChange,
  FunctionChange,
  GoModChange,
  Report,
  SignalChange,
  SignalKind,
} from "@capdiff/analyzer";
import type { RenderOptions } from "../../render.ts";
import { bold, cyan, dim, green, indent, red, type Styled, type TextLine, table, yellow } from "../style.ts";
import { count, onlyIn, place, size, terminalName } from "../words.ts";

/** Rows of one section that are shown unless all are asked for. */
const most = 10;

export function* surroundingLines(report: Report, { verbose }: RenderOptions): Generator<TextLine> {
  const changes = (report.changes ?? []).filter(({ change }) => change !== "moved");
  const signals = changes.filter((change) => change.kind === "signal");
  const directives = changes.filter((change) => change.kind === "directive");
  const files = changes.filter((change) => change.kind === "file");
  const goMod = changes.filter((change) => change.kind === "go-mod");
  yield* section("Odd in files", signals.map(signalCells), verbose);
  yield* section("Directives", directives.map(directiveCells), verbose);
  yield* section("Files that are not Go", files.map(fileCells), verbose);
  yield* section("go.mod", goMod.map(goModCells), verbose);
}

function* section(title: string, rows: readonly TextLine[], verbose: boolean): Generator<TextLine> {
  if (rows.length === 0) return;
  yield [];
  yield [bold(title)];
  yield* indent(table(verbose ? rows : rows.slice(0, most)));
  if (!verbose && rows.length > most) yield [dim(`  and ${rows.length - most} more (--verbose lists them)`)];
}

const signs: Readonly<Record<ChangeSort, Styled>> = {
  added: red("+"),
  removed: green("-"),
  changed: yellow("~"),
  moved: cyan(">"),
};

const signalWords: Readonly<Record<SignalKind, string>> = {
  "far-right-code": "code out of sight",
  bidirectional: "shown in another order",
  invisible: "invisible characters",
  "mixed-script": "letters of several scripts",
  "disguised-file": "not what it is called",
  "run-on-open": "runs when opened",
  "agent-instructions": "told to agents",
  "build-setup": "done by builds",
};

function signalCells({ change, signal, position, text }: SignalChange): TextLine {
  return [signs[change], signalWords[signal], place(position), text];
}

function directiveCells(change: DirectiveChange): TextLine {
  const old = change.oldText === undefined ? "" : `   (was ${change.oldText})`;
  return [
    signs[change.change],
    change.directive,
    place(change.position),
    change.text + old,
    ...onlyIn(change.builds).slice(1),
  ];
}

function fileCells(change: FileChange): TextLine {
  const sizes =
    change.oldSize === undefined ? size(change.size) : `${size(change.oldSize)} -> ${size(change.size)}`;
  const format = change.format === undefined ? "" : `${change.format}, `;
  return [signs[change.change], change.role, change.name, `${format}${sizes}`];
}

function goModCells(change: GoModChange): TextLine {
  const { directive, subject, value, oldValue, indirect } = change;
  const values = [oldValue, value].filter((text) => text !== undefined && text !== "");
  const words = [subject, values.join(" -> "), ...(indirect ? ["// indirect"] : [])];
  return [signs[change.change], directive, ...words.filter((text) => text !== "")];
}

type Move = CallSiteChange | FileChange | FunctionChange;

export function* moveLines(report: Report, { verbose }: RenderOptions): Generator<TextLine> {
  const moves = (report.changes ?? []).filter(isMove);
  if (moves.length === 0) return;
  const number = (kind: Change["kind"]) => moves.filter((move) => move.kind === kind).length;
  const words = [
    [number("function"), "function"] as const,
    [number("call-site"), "use"] as const,
    [number("file"), "file"] as const,
  ].flatMap(([many, noun]) => (many === 0 ? [] : [count(many, noun)]));
  yield [];
  yield [
    bold("Moved or renamed"),
    `  ${words.join(", ")}`,
    ...(verbose ? [] : [dim("  (--verbose lists them)")]),
  ];
  if (verbose) yield* indent(table(moves.map(moveCells)));
}

function isMove(change: Change): change is Move {
  return change.change === "moved";
}

function moveCells(move: Move): TextLine {
  switch (move.kind) {
    case "function":
      return [signs.moved, `${move.oldFunction} -> ${move.function}`, dim(place(move.position))];
    case "call-site":
      return [
        signs.moved,
        `${terminalName(move.terminal)} in ${move.oldFunction ?? move.function} -> ${move.function}`,
        dim(place(move.site.position)),
      ];
    case "file":
      return [signs.moved, `${move.oldName ?? move.name} -> ${move.name}`, dim(move.role)];
  }
}

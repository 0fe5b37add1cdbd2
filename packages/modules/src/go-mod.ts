/**
 * go.mod and go.work: text in, what it declares out. Everything that can be read is read; what cannot be is a
 * diagnostic with its place. Nothing is resolved: `replace` and `exclude` are handed on as they stand.
 */
import {
  DEPENDENCY_DIRECTIVES,
  type Directives,
  GO_MOD_DIRECTIVES,
  GO_WORK_DIRECTIVES,
} from "./go-mod-directives.ts";
import { type GoModStatement, lexGoMod } from "./go-mod-lexer.ts";
import type { GoMod, GoWork } from "./go-mod-model.ts";
import { quoted } from "./printable.ts";
import type { SourceDiagnostic } from "./source-diagnostic.ts";

/** As many problems are told apart; a file of nonsense has more than anybody reads. */
const MAX_DIAGNOSTICS = 100;

/**
 * Whose go.mod it is. As in Go, that of a dependency is read for `module`, `go`, `require`, `retract` and `ignore`
 * alone: what else stands there, known or not, is passed over.
 */
export type GoModReading = "main" | "dependency";

/** Reads a go.mod in one pass. `file` is only for the diagnostics. Never throws for content. */
export function parseGoMod(
  text: string,
  file: string,
  reading: GoModReading = "main",
): { value: GoMod; diagnostics: SourceDiagnostic[] } {
  const value: GoMod = {
    godebug: [],
    require: [],
    exclude: [],
    replace: [],
    retract: [],
    tool: [],
    ignore: [],
  };
  const isMain = reading === "main";
  const directives = isMain ? GO_MOD_DIRECTIVES : DEPENDENCY_DIRECTIVES;
  const diagnostics = readStatements({ text, file, kind: "go-mod", value, directives, isStrict: isMain });
  if (value.module === undefined) {
    diagnostics.push({ code: "go-mod-no-module", severity: "error", message: "no module directive", file });
  }
  return { value, diagnostics };
}

/** Reads a go.work as {@link parseGoMod} reads a go.mod. */
export function parseGoWork(text: string, file: string): { value: GoWork; diagnostics: SourceDiagnostic[] } {
  const value: GoWork = { godebug: [], use: [], replace: [] };
  const directives = GO_WORK_DIRECTIVES;
  return {
    value,
    diagnostics: readStatements({ text, file, kind: "go-work", value, directives, isStrict: true }),
  };
}

/** A text, and where to put what its directives say. */
interface Reader<File> {
  readonly text: string;
  readonly file: string;
  readonly kind: "go-mod" | "go-work";
  readonly value: File;
  readonly directives: Directives<File>;
  /** Whether a directive that is not among them is worth a word. */
  readonly isStrict: boolean;
}

function readStatements<File>(reader: Reader<File>): SourceDiagnostic[] {
  const { text, file, kind } = reader;
  const { statements, problems } = lexGoMod(text);
  const found: SourceDiagnostic[] = [];
  let count = problems.length;
  const note = (diagnostic: SourceDiagnostic): void => {
    if (found.length < 2 * MAX_DIAGNOSTICS) found.push(diagnostic);
  };
  for (const { message, line, column } of problems.slice(0, MAX_DIAGNOSTICS)) {
    note({ code: `${kind}-syntax`, severity: "error", message, file, line, column });
  }
  for (const statement of statements) {
    const problem = addStatement(reader, statement);
    if (problem === undefined) continue;
    count++;
    note({ ...problem, file, line: statement.line, column: statement.column });
  }
  found.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  const diagnostics = found.slice(0, MAX_DIAGNOSTICS);
  if (count > MAX_DIAGNOSTICS) {
    const message = `${count - MAX_DIAGNOSTICS} more problems`;
    diagnostics.push({ code: `${kind}-syntax`, severity: "error", message, file });
  }
  return diagnostics;
}

function addStatement<File>(
  { kind, value, directives, isStrict }: Reader<File>,
  statement: GoModStatement,
): Pick<SourceDiagnostic, "code" | "severity" | "message"> | undefined {
  const verb = statement.tokens[0];
  if (verb === undefined) return undefined;
  const add = verb.isString ? undefined : directives.get(verb.text);
  if (add === undefined) {
    if (!isStrict) return undefined;
    const message = `unknown directive ${quoted(verb.text)}`;
    return { code: `${kind}-unknown-directive`, severity: "warning", message };
  }
  const message = add(value, statement);
  return message === undefined ? undefined : { code: `${kind}-directive`, severity: "error", message };
}

/**
 * go.mod: text in, what it declares out. Everything that can be read is read; what cannot be is a diagnostic
 * with its place. Nothing is resolved: `replace` and `exclude` are handed on as they stand.
 */
import { GO_MOD_DIRECTIVES } from "./go-mod-directives.ts";
import { type GoModStatement, lexGoMod } from "./go-mod-lexer.ts";
import type { GoMod } from "./go-mod-model.ts";
import { quoted } from "./printable.ts";
import type { SourceDiagnostic } from "./source-diagnostic.ts";

/** As many problems are told apart; a file of nonsense has more than anybody reads. */
const MAX_DIAGNOSTICS = 100;

/** Reads a go.mod in one pass. `file` is only for the diagnostics. Never throws for content. */
export function parseGoMod(text: string, file: string): { value: GoMod; diagnostics: SourceDiagnostic[] } {
  const value: GoMod = {
    godebug: [],
    require: [],
    exclude: [],
    replace: [],
    retract: [],
    tool: [],
    ignore: [],
  };
  const { statements, problems } = lexGoMod(text);
  const found: SourceDiagnostic[] = [];
  let count = problems.length;
  const note = (diagnostic: SourceDiagnostic): void => {
    if (found.length < 2 * MAX_DIAGNOSTICS) found.push(diagnostic);
  };
  for (const { message, line, column } of problems.slice(0, MAX_DIAGNOSTICS)) {
    note({ code: "go-mod-syntax", severity: "error", message, file, line, column });
  }
  for (const statement of statements) {
    const problem = addStatement(value, statement);
    if (problem === undefined) continue;
    count++;
    note({ ...problem, file, line: statement.line, column: statement.column });
  }
  found.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  const diagnostics = found.slice(0, MAX_DIAGNOSTICS);
  if (count > MAX_DIAGNOSTICS) {
    const message = `${count - MAX_DIAGNOSTICS} more problems`;
    diagnostics.push({ code: "go-mod-syntax", severity: "error", message, file });
  }
  if (value.module === undefined) {
    diagnostics.push({ code: "go-mod-no-module", severity: "error", message: "no module directive", file });
  }
  return { value, diagnostics };
}

function addStatement(
  value: GoMod,
  statement: GoModStatement,
): Pick<SourceDiagnostic, "code" | "severity" | "message"> | undefined {
  const verb = statement.tokens[0];
  if (verb === undefined) return undefined;
  const add = verb.isString ? undefined : GO_MOD_DIRECTIVES.get(verb.text);
  if (add === undefined) {
    const message = `unknown directive ${quoted(verb.text)}`;
    return { code: "go-mod-unknown-directive", severity: "warning", message };
  }
  const message = add(value, statement);
  return message === undefined ? undefined : { code: "go-mod-directive", severity: "error", message };
}

/** Places before a statement, where a mutation can declare a variable that the statement then uses. */
import { F, K, kind, type Node, start } from "../../../packages/analyzer/src/syntax/index.ts";
import { type CodeFile, isOf } from "./code-file.ts";

export interface Spot {
  readonly at: number;
  /** What lines there begin with. */
  readonly indent: string;
  /** All that the call sees is declared before the statement, and it runs once, where it stands: its parts can stand there too. */
  readonly sees: boolean;
  /** The call is deferred or made by `go`: then its arguments must be evaluated where it stands. */
  readonly deferred: boolean;
}

const simple = [
  K.expression_statement,
  K.short_var_declaration,
  K.assignment_statement,
  K.return_statement,
  K.var_declaration,
] as const;

/** Undefined outside of functions, and where a label is in the way. */
export function spotBefore(file: CodeFile, node: Node): Spot | undefined {
  let statement = node;
  let inside = -1;
  while (statement >= 0 && !isOf(file, file.parent(statement), K.statement_list)) {
    inside = statement;
    statement = file.parent(statement);
  }
  if (statement < 0 || isOf(file, statement, K.labeled_statement)) return undefined;
  const { tree } = file;
  const at = start(tree, statement);
  const line = tree.source.text.slice(tree.source.text.lastIndexOf("\n", at - 1) + 1, at);
  return {
    at,
    indent: /^\s*/.exec(line)?.[0] ?? "",
    sees:
      isOf(file, statement, ...simple, K.go_statement, K.defer_statement) ||
      isFirstOf(file, statement, inside),
    deferred: isOf(file, statement, K.go_statement, K.defer_statement),
  };
}

/** Whether that child of a compound statement is evaluated first, and once. */
function isFirstOf({ tree }: CodeFile, statement: Node, child: Node): boolean {
  if (tree.fields[child] === F.initializer) return true;
  if (kind(tree, child) === K.range_clause) return true;
  const first = tree.firstChild[statement] ?? -1;
  // `if` and its condition, `switch` and its value: nothing is between.
  return (
    tree.nextSibling[first] === child &&
    [K.if_statement, K.expression_switch_statement].includes(kind(tree, statement))
  );
}

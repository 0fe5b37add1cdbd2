/** Function literals as code, and the variables of signatures. */
import type { Code, Expression } from "../../model/code-facts.ts";
import { childByField, F, type Node } from "../../syntax/index.ts";
import type { FunctionVariables } from "../../types/index.ts";
import { type CodeWalk, parameterNumber } from "./code-walk.ts";
import { codeType, isError } from "./types.ts";

/** Names its use by the node of the literal. */
export function closureExpression(walk: CodeWalk, node: Node): Expression {
  const code = functionCode(walk, node, childByField(walk.tree, node, F.body));
  return code === undefined ? ["?", []] : ["closure", node, code];
}

/** The code of a function declaration or function literal with that body, or with one statement of it. */
export function functionCode(walk: CodeWalk, node: Node, body: Node): Code | undefined {
  const variables = walk.meanings.functions.get(node);
  return variables && [...signature(walk, node, variables), walk.block(walk, body)];
}

function signature(
  walk: CodeWalk,
  node: Node,
  { parameters, results, signature: { variadic }, variables }: FunctionVariables,
): readonly [Code[0], Code[1], Code[2]] {
  const numberOf = (parameter: FunctionVariables["results"][number], place: number) => {
    const variable = variables.get(parameter);
    return variable === undefined ? -1 : parameterNumber(walk, node, place, variable);
  };
  return [
    parameters.map(numberOf),
    results.map((result, index) => [
      numberOf(result, parameters.length + index),
      isError(result.type) ? "E" : codeType(walk, result.type),
    ]),
    variadic,
  ];
}

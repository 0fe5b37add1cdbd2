/** Function literals as code, and the variables of signatures. */
import type { Code, Expression } from "../../model/code-facts.ts";
import { childByField, F, type Node } from "../../syntax/index.ts";
import type { FunctionVariables } from "../../types/index.ts";
import { type CodeWalk, usedAt, variableNumber } from "./code-walk.ts";
import { codeType } from "./types.ts";

export function closureExpression(walk: CodeWalk, node: Node): Expression {
  const code = functionCode(walk, node);
  return code === undefined ? ["?", []] : usedAt(walk, ["closure", -1, code], node);
}

/** The code of a function declaration or function literal. */
export function functionCode(walk: CodeWalk, node: Node): Code | undefined {
  const variables = walk.meanings.functions.get(node);
  if (variables === undefined) return undefined;
  const outer = walk.uses;
  walk.uses = [];
  const code: Code = [...signature(walk, variables), walk.block(walk, childByField(walk.tree, node, F.body))];
  walk.bodies.set(node, walk.uses);
  walk.uses = outer;
  return code;
}

function signature(
  walk: CodeWalk,
  { parameters, results, signature: { variadic }, variables }: FunctionVariables,
): readonly [Code[0], Code[1], Code[2]] {
  const numberOf = (parameter: FunctionVariables["results"][number]) => {
    const variable = variables.get(parameter);
    return variable === undefined ? -1 : variableNumber(walk, variable);
  };
  return [
    parameters.map(numberOf),
    results.map((result) => [numberOf(result), codeType(walk, result.type)]),
    variadic,
  ];
}

/** All that the checker tells of a package, as lines with the builds in which each holds. */
import type { BuildSet } from "../../src/constraints/index.ts";
import { constantEntry } from "../../src/export-data/constant-entry.ts";
import type { CalleeKind, Observer } from "../../src/types/checker.ts";
import type { Callable, Operand } from "../../src/types/operand.ts";
import { receiverString, typeString } from "../../src/types/type-string.ts";
import type { Part } from "../../src/types/varying.ts";
import type { Checked } from "./go-packages.ts";

/** Sorted lines. Builds are joined, so that it does not matter how a body was parted. */
export function observations({ checker, source, scope }: Checked): string[] {
  const { builds } = checker.session;
  const found = new Map<string, BuildSet>();
  const add = (place: string, parts: readonly Part<Recorder>[]) => {
    for (const { builds: set, value } of parts) {
      for (const line of value.lines) {
        const key = `${place} ${line}`;
        found.set(key, builds.or(found.get(key) ?? builds.none, set));
      }
    }
  };
  for (const fn of source.functions) {
    const { file, name, receiver } = fn.declaration;
    add(`${file} func ${receiver?.type ?? ""} ${name}`, source.checkFunction(fn, recorder));
  }
  for (const [, declarations] of scope.names) {
    for (const one of declarations) {
      if (one.kind !== "variable" && one.kind !== "constant") continue;
      add(`${one.file} ${one.kind} ${one.name}`, source.checkDeclaration(one, recorder));
    }
  }
  return [...found].map(([line, set]) => `${line} {${builds.expression(set)}}`).sort();
}

interface Recorder extends Observer {
  readonly lines: string[];
}

function recorder(): Recorder {
  const lines: string[] = [];
  return {
    lines,
    use: (node, callable) => lines.push(`${node} use ${callableText(callable)}`),
    call: ({ node, identifier, callee, arguments: list }) =>
      lines.push(`${node} call ${identifier} ${calleeText(callee)} (${list.map(operandText).join("; ")})`),
    unsafeConversion: (node, type) => lines.push(`${node} unsafe ${typeString(type)}`),
    literal: (_, enter) => enter(),
    tooDeep: (node) => lines.push(`${node} too deep`),
  };
}

function calleeText(callee: CalleeKind): string {
  switch (callee.kind) {
    case "known":
      return callableText(callee.callable);
    case "dynamic":
      return `dynamic ${typeString(callee.type)}`;
    case "literal":
      return "literal";
    case "unknown":
      return `unknown ${callee.reason}`;
    default:
      return callee satisfies never;
  }
}

function callableText(callable: Callable): string {
  if (callable.kind === "method") {
    const { name, pointer, receiver, receiverParameters, signature } = callable.method;
    const of = `${pointer ? "*" : ""}${receiverString(receiver, receiverParameters)}`;
    return `method (${of}).${name} ${typeString(signature())}`;
  }
  if (callable.kind === "interface method") {
    const { name, package: path, owner, signature } = callable.method;
    const of = owner === undefined ? "" : receiverString(owner, owner.typeParameters());
    return `interface method (${of}).${path} ${name} ${typeString(signature)}`;
  }
  return JSON.stringify(callable);
}

function operandText(operand: Operand): string {
  switch (operand.mode) {
    case "value":
      return `${typeString(operand.type)} ${JSON.stringify(constantEntry(operand.constant))} ${operand.commaOk}`;
    case "type":
      return `type ${typeString(operand.type)}`;
    case "unknown":
      return `unknown ${operand.reason}`;
    default:
      return operand.mode;
  }
}

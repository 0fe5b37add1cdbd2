/** Under a build constraint: new functions are in some builds only, with stubs, or the old code, in the others. */
import { childByField, F, type Node, start, text } from "../../../packages/analyzer/src/syntax/index.ts";
import type { Code } from "./code.ts";
import { besides, type CodeFile, nodesIn } from "./code-file.ts";
import { importLines } from "./imports.ts";
import { fileOf, movableFunctions, takeOut, textsOf } from "./moved.ts";
import type { Mutation, Tools } from "./mutation.ts";
import { resultTypes } from "./signature.ts";
import { constraintInName, constraintLines } from "./split.ts";
import type { Declared, Unit } from "./units.ts";

/** How files can be limited to some builds, and the line that limits others to the rest. */
const constraints = [
  { suffix: "_windows", header: "", opposite: "//go:build !windows\n\n" },
  { suffix: "_plan9", header: "", opposite: "//go:build !plan9\n\n" },
  { suffix: "", header: "//go:build darwin || freebsd\n\n", opposite: "//go:build !darwin && !freebsd\n\n" },
  { suffix: "", header: "//go:build !slim\n\n", opposite: "//go:build slim\n\n" },
] as const;

export const buildConstraint: Mutation = {
  name: "build-constraint",
  says: "new functions are in some builds only, with stubs in the others",
  mutate: (code, tools) => {
    const found = movableFunctions(code);
    if ("why" in found) return found;
    // What a file with cgo declares is missing in some builds already.
    const cgo = new Set(code.files.filter((file) => file.cgo).map(({ directory }) => directory));
    const units = found.units.filter(
      ({ file }) => constraintLines(file) === "" && !isLimited(file) && !cgo.has(file.directory),
    );
    if (units.length === 0) return { why: "the new functions are in some builds only already" };
    for (const file of new Set(units.map((unit) => unit.file)))
      limit(file, {
        ...tools,
        units: units.filter((unit) => unit.file === file),
        isComplete: completeIn(code),
      });
    return undefined;
  },
};

interface Limit {
  readonly units: readonly Unit[];
  /** Whether all that the old code of a function names is still there. */
  readonly isComplete: (before: Declared) => boolean;
}

/** By the words of the code, as far as the old version declares them. */
function completeIn({ gone }: Code): Limit["isComplete"] {
  return ({ file, node }) =>
    ![...nodesIn(file, node)].some((one) => gone.has(`${file.directory} ${text(file.tree, one)}`));
}

function limit(file: CodeFile, { edits, names, random, units, isComplete }: Tools & Limit): void {
  const { suffix, header, opposite } = random.choose(constraints);
  const name = names.word();
  takeOut(edits, file, units);
  const nodes = units.map(({ node }) => node);
  const moved = { header, imports: importLines(file, nodes), texts: textsOf(file, nodes) };
  edits.create(besides(file, `${name}${suffix}.go`), fileOf(file, moved));
  const others = units.flatMap((unit) => inOtherBuilds(unit, isComplete) ?? []);
  if (others.length === 0) return;
  const stubs = {
    header: opposite,
    imports: others.flatMap(({ imports }) => imports),
    texts: others.map(({ text }) => text),
  };
  edits.create(besides(file, `${name}_other.go`), fileOf(file, stubs));
}

/** Whether the file's name says something of builds, by the systems and processors that fixtures use. */
function isLimited(file: CodeFile): boolean {
  return constraintInName(file)
    .split("_")
    .some((word) => /^(?:windows|linux|darwin|plan9|freebsd|js|wasip1|amd64|arm64|386|unix)$/.test(word));
}

/** What stands in for a function: what it was before or, if it is new, nothing that does something. An init function needs none. */
function inOtherBuilds(
  { file, node, names, receiver, before }: Unit,
  isComplete: Limit["isComplete"],
): { readonly text: string; readonly imports: readonly string[] } | undefined {
  if (before !== undefined && isComplete(before)) {
    const [text = ""] = textsOf(before.file, [before.node]);
    return { text, imports: importLines(before.file, [before.node]) };
  }
  if (receiver === undefined && names[0] === "init") return undefined;
  return stub(file, node);
}

function stub(file: CodeFile, node: Node): { readonly text: string; readonly imports: readonly string[] } {
  const { tree } = file;
  const part = (field: number) => childByField(tree, node, field);
  const result = part(F.result);
  const head = tree.source.text
    .slice(start(tree, node), start(tree, result < 0 ? part(F.body) : result))
    .trim();
  const results = resultTypes(tree, node).map((type) => `_ ${type}`);
  const written = [F.receiver, F.type_parameters, F.parameters, F.result].map(part).filter((one) => one >= 0);
  return {
    text: results.length === 0 ? `${head} {\n}` : `${head} (${results.join(", ")}) {\n\treturn\n}`,
    imports: importLines(file, written),
  };
}

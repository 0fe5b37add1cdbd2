/** Comments that make the toolchain do something. */
import type { DirectiveFacts } from "../model/facts.ts";
import type { DirectiveKind } from "../model/report.ts";
import {
  childByField,
  childOfKind,
  children,
  childrenOfKind,
  end,
  F,
  type FlatTree,
  K,
  kind,
  type Node,
  placeOf,
  start,
  text,
} from "../syntax/index.ts";

const goDirective = /^\/\/go:(linkname|embed|wasmimport|wasmexport)[ \t]+(.*\S)\s*$/su;
const exportDirective = /^\/\/export[ \t]+(\S+)\s*$/;
const generateLine = /^\/\/go:generate[ \t]+(\S.*)$/su;

const directiveKinds: Readonly<Record<string, DirectiveKind>> = {
  linkname: "linkname",
  embed: "embed",
  wasmimport: "wasm",
  wasmexport: "wasm",
};

type Add = (kind: DirectiveKind, value: string, offset: number) => void;

/** The directives of a file, in source order. `//export` counts only in files that import "C". */
export function directivesOf(tree: FlatTree, file: number): DirectiveFacts[] {
  const found: { readonly offset: number; readonly facts: DirectiveFacts }[] = [];
  const cgo = cgoImports(tree);
  const add: Add = (kind, value, offset) => {
    const { line, column } = placeOf(tree.source, offset);
    found.push({ offset, facts: { kind, text: value, file, line, column } });
  };
  for (let node = 0; node < tree.count; node++) {
    if (kind(tree, node) !== K.comment) continue;
    const comment = text(tree, node);
    const go = goDirective.exec(comment);
    const directive = directiveKinds[go?.[1] ?? ""];
    if (directive !== undefined) add(directive, go?.[2] ?? "", start(tree, node));
    const exported = cgo.length === 0 ? null : exportDirective.exec(comment);
    if (exported !== null) add("cgo-export", exported[1] ?? "", start(tree, node));
  }
  addGenerateLines(tree, add);
  for (const one of cgo) addPreamble(tree, one, add);
  return found.sort((a, b) => a.offset - b.offset).map(({ facts }) => facts);
}

/** `go generate` reads lines, not Go: one inside a string or a block comment is run, an indented one is not. */
function addGenerateLines({ source }: FlatTree, add: Add): void {
  const { text: all, lines } = source;
  lines.forEach((offset, index) => {
    if (!all.startsWith("//go:generate", offset)) return;
    const match = generateLine.exec(all.slice(offset, lines[index + 1]).trimEnd());
    if (match !== null) add("generate", match[1] ?? "", offset);
  });
}

/** An import of "C", and the comments above it that hold C. */
interface CgoImport {
  readonly preamble: readonly Node[];
}

/** All imports of "C": a file may have several. One that is alone in its parentheses may have its comment above them. */
function cgoImports(tree: FlatTree): CgoImport[] {
  return childrenOfKind(tree, 0, K.import_declaration).flatMap((declaration) => {
    const list = childOfKind(tree, declaration, K.import_spec_list);
    const specs = childrenOfKind(tree, list < 0 ? declaration : list, K.import_spec);
    return specs
      .filter((spec) => text(tree, childByField(tree, spec, F.path)) === '"C"')
      .map((spec) => {
        const own = list < 0 ? [] : commentsAbove(tree, spec);
        const alone = specs.length === 1 && own.length === 0;
        return { preamble: alone ? commentsAbove(tree, declaration) : own };
      });
  });
}

const cgoFlags = /^\s*#cgo[ \t]/u;

/** The comment directly above `import "C"`: C code, and `#cgo` lines, which steer compiler and linker. */
function addPreamble(tree: FlatTree, { preamble }: CgoImport, add: Add): void {
  const [first] = preamble;
  if (first === undefined) return;
  const at = start(tree, first);
  const lines = preamble.flatMap((comment) => commentText(text(tree, comment)).split("\n"));
  for (const line of lines) if (cgoFlags.test(line)) add("cgo-flags", line.trim(), at);
  const code = lines.filter((line) => !cgoFlags.test(line)).join("\n");
  if (code.trim() !== "") add("cgo-preamble", code.trim(), at);
}

/** Comments that end on the line before, without a blank line between, in source order. */
function commentsAbove(tree: FlatTree, spec: Node): Node[] {
  const all: Node[] = [];
  let before = start(tree, spec);
  const comments = allComments(tree).filter((comment) => end(tree, comment) <= before);
  for (const comment of comments.reverse()) {
    const gap = tree.source.text.slice(end(tree, comment), before);
    if (gap.trim() !== "" || gap.split("\n").length > 2) break;
    all.unshift(comment);
    before = start(tree, comment);
  }
  return all;
}

function allComments(tree: FlatTree): Node[] {
  const inList = childrenOfKind(tree, 0, K.import_declaration).flatMap((declaration) => {
    const list = childOfKind(tree, declaration, K.import_spec_list);
    return list < 0 ? [] : childrenOfKind(tree, list, K.comment);
  });
  return [...children(tree, 0).filter((node) => kind(tree, node) === K.comment), ...inList].sort(
    (a, b) => start(tree, a) - start(tree, b),
  );
}

function commentText(comment: string): string {
  return comment.startsWith("/*") ? comment.slice(2, -2) : comment.slice(2);
}

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

const goDirective = /^\/\/go:(linkname|embed|generate|wasmimport|wasmexport)[ \t]+(.*\S)\s*$/;
const exportDirective = /^\/\/export[ \t]+(\S+)\s*$/;

const directiveKinds: Readonly<Record<string, DirectiveKind>> = {
  linkname: "linkname",
  embed: "embed",
  generate: "generate",
  wasmimport: "wasm",
  wasmexport: "wasm",
};

/** The directives of a file, in source order. `//export` counts only in files that import "C". */
export function directivesOf(tree: FlatTree, file: number): DirectiveFacts[] {
  const found: DirectiveFacts[] = [];
  const cgoImport = cgoSpec(tree);
  const add = (kind: DirectiveKind, value: string, at: Node) => {
    const place = placeOf(tree.source, start(tree, at));
    found.push({ kind, text: value, file, line: place.line, column: place.column });
  };
  for (let node = 0; node < tree.count; node++) {
    if (kind(tree, node) !== K.comment) continue;
    const comment = text(tree, node);
    const go = goDirective.exec(comment);
    const directive = directiveKinds[go?.[1] ?? ""];
    if (directive !== undefined) add(directive, go?.[2] ?? "", node);
    const exported = cgoImport < 0 ? null : exportDirective.exec(comment);
    if (exported !== null) add("cgo-export", exported[1] ?? "", node);
  }
  if (cgoImport >= 0) addPreamble(tree, { spec: cgoImport, add });
  return found;
}

function cgoSpec(tree: FlatTree): Node {
  for (const declaration of childrenOfKind(tree, 0, K.import_declaration)) {
    const list = childOfKind(tree, declaration, K.import_spec_list);
    for (const spec of childrenOfKind(tree, list < 0 ? declaration : list, K.import_spec)) {
      if (text(tree, childByField(tree, spec, F.path)) === '"C"') return list < 0 ? declaration : spec;
    }
  }
  return -1;
}

interface Preamble {
  /** The declaration or spec that imports "C". */
  readonly spec: Node;
  readonly add: (kind: DirectiveKind, value: string, at: Node) => void;
}

/** The comment directly above `import "C"`: C code, and `#cgo` lines, which steer compiler and linker. */
function addPreamble(tree: FlatTree, { spec, add }: Preamble): void {
  const comments = commentsAbove(tree, spec);
  const first = comments[0];
  if (first === undefined) return;
  const lines = comments.flatMap((comment) => commentText(text(tree, comment)).split("\n"));
  const flags = lines.filter((line) => /^[ \t]*#cgo[ \t]/.test(line)).map((line) => line.trim());
  const code = lines.filter((line) => !/^[ \t]*#cgo[ \t]/.test(line)).join("\n");
  for (const flag of flags) add("cgo-flags", flag, first);
  if (code.trim() !== "") add("cgo-preamble", code.trim(), first);
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

/**
 * The grammar is of Go 1.25: it rejects `new(expr)` (Go 1.26) and methods with type
 * parameters (Go 1.27), and some empty statements. A text that did not parse is changed, without moving any
 * offset, to one that does, and the tree is mended afterwards:
 *
 * - `new` before an expression is spelt `nev`, so that it parses as any call. The
 *   tree's text is the original one, so the rest of the analyzer reads `new`.
 * - the type parameters of a method are blanked, parsed apart as those of a function,
 *   and the subtree is put in where they stood.
 * - semicolons that are statements are blanked.
 */

import { findDefects } from "./defects.ts";
import { needlessSemicolons } from "./empty-statements.ts";
import { F, K } from "./kinds.ts";
import { lex, matchBrackets, type Token } from "./lexer.ts";
import { childByField, children, type FlatTree, nextSibling } from "./tree.ts";
import type { Grammar } from "./tree-sitter.ts";

/** Beyond this many candidates in a file no further ones are tried. */
const candidateLimit = 10_000;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The tree of the text with newer syntax made palatable; undefined if that does not help. */
export function repair(tree: FlatTree, grammar: Grammar): FlatTree | undefined {
  const { text } = tree.source;
  const tokens = lex(text);
  const brackets = matchBrackets(tokens);
  const parameters = methodTypeParameters(tokens, brackets);
  const calls = newOfExpressions({ tree, grammar, tokens, brackets });
  const semicolons = needlessSemicolons({ text, tokens, brackets }).slice(0, candidateLimit);
  if (parameters.length === 0 && calls.length === 0 && semicolons.length === 0) return undefined;
  let repaired = text;
  if (calls.length > 0) repaired = replaceSpans(repaired, calls, () => "nev");
  if (parameters.length > 0) repaired = replaceSpans(repaired, parameters, blank);
  if (semicolons.length > 0) repaired = replaceSpans(repaired, semicolons, blank);
  const second = grammar.parse(tree.source, repaired);
  if (findDefects(second).length >= findDefects(tree).length) return undefined;
  return parameters.length === 0 ? second : graft(second, parseTypeParameters(second, grammar, parameters));
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, " ");
}

/** Spans must be sorted and apart; every replacement is as long as what it replaces. */
function replaceSpans(text: string, spans: readonly Span[], replacement: (old: string) => string): string {
  const parts: string[] = [];
  let at = 0;
  for (const span of spans) {
    parts.push(text.slice(at, span.start), replacement(text.slice(span.start, span.end)));
    at = span.end;
  }
  return parts.join("") + text.slice(at);
}

/**
 * `[...]` after the name in `func (receiver) Name[...](`, at the top level. No other
 * construct has a parenthesis there: after a function type comes no call.
 */
function methodTypeParameters(tokens: readonly Token[], brackets: ReadonlyMap<number, number>): Span[] {
  const spans: Span[] = [];
  for (let i = 0; i < tokens.length && spans.length < candidateLimit; i++) {
    const closed = tokens[i]?.text === "func" ? brackets.get(i + 1) : brackets.get(i);
    if (closed === undefined) continue;
    // Anything in brackets at this level is no declaration: go on after it.
    if (tokens[i]?.text !== "func") {
      i = closed;
      continue;
    }
    const open = closed + 2;
    const close = brackets.get(open);
    if (tokens[i + 1]?.text === "(" && tokens[open]?.text === "[" && close !== undefined) {
      const [from, to] = [tokens[open], tokens[close]];
      if (from !== undefined && to !== undefined && tokens[close + 1]?.text === "(") {
        spans.push({ start: from.start, end: to.end });
      }
    }
    i = closed;
  }
  return spans;
}

interface NewSearch {
  readonly tree: FlatTree;
  readonly grammar: Grammar;
  readonly tokens: readonly Token[];
  readonly brackets: ReadonlyMap<number, number>;
}

/** The word `new` in `new(x)` where x does not parse as a type. */
function newOfExpressions({ tree, grammar, tokens, brackets }: NewSearch): Span[] {
  const spans: Span[] = [];
  tokens.forEach((token, index) => {
    if (token.text !== "new" || tokens[index - 1]?.text === "." || spans.length >= candidateLimit) return;
    const open = tokens[index + 1];
    const close = tokens[brackets.get(index + 1) ?? -1];
    if (open?.text !== "(" || close === undefined) return;
    const operand = tree.source.text.slice(open.end, close.start).replace(/,\s*$/, "");
    const asType = grammar.parse(tree.source, `func f(x ${operand})\n`);
    if (findDefects(asType).length > 0) spans.push(token);
  });
  return spans;
}

/** The type parameter lists at those spans, parsed as those of functions; offsets are the file's. */
function parseTypeParameters(tree: FlatTree, grammar: Grammar, spans: readonly Span[]): FlatTree {
  const { text } = tree.source;
  // On a line of its own, as methods may share one.
  const head = "\nfunc F";
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of spans) {
    const gap = blank(text.slice(at, start));
    parts.push(gap.slice(0, gap.length - head.length), head, text.slice(start, end), "()");
    at = end + 2;
  }
  return grammar.parse(tree.source, parts.join("").padEnd(text.length));
}

/** Puts each type parameter list of `extra` behind the name of the method that it follows. */
function graft(tree: FlatTree, extra: FlatTree): FlatTree {
  const merged = concatenate(tree, extra);
  const lists = children(extra, 0)
    .map((declaration) => childByField(extra, declaration, F.type_parameters))
    .filter((list) => list >= 0);
  for (const declaration of children(tree, 0)) {
    const list = lists[0];
    if (list === undefined) break;
    if (tree.kinds[declaration] !== K.method_declaration) continue;
    if ((tree.ends[declaration] ?? 0) < (extra.starts[list] ?? 0)) continue;
    lists.shift();
    const name = childByField(tree, declaration, F.name);
    merged.nextSibling[list + tree.count] = nextSibling(tree, name);
    merged.nextSibling[name] = list + tree.count;
  }
  return merged;
}

/** The nodes of `extra` behind those of `tree`, renumbered; its root stays unlinked. */
function concatenate(tree: FlatTree, extra: FlatTree): FlatTree {
  const shifted = (links: Int32Array) => links.map((link) => (link < 0 ? link : link + tree.count));
  return {
    source: tree.source,
    count: tree.count + extra.count,
    kinds: append<Uint8Array>(Uint8Array, tree.kinds, extra.kinds),
    fields: append<Uint8Array>(Uint8Array, tree.fields, extra.fields),
    starts: append<Uint32Array>(Uint32Array, tree.starts, extra.starts),
    ends: append<Uint32Array>(Uint32Array, tree.ends, extra.ends),
    firstChild: append<Int32Array>(Int32Array, tree.firstChild, shifted(extra.firstChild)),
    nextSibling: append<Int32Array>(Int32Array, tree.nextSibling, shifted(extra.nextSibling)),
  };
}

/** One array behind the other, in a new one of the first one's type. */
function append<C extends Uint8Array | Uint32Array | Int32Array>(
  make: new (length: number) => C,
  first: C,
  second: C,
): C {
  const all = new make(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

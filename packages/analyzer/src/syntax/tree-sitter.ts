/**
 * The only file that knows tree-sitter. It runs the Go grammar as WebAssembly and
 * copies the tree out of it into typed arrays.
 *
 * The copy keeps the tree cursor in the module's own transfer buffer and calls the
 * exported cursor functions directly: the public TreeCursor marshals the cursor in
 * and out around every call, which takes four times as long.
 */
import { Language, type Tree, type TreeCursor, Parser as TreeSitterParser } from "web-tree-sitter";
import { type Field, fieldOf, type Kind, kindOf } from "./kinds.ts";
import type { Source } from "./source.ts";
import type { FlatTree } from "./tree.ts";

/** The parts of the WebAssembly module that the copy uses; each takes the tree's address. */
interface CursorModule {
  readonly HEAP32: Int32Array;
  _ts_init(): number;
  _ts_tree_cursor_goto_first_child_wasm(tree: number): number;
  _ts_tree_cursor_goto_next_sibling_wasm(tree: number): number;
  _ts_tree_cursor_goto_parent_wasm(tree: number): number;
  _ts_tree_cursor_current_node_type_id_wasm(tree: number): number;
  _ts_tree_cursor_current_field_id_wasm(tree: number): number;
  _ts_tree_cursor_start_index_wasm(tree: number): number;
  _ts_tree_cursor_end_index_wasm(tree: number): number;
}

export interface Grammar {
  /** Parses a text into a flat tree whose offsets index `text`, whatever `source.text` is. */
  readonly parse: (source: Source, text: string) => FlatTree;
}

interface State {
  readonly parser: TreeSitterParser;
  readonly module: CursorModule;
  /** Address of the transfer buffer, in 32-bit words. */
  readonly cursorAt: number;
  readonly kinds: Uint8Array;
  readonly fields: Uint8Array;
  /** 1 for the symbols that never have children: tokens and names. */
  readonly leaves: Uint8Array;
}

/** tree-sitter's number for ERROR nodes. */
const errorSymbol = 0xffff;

let runtimeModule: Promise<CursorModule> | undefined;

/** Starts the runtime (once a process) and loads the grammar. About 30 ms. */
export async function loadGrammar(wasm: { runtime: Uint8Array; grammar: Uint8Array }): Promise<Grammar> {
  runtimeModule ??= startRuntime(wasm.runtime);
  const module = await runtimeModule;
  const language = await Language.load(wasm.grammar);
  const parser = new TreeSitterParser();
  parser.setLanguage(language);
  const state: State = {
    parser,
    module,
    cursorAt: module._ts_init() >> 2,
    kinds: kindTable(language),
    fields: fieldTable(language),
    leaves: leafTable(language),
  };
  return { parse: (source, text) => parse(state, source, text) };
}

async function startRuntime(runtime: Uint8Array): Promise<CursorModule> {
  const module: object = { wasmBinary: runtime };
  await TreeSitterParser.init(module);
  // Emscripten turns the options object into the module itself.
  return module as CursorModule;
}

function kindTable(language: Language): Uint8Array {
  const table = new Uint8Array(0x10000).fill(kindOf("unknown"));
  for (let id = 0; id < language.nodeTypeCount; id++) {
    const name = language.nodeTypeForId(id);
    if (name !== null) table[id] = kindOf(name);
  }
  table[errorSymbol] = kindOf("ERROR");
  return table;
}

const namedLeaves = new Set(
  `blank_identifier comment dot escape_sequence false field_identifier float_literal identifier
  imaginary_literal int_literal iota label_name nil package_identifier rune_literal true
  type_identifier`.split(/\s+/),
);

function leafTable(language: Language): Uint8Array {
  const table = new Uint8Array(0x10000);
  for (let id = 0; id < language.nodeTypeCount; id++) {
    const leaf = !language.nodeTypeIsNamed(id) || namedLeaves.has(language.nodeTypeForId(id) ?? "");
    table[id] = leaf ? 1 : 0;
  }
  return table;
}

function fieldTable(language: Language): Uint8Array {
  const table = new Uint8Array(language.fieldCount + 1);
  for (let id = 1; id <= language.fieldCount; id++) table[id] = fieldOf(language.fieldNameForId(id) ?? "");
  return table;
}

function parse(state: State, source: Source, text: string): FlatTree {
  const tree = state.parser.parse(text);
  if (tree === null) throw new Error("tree-sitter gave no tree");
  const cursor = tree.walk();
  try {
    return copyTree(state, source, tree, cursor, Math.max(64, text.length >> 1));
  } finally {
    cursor.delete();
    tree.delete();
  }
}

/** Room for nodes that grows as they come. */
interface Columns {
  capacity: number;
  kinds: Uint8Array;
  fields: Uint8Array;
  starts: Uint32Array;
  ends: Uint32Array;
  firstChild: Int32Array;
  nextSibling: Int32Array;
}

function newColumns(capacity: number): Columns {
  return {
    capacity,
    kinds: new Uint8Array(capacity),
    fields: new Uint8Array(capacity),
    starts: new Uint32Array(capacity),
    ends: new Uint32Array(capacity),
    firstChild: new Int32Array(capacity),
    nextSibling: new Int32Array(capacity),
  };
}

/** Columns with twice the room, holding what the given ones hold. */
function widen(columns: Columns): Columns {
  const wider = newColumns(columns.capacity * 2);
  wider.kinds.set(columns.kinds);
  wider.fields.set(columns.fields);
  wider.starts.set(columns.starts);
  wider.ends.set(columns.ends);
  wider.firstChild.set(columns.firstChild);
  wider.nextSibling.set(columns.nextSibling);
  return wider;
}

/** Walks the whole tree in source order without recursion. */
function copyTree(state: State, source: Source, tree: Tree, cursor: TreeCursor, room: number): FlatTree {
  const { module, cursorAt } = state;
  // The addresses that TreeCursor and Tree carry as numbered properties, absent from their types.
  const cursorWords = cursor as unknown as Record<number, number>;
  const address = (tree as unknown as Record<number, number>)[0] as number;
  for (let i = 0; i < 4; i++) module.HEAP32[cursorAt + i] = cursorWords[i] as number;
  let columns = newColumns(room);
  const parents: number[] = [];
  let count = 0;
  let parent = -1;
  let previous = -1;
  for (;;) {
    const node = count++;
    if (node >= columns.capacity) columns = widen(columns);
    if (previous >= 0) columns.nextSibling[previous] = node;
    else if (parent >= 0) columns.firstChild[parent] = node;
    const symbol = module._ts_tree_cursor_current_node_type_id_wasm(address);
    columns.kinds[node] = state.kinds[symbol] as Kind;
    columns.fields[node] = state.fields[module._ts_tree_cursor_current_field_id_wasm(address)] as Field;
    columns.starts[node] = module._ts_tree_cursor_start_index_wasm(address);
    columns.ends[node] = module._ts_tree_cursor_end_index_wasm(address);
    columns.firstChild[node] = -1;
    columns.nextSibling[node] = -1;
    previous = node;
    if (state.leaves[symbol] === 0 && module._ts_tree_cursor_goto_first_child_wasm(address) !== 0) {
      parents.push(node);
      parent = node;
      previous = -1;
      continue;
    }
    while (module._ts_tree_cursor_goto_next_sibling_wasm(address) === 0) {
      if (module._ts_tree_cursor_goto_parent_wasm(address) === 0) {
        // The cursor's own memory may have moved: hand it back so that it is freed.
        for (let i = 0; i < 4; i++) cursorWords[i] = module.HEAP32[cursorAt + i] as number;
        return trim(source, columns, count);
      }
      previous = parents.pop() as number;
      parent = parents[parents.length - 1] ?? -1;
    }
  }
}

function trim(source: Source, columns: Columns, count: number): FlatTree {
  return {
    source,
    count,
    kinds: columns.kinds.slice(0, count),
    fields: columns.fields.slice(0, count),
    starts: columns.starts.slice(0, count),
    ends: columns.ends.slice(0, count),
    firstChild: columns.firstChild.slice(0, count),
    nextSibling: columns.nextSibling.slice(0, count),
  };
}

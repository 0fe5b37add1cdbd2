/**
 * The kinds of nodes that the rest of the analyzer knows: the node types of the Go
 * grammar, named ones and tokens, numbered by their place in this list. The numbers
 * are ours, so that whatever fills the tree can change.
 */
const names = [
  "ERROR",
  "unknown",
  ...`argument_list array_type assignment_statement binary_expression blank_identifier block break_statement
  call_expression channel_type comment communication_case composite_literal const_declaration const_spec
  continue_statement dec_statement default_case defer_statement dot empty_statement escape_sequence
  expression_case expression_list expression_statement expression_switch_statement fallthrough_statement
  false field_declaration field_declaration_list field_identifier float_literal for_clause for_statement
  func_literal function_declaration function_type generic_type go_statement goto_statement identifier
  if_statement imaginary_literal implicit_length_array_type import_declaration import_spec import_spec_list
  inc_statement index_expression int_literal interface_type interpreted_string_literal
  interpreted_string_literal_content iota keyed_element label_name labeled_statement literal_element
  literal_value map_type method_declaration method_elem negated_type nil package_clause package_identifier
  parameter_declaration parameter_list parenthesized_expression parenthesized_type pointer_type
  qualified_type range_clause raw_string_literal raw_string_literal_content receive_statement
  return_statement rune_literal select_statement selector_expression send_statement short_var_declaration
  slice_expression slice_type source_file statement_list struct_type true type_alias type_arguments
  type_assertion_expression type_case type_constraint type_conversion_expression type_declaration type_elem
  type_identifier type_instantiation_expression type_parameter_declaration type_parameter_list type_spec
  type_switch_statement unary_expression var_declaration var_spec var_spec_list variadic_argument
  variadic_parameter_declaration`.split(/\s+/),
  ...`! != " % %= & && &= &^ &^= ( ) * *= + ++ += , - -- -= . ... / /= : := ; < <- << <<= <= = == > >= >>
  >>= [ ] ^ ^= \` break case chan const continue default defer else fallthrough for func go goto if import
  interface map package range return select struct switch type var { | |= || } ~`.split(/\s+/),
] as const;

/** A node kind: an index into the list of kinds, at most 255. */
export type Kind = number & { readonly __brand?: "Kind" };

const byName = new Map<string, Kind>(names.map((name, index) => [name, index]));

/** The kind of that name; `unknown` for a name that is not in the list. */
export function kindOf(name: string): Kind {
  return byName.get(name) ?? 1;
}

/** The name of a kind, for messages and tests. */
export function kindName(kind: Kind): string {
  return names[kind] ?? "unknown";
}

/** Kinds that other stages ask for by name. A name that the grammar lacks is a mistake in this file. */
function known<const Names extends readonly string[]>(
  ...wanted: Names
): { readonly [N in Names[number]]: Kind } {
  const table: Record<string, Kind> = {};
  for (const name of wanted) {
    const kind = byName.get(name);
    if (kind === undefined) throw new Error(`no such node kind: ${name}`);
    table[name] = kind;
  }
  // The loop has set every key of Names.
  return table as { readonly [N in Names[number]]: Kind };
}

export const K = known(
  ",",
  "ERROR",
  "argument_list",
  "array_type",
  "assignment_statement",
  "binary_expression",
  "block",
  "break_statement",
  "call_expression",
  "channel_type",
  "comment",
  "communication_case",
  "composite_literal",
  "const_declaration",
  "const_spec",
  "continue_statement",
  "dec_statement",
  "default_case",
  "defer_statement",
  "empty_statement",
  "expression_case",
  "expression_list",
  "expression_statement",
  "expression_switch_statement",
  "fallthrough_statement",
  "false",
  "field_declaration",
  "field_declaration_list",
  "field_identifier",
  "float_literal",
  "for_clause",
  "for_statement",
  "func_literal",
  "function_declaration",
  "function_type",
  "generic_type",
  "go_statement",
  "goto_statement",
  "identifier",
  "if_statement",
  "imaginary_literal",
  "implicit_length_array_type",
  "import_declaration",
  "import_spec",
  "import_spec_list",
  "inc_statement",
  "index_expression",
  "int_literal",
  "interface_type",
  "interpreted_string_literal",
  "iota",
  "keyed_element",
  "label_name",
  "labeled_statement",
  "literal_element",
  "literal_value",
  "map_type",
  "method_declaration",
  "method_elem",
  "negated_type",
  "nil",
  "package_clause",
  "package_identifier",
  "parameter_declaration",
  "parameter_list",
  "parenthesized_expression",
  "parenthesized_type",
  "pointer_type",
  "qualified_type",
  "range_clause",
  "raw_string_literal",
  "receive_statement",
  "return_statement",
  "rune_literal",
  "select_statement",
  "selector_expression",
  "send_statement",
  "short_var_declaration",
  "slice_expression",
  "slice_type",
  "statement_list",
  "struct_type",
  "true",
  "type_alias",
  "type_arguments",
  "type_assertion_expression",
  "type_case",
  "type_constraint",
  "type_conversion_expression",
  "type_declaration",
  "type_elem",
  "type_identifier",
  "type_instantiation_expression",
  "type_parameter_declaration",
  "type_spec",
  "type_switch_statement",
  "unary_expression",
  "var_declaration",
  "var_spec",
  "var_spec_list",
  "variadic_argument",
  "variadic_parameter_declaration",
  "=",
  ":=",
  "+",
  "-",
  "*",
  "/",
  "%",
  "&",
  "|",
  "^",
  "<<",
  ">>",
  "&^",
  "!",
);

/** The names of the grammar's fields, numbered by their place; 0 is no field. */
const fieldNames = [
  "",
  ...`element length left operator right arguments function type_arguments value communication body type name
  initializer tag condition update parameters result type_parameters alternative consequence path index operand
  key label receiver package field channel capacity end start alias`.split(/\s+/),
] as const;

/** A field of a node: the role that a child plays in it. */
export type Field = number & { readonly __brand?: "Field" };

const fieldByName = new Map<string, Field>(fieldNames.map((name, index) => [name, index]));

/** The field of that name; 0 for a name that is not in the list. */
export function fieldOf(name: string): Field {
  return fieldByName.get(name) ?? 0;
}

export const F = {
  alias: fieldOf("alias"),
  alternative: fieldOf("alternative"),
  arguments: fieldOf("arguments"),
  body: fieldOf("body"),
  channel: fieldOf("channel"),
  condition: fieldOf("condition"),
  consequence: fieldOf("consequence"),
  element: fieldOf("element"),
  end: fieldOf("end"),
  field: fieldOf("field"),
  function: fieldOf("function"),
  index: fieldOf("index"),
  initializer: fieldOf("initializer"),
  key: fieldOf("key"),
  left: fieldOf("left"),
  length: fieldOf("length"),
  name: fieldOf("name"),
  operand: fieldOf("operand"),
  operator: fieldOf("operator"),
  package: fieldOf("package"),
  parameters: fieldOf("parameters"),
  path: fieldOf("path"),
  receiver: fieldOf("receiver"),
  result: fieldOf("result"),
  right: fieldOf("right"),
  start: fieldOf("start"),
  tag: fieldOf("tag"),
  type: fieldOf("type"),
  type_arguments: fieldOf("type_arguments"),
  type_parameters: fieldOf("type_parameters"),
  update: fieldOf("update"),
  value: fieldOf("value"),
} as const;

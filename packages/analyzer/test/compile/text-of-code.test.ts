import fc from "fast-check";
import { expect, test } from "vitest";
import { type Code, encodeCode, textsWritten, variablesNamed } from "../../src/model/code-facts.ts";

/** Strings of Go that look like code, quotes and backslashes among them. */
const texts = fc.oneof(
  fc.string({ unit: fc.constantFrom("'", '"', "\\", "[", "]", ",", "global", "s", "é", "\n", "x") }),
  fc.constantFrom("['global','a','b']", '["global","a","b"]', "['global\\',\\'a\\',\\'b\\']"),
  fc.constantFrom("['s','a']", '["s","a"]', "['s\\',\\'a\\']"),
);

const names = fc.constantFrom("", "os", "example.test/m", "Größe", "x");

/** Any nesting of forms, since this does not depend on which there are. */
const forms = fc.letrec((tie) => ({
  form: fc.oneof(
    { maxDepth: 5 },
    texts.map((text) => ["text", text]),
    texts.map((text) => ["s", text]),
    fc.tuple(fc.constant("global"), names, names, fc.constant("s")),
    fc.array(tie("form"), { maxLength: 4 }),
  ),
})).form;

function named(form: unknown): unknown[] {
  if (!Array.isArray(form)) return [];
  const [kind, path, name] = form as readonly unknown[];
  return kind === "global" ? [[path, name]] : form.flatMap(named);
}

function constants(form: unknown): unknown[] {
  if (!Array.isArray(form)) return [];
  const [kind, text] = form as readonly unknown[];
  return kind === "s" ? [text] : form.flatMap(constants);
}

test("package variables and string constants in the text of code are those of the code, whatever its strings hold", () => {
  fc.assert(
    fc.property(forms, (form) => {
      const text = encodeCode(form as unknown as Code);
      expect(variablesNamed(text)).toEqual(named(form));
      expect(textsWritten(text)).toEqual(constants(form));
    }),
  );
});

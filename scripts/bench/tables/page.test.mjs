/** Figures are put where they belong, and nowhere else. */
import { expect, test } from "vitest";
import { begin, end, withFigures } from "./page.mjs";

test("what stands between the marks of a benchmark is replaced, the rest stays", () => {
  const other = `${begin("a")}\n\nof a\n\n${end}\n`;
  const page = `# Title\n\n${other}${begin("b")}\n\nold\n\n${end}\nmore\n`;
  const written = withFigures(page, "b", "\nnew\n");
  expect(written).toBe(`# Title\n\n${other}${begin("b")}\n\nnew\n\n${end}\nmore\n`);
  expect(withFigures(written, "b", "new")).toBe(written);
});

test.each(["", begin("a"), `${end}\n${begin("a")}`, `${begin("b")}\n${end}`])(
  "a page without both marks is refused: %j",
  (page) => {
    expect(() => withFigures(page, "a", "new")).toThrow("lacks");
  },
);

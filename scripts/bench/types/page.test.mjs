/** Figures are put where they belong, and nowhere else. */
import { expect, test } from "vitest";
import { begin, end, withFigures } from "./page.mjs";

test("what stands between the marks is replaced, the rest stays", () => {
  const page = `# Title\n\n${begin}\n\nold\n\n${end}\nmore\n`;
  const written = withFigures(page, "\nnew\n");
  expect(written).toBe(`# Title\n\n${begin}\n\nnew\n\n${end}\nmore\n`);
  expect(withFigures(written, "new")).toBe(written);
});

test.each(["", `${end}\n${begin}`])("a page without both marks is refused: %j", (page) => {
  expect(() => withFigures(page, "new")).toThrow("lacks");
});

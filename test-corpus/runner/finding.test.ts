import { describe, expect, test } from "vitest";
import { fits, parseFinding, parseWant } from "./finding.ts";
import { forms } from "./forms.ts";

describe("the parts in brackets at the end of a line may be left out", () => {
  test.each<[string, string, string[]]>([
    ["capability . EXEC [direct] [all builds]", "capability . EXEC", ["direct", "all builds"]],
    ["capability [main] EXEC [direct]", "capability [main] EXEC", ["direct"]],
    ["compiled a.go in [main] [linux] [apart]", "compiled a.go in [main]", ["linux", "apart"]],
    ["call F -> os/exec.Command(a[1]) [a.go:1:2]", "call F -> os/exec.Command(a[1])", ["a.go:1:2"]],
    ["unresolved F -> [function-value]", "unresolved F ->", ["function-value"]],
    ["  nothing  ", "nothing", []],
  ])("%s", (line, head, details) => {
    expect(parseFinding(line)).toEqual({ head, details });
  });

  test("the details that are written must all be there, in any order", () => {
    const found = parseFinding("edge A -> B [call] [linux]");
    const wanted = (line: string) => fits(parseWant(line, "scan"), found);
    expect(wanted("edge A -> B")).toBe(true);
    expect(wanted("edge A -> B [linux] [call]")).toBe(true);
    expect(wanted("edge A -> B [windows]")).toBe(false);
    expect(wanted("edge A -> C")).toBe(false);
  });
});

test("`!` in front says that a line must not be found", () => {
  expect(parseWant("! edge A -> B", "scan")).toMatchObject({ absent: true, head: "edge A -> B" });
  expect(parseWant("edge A -> B", "scan")).toMatchObject({ absent: false });
});

describe("a line that no form explains is a mistake", () => {
  test.each([
    "capabilty . EXEC",
    "capability . EXCE",
    "edge A B",
    "edge A -> B -> C",
    "entry exported A EXEC",
    "+ capability . EXEC",
    "!",
    "count calls 3",
  ])("scan: %s", (line) => expect(() => parseWant(line, "scan")).toThrow(/not a line of a scan/));

  test.each(["capability . EXEC", "edge A -> B", "~ capability . EXEC", "> file a.o object", "* nothing"])(
    "diff: %s",
    (line) => expect(() => parseWant(line, "diff")).toThrow(/not a line of a diff/),
  );
});

test.each(forms)("the example of a form is of that form: $example", ({ example, of, pattern }) => {
  const { head } = parseFinding(example);
  expect(head).toMatch(pattern);
  expect(parseWant(example, of === "both" ? "scan" : of).head).toBe(head);
});

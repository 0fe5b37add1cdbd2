import { describe, expect, test } from "vitest";
import { parseCase } from "./case.ts";
import { disagreements, failure, findLines } from "./run.ts";
import { parseArchive } from "./txtar.ts";

const goFile = '-- a.go --\npackage m\n\nimport "os/exec"\n\nfunc Run() { exec.Command("x") }\n';
const scan = (options: string, want: string) =>
  parseCase(`One idea.\n${goFile}-- OPTIONS --\n${options}\n-- WANT --\n${want}\n`);

describe("an archive", () => {
  test("is a comment, then files after their names", () => {
    expect(parseArchive("top\n-- a --\n1\n\n-- b c --\n--x--\n")).toEqual({
      comment: "top\n",
      files: [
        { name: "a", content: "1\n\n" },
        { name: "b c", content: "--x--\n" },
      ],
    });
  });

  test("keeps the bytes of its lines", () => {
    expect(parseArchive("-- a --\r\nx\r\ny").files).toEqual([{ name: "a", content: "x\r\ny" }]);
  });
});

describe("a case that is malformed or asserts nothing is an error", () => {
  test.each<[string, string, RegExp]>([
    ["no idea", `${goFile}-- WANT --\nnothing\n`, /one idea/],
    ["no WANT", `Idea.\n${goFile}`, /last section/],
    ["WANT not last", `Idea.\n-- WANT --\nnothing\n${goFile}`, /last section/],
    ["empty WANT", `Idea.\n${goFile}-- WANT --\n# nothing\n\n`, /something that is found/],
    ["only absences", `Idea.\n${goFile}-- WANT --\n! capability . EXEC\n`, /something that is found/],
    ["unknown form", `Idea.\n${goFile}-- WANT --\nfoo\n`, /not a line/],
    ["two files of a name", `Idea.\n${goFile}${goFile}-- WANT --\nnothing\n`, /same name/],
    ["two WANTs", `Idea.\n-- WANT --\nnothing\n-- WANT --\nnothing\n`, /more than one section/],
    ["beside old and new", `Idea.\n-- old/a.go --\n${goFile}-- WANT --\nnothing\n`, /below old/],
    ["unknown option", `Idea.\n${goFile}-- OPTIONS --\ngo=1\n-- WANT --\nnothing\n`, /no option "go"/],
    ["no value", `Idea.\n${goFile}-- OPTIONS --\ntests\n-- WANT --\nnothing\n`, /key=value/],
    ["no boolean", `Idea.\n${goFile}-- OPTIONS --\ncgo=on\n-- WANT --\nnothing\n`, /true or false/],
    ["unknown kind", `Idea.\n${goFile}-- OPTIONS --\nexact=calls\n-- WANT --\nnothing\n`, /exact=calls/],
  ])("%s", (_, text, message) => expect(() => parseCase(text)).toThrow(message));

  test("builds that Go has not, and bytes that are none", async () => {
    await expect(findLines(scan("goos=nacl", "nothing"))).rejects.toThrow(/no GOOS/);
    const bytes = parseCase("Idea.\n-- a.bin hex --\n4\n-- WANT --\nnothing\n");
    await expect(findLines(bytes)).rejects.toThrow(/not hexadecimal/);
  });
});

describe("what does not agree with WANT is said", () => {
  test.each<[string, string, string[]]>([
    ["", "capability . EXEC [direct]", []],
    ["", "capability . EXEC [transitive]", ["not found: capability . EXEC [transitive]"]],
    ["", "capability . EXEC\n! entry init Run EXEC", []],
    [
      "",
      "capability . EXEC\n! path Run -> os/exec.Command",
      ["found, but must not be: ! path Run -> os/exec.Command"],
    ],
    [
      "exact=call",
      "capability . EXEC",
      ['found, but not in WANT: call Run -> os/exec.Command("x") [function] [a.go:5:19] [all builds]'],
    ],
    ["exact=call", 'call Run -> os/exec.Command("x")', []],
    ["", "nothing", ["not found: nothing"]],
  ])("%s %s", async (options, want, expected) => {
    const one = scan(options, want);
    expect(disagreements(one, await findLines(one))).toEqual(expected);
  });

  test("a diagnostic that WANT does not name", async () => {
    const one = parseCase(
      "Idea.\n-- a.go --\npackage m\n\nfunc A() { ) }\n-- WANT --\nfunction A function\n",
    );
    expect(disagreements(one, await findLines(one))).toEqual([
      "found, but not in WANT: diagnostic syntax-error a.go:3:12 [incomplete]",
    ]);
  });

  test("a line that the runner's own forms do not know", () => {
    const one = scan("", "nothing");
    expect(disagreements(one, ["nothing", "gibberish"])).toEqual([
      "a line of no form, the runner is wrong: gibberish",
    ]);
  });
});

test("a failure shows all that was found, as WANT would say it", async () => {
  const one = scan("", "nothing");
  const lines = await findLines(one);
  const copied = scan("exact=all", lines.join("\n"));
  expect(disagreements(copied, lines)).toEqual([]);
  expect(failure(["problem"], lines)).toContain(`problem\n\nAll that was found:\n${lines[0]}\n`);
});

test("the files below old/ and new/ are two modules, in the order of their bytes", async () => {
  const one = parseCase(
    "Idea.\n-- old/a.go --\npackage m\n-- new/go.mod --\nmodule example.test/x\n-- WANT --\nnothing\n",
  );
  expect(one).toMatchObject({ kind: "diff", old: [{ name: "a.go" }], new: [{ name: "go.mod" }] });
  expect(await findLines(one)).toEqual([
    "+ go.mod module example.test/x",
    "diagnostic no-go-files [incomplete] [new]",
  ]);
});

/** Which files Go takes for those of a package, by their names. */
import { describe, expect, test } from "vitest";
import { directoryPassedOver, goFileName, isBuiltWithPackage } from "../../src/files/package-files.ts";

describe("a Go file counts", () => {
  test.each<[string, string, boolean]>([
    ["a.go", "", false],
    ["a_test.go", "", true],
    ["x/y/a.go", "x/y", false],
    ["testdatabase/a.go", "testdatabase", false],
    ["x_/a.go", "x_", false],
  ])("%s", (name, directory, isTest) => expect(goFileName(name)).toEqual({ name, directory, test: isTest }));
});

test.each(["a.txt", "_a.go", ".a.go", "_x/a.go", ".x/a.go", "x/testdata/y/a.go", "vendor/x/a.go"])(
  "%s does not",
  (name) => expect(goFileName(name)).toBeUndefined(),
);

test("in a directory that is imported, files count, but for hidden ones and those of directories inside", () => {
  const imported = new Set(["testdata/x"]);
  expect(goFileName("testdata/x/a.go", imported)).toMatchObject({ directory: "testdata/x" });
  expect(isBuiltWithPackage("testdata/x/a.s", imported)).toBe(true);
  for (const name of ["testdata/x/_a.go", "testdata/x/y/a.go", "testdata/a.go"])
    expect(goFileName(name, imported)).toBeUndefined();
});

test.each([
  ["example.test/m/testdata", "testdata"],
  ["example.test/m/x/_y/z", "x/_y/z"],
  ["example.test/m/.x", ".x"],
  ["example.test/m/x", undefined],
  ["example.test/m/vendor/testdata", undefined],
  ["example.test/m", undefined],
  ["example.test/mm/testdata", undefined],
  ["example.test/other/testdata", undefined],
])("the directory passed over that %s means is %s", (path, directory) =>
  expect(directoryPassedOver(path, "example.test/m")).toBe(directory),
);

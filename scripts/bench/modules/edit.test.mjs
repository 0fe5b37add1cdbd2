/** The edit is made in the package that most import, and is Go. */
import { expect, test } from "vitest";
import { importPath, mostImported, withCommand } from "./edit.mjs";

const used = {
  name: "used/a.go",
  text: "package used\n\nfunc A(x int) (int, error) {\n\treturn x, nil\n}\n",
};
const user = {
  name: "m.go",
  text: 'package m\n\nimport (\n\t"os"\n\t"example.test/m/used"\n)\n\nfunc M() {\n}\n',
};

test("the first function gains a command, with the argument that is given", () => {
  expect(withCommand(used.text, "1")).toBe(`package used

import benchexec "os/exec"

func A(x int) (int, error) {
	benchexec.Command("true", "1")
	return x, nil
}
`);
  expect(withCommand("package m\n\nfunc A() {}\n", "1")).toBeUndefined();
});

test("the package that most files import is edited", () => {
  expect(mostImported([user, used], "example.test/m")).toBe(used);
  expect(mostImported([user], "example.test/m")).toBe(user);
});

test("files of some builds, tests and those that Go passes over are left alone", () => {
  const names = ["used/a_test.go", "used/a_linux.go", "testdata/a.go", "used/.x/a.go"];
  const files = names.map((name) => ({ ...used, name }));
  const tagged = { name: "used/b.go", text: `//go:build linux\n\n${used.text}` };
  expect(mostImported([...files, tagged], "example.test/m")).toBeUndefined();
});

test.each([
  ["a.go", "example.test/m"],
  ["x/y/a.go", "example.test/m/x/y"],
])("%s is of %s", (name, path) => expect(importPath(name, "example.test/m")).toBe(path));

import { parseGoMod } from "@capdiff/modules";
import { expect, test } from "vitest";
import { goModLines } from "../src/go-mod-lines.ts";

const goMod = `
module example.test/m
go 1.24
toolchain go1.24.1
godebug panicnil=1
require example.test/a v1.0.0
require example.test/b v1.1.0 // indirect
exclude example.test/a v0.9.0
replace example.test/a => ../a
replace example.test/b v1.1.0 => example.test/c v1.2.0
retract [v0.1.0, v0.2.0]
retract v0.3.0
tool example.test/a/cmd/t
`;

test("each declaration is one line", () => {
  const lines = goModLines(parseGoMod(goMod, "go.mod").value);
  const shown = lines.map(({ directive, subject, value, indirect }) =>
    [directive, subject, value ?? "-", ...(indirect ? ["indirect"] : [])].join(" | "),
  );
  expect(shown).toEqual([
    "module |  | example.test/m",
    "go |  | 1.24",
    "toolchain |  | go1.24.1",
    "godebug | panicnil | 1",
    "require | example.test/a | v1.0.0",
    "require | example.test/b | v1.1.0 | indirect",
    "exclude | example.test/a v0.9.0 | -",
    "replace | example.test/a | ../a",
    "replace | example.test/b v1.1.0 | example.test/c v1.2.0",
    "retract | [v0.1.0, v0.2.0] | -",
    "retract | v0.3.0 | -",
    "tool | example.test/a/cmd/t | -",
  ]);
});

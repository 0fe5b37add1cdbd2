/** Which functions of other modules are compiled with their bodies, guessed by words. */
import { expect, test } from "vitest";
import { namedFunctions } from "../../src/pipeline/named-functions.ts";
import type { PackageSource } from "../../src/pipeline/package-source.ts";

function packageOf(path: string, text: string): PackageSource {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const read = async () => new TextEncoder().encode(`package ${name}\n\n${text}`);
  const file = { name: `${name}.go`, size: text.length, sha256: path, read };
  return { path, name, files: [{ file }] } as unknown as PackageSource;
}

const ring = packageOf(
  "example.test/dep/ring",
  "type Ring struct{}\n\nfunc (r *Ring) Enqueue() {}\n\nfunc (r *Ring) Dequeue() {}\n\nfunc New() *Ring { return nil }\n\ntype Log struct{}\n\ntype (\n\tList struct{ *Ring }\n)\n",
);

test.each([
  ["a function that is called", 'import "example.test/dep/ring"\n\nfunc F() { ring.New() }\n', ["New"]],
  ["in an import with another quote", "import `example.test/dep/ring`\n\nfunc F() { ring.New() }\n", ["New"]],
  ["under another name", 'import r "example.test/dep/ring"\n\nfunc F() { r.New() }\n', ["New"]],
  ["with a dot for its name", 'import . "example.test/dep/ring"\n\nfunc F() { New() }\n', ["New"]],
  [
    "a method, where a type names the package",
    'import "example.test/dep/ring"\n\ntype T struct{ r ring.Ring }\n\nfunc F(t T) { t.r.Enqueue() }\n',
    ["Ring.Enqueue"],
  ],
  [
    "no method of the name of a function of another package",
    'import "bytes"\nimport "example.test/dep/ring"\n\nvar r ring.Ring\n\nfunc F() { bytes.Enqueue(r) }\n',
    [],
  ],
  [
    "a method of a variable that has the name of a package",
    'import "bytes"\nimport "example.test/dep/ring"\n\nfunc F(bytes ring.Ring) { bytes.Enqueue() }\n',
    ["Ring.Enqueue"],
  ],
  [
    "a method in the next line",
    'import "example.test/dep/ring"\n\nfunc F() {\n\tring.New().\n\t\tDequeue()\n}\n',
    ["New", "Ring.Dequeue"],
  ],
  [
    "no method of another type",
    'import "example.test/dep/ring"\n\nfunc F(c chan ring.Log) { c.Enqueue() }\n',
    [],
  ],
  [
    "a method of a type that another type names",
    'import "example.test/dep/ring"\n\nfunc F(l ring.List) { l.Enqueue() }\n',
    ["Ring.Enqueue"],
  ],
  ["nothing of a package that nothing names", "func F(t interface{ Enqueue() }) { t.Enqueue() }\n", []],
])("of the module: %s", async (_, text, names) => {
  const own = packageOf("example.test/m", text);
  expect(await namedFunctions([own], [ring])(ring)).toEqual(names);
});

test("of another module, whose types name a package that no function names", async () => {
  const own = packageOf("example.test/m", 'import "example.test/dep"\n\nfunc F() { dep.Do() }\n');
  const dep = packageOf(
    "example.test/dep",
    'import "example.test/dep/ring"\n\ntype queue struct{ r ring.Ring }\n\nvar q queue\n\nfunc Do() { q.r.Enqueue() }\n\nfunc Other() { q.r.Dequeue() }\n',
  );
  const named = namedFunctions([own], [dep, ring]);
  expect(await named(dep)).toEqual(["", "Do"]);
  expect(await named(ring)).toEqual(["Ring.Enqueue"]);
});

test("what is named almost whole is compiled whole", async () => {
  const own = packageOf("example.test/m", 'import "example.test/dep/ring"\n\nfunc F() { ring.New(1) }\n');
  const text = (rest: string) => `func New(n int) int { return ${"n + ".repeat(100)}n }\n\n${rest}`;
  const most = packageOf("example.test/dep/ring", text("func Old() {}\n"));
  expect(await namedFunctions([own], [most])(most)).toBeUndefined();
  const half = packageOf("example.test/dep/ring", text(text("").replace("New", "Old")));
  expect(await namedFunctions([own], [half])(half)).toEqual(["New"]);
});

const own = packageOf(
  "example.test/m",
  'import "example.test/dep/ring"\n\nfunc F(r ring.Ring) { ring.New() }\n',
);

// What takes longer than linear time for these does not end in time.
test.each([
  ["a receiver that does not end", `/*\nfunc (${"a".repeat(400_000)}\n*/\n`],
  ["brackets that do not end", `/*\nfunc (${"a[".repeat(200_000)}\n*/\n`],
  ["strings that do not end", `var x = "${'\\"'.repeat(200_000)}\n`],
  ["comments in comments", `${"/* ".repeat(200_000)}\n`],
  ["one name very often", "func init() {}\n".repeat(20_000)],
  ["very many imports with dots", `/*\n${'. "example.test/m"\n'.repeat(20_000)}*/\n`],
  ["a long string", `var x = "${"a".repeat(12_000_000)}"\n`],
  ["a long string with escapes", `var x = "${"\\a".repeat(3_000_000)}"\n`],
])("of a text with %s what follows is found", async (_, text) => {
  const dep = packageOf(
    "example.test/dep/ring",
    `${text}type Ring struct{}\n\nfunc New() {}\n\nfunc Old() {}\n`,
  );
  const found = await namedFunctions([own], [dep])(dep);
  expect(found ?? ["New"]).toContain("New");
});

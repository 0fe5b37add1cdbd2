import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildList, h1OfGoMod, openModule, packageResolver, parseGoSum } from "../../src/index.ts";
import { fileProxy } from "../file-proxy.ts";
import { temporaryFolder, testConfiguration, writeFiles } from "../temporary-folder.ts";
import { containing } from "../text-match.ts";
import { checkedOnly, exceptUnchecked } from "../unchecked.ts";

const A = "example.com/a@v1.0.0";
const A_MOD = "module example.com/a\n\ngo 1.20\n";
const GO_MOD = "module example.com/main\n\ngo 1.20\n\nrequire example.com/a v1.0.0\n";
const goproxy = await fileProxy({
  [A]: { "go.mod": A_MOD, "a.go": "package a\n" },
  "example.com/main@v1.0.0": { "go.mod": GO_MOD, "go.sum": "example.com/a v1.0.0/go.mod h1:other=\n" },
});

const goodMod = `example.com/a v1.0.0/go.mod ${h1OfGoMod(Buffer.from(A_MOD))}\n`;

async function read(target: string, cacheDir = temporaryFolder()) {
  const configuration = await testConfiguration({ goproxy, cacheDir });
  const copy = await openModule(target, { configuration });
  const list = exceptUnchecked(await buildList(copy, { configuration }));
  const resolver = packageResolver(copy, list, { configuration });
  const source = await resolver.packageSource("example.com/a");
  await resolver.close();
  await copy.close();
  return { list, source, diagnostics: checkedOnly(resolver.diagnostics()) };
}

test("hashes that fit, and modules that go.sum does not know, are fine", async () => {
  const other = "example.com/a v1.0.0/go.mod h2:later=\nexample.com/other v1.0.0 h1:x=\n";
  for (const sum of [goodMod, other]) {
    const { list, source } = await read(await writeFiles({ "go.mod": GO_MOD, "go.sum": sum }));
    expect(list.diagnostics).toEqual([]);
    expect(source.kind).toBe("found");
  }
});

test("a go.mod of another hash is not used", async () => {
  const sum = "example.com/a v1.0.0/go.mod h1:other=\n";
  const { list } = await read(await writeFiles({ "go.mod": GO_MOD, "go.sum": sum }));
  expect(list).toMatchObject({
    modules: [{}, { path: "example.com/a", missing: containing("the go.mod hashes to h1:") }],
    diagnostics: [
      {
        code: "go-sum-mismatch",
        severity: "error",
        message: containing("go.sum of the target has h1:other="),
      },
    ],
  });
});

test("a zip of another hash is not used", async () => {
  const sum = `${goodMod}example.com/a v1.0.0 h1:other=\n`;
  const { source, diagnostics } = await read(await writeFiles({ "go.mod": GO_MOD, "go.sum": sum }));
  expect(source).toMatchObject({ code: "unavailable", reason: containing("the zip hashes to h1:") });
  expect(diagnostics).toMatchObject([{ code: "go-sum-mismatch" }]);
});

test("a go.mod of another hash in a cache is fetched again", async () => {
  const cacheDir = temporaryFolder();
  const root = await writeFiles({ "go.mod": GO_MOD, "go.sum": goodMod });
  await read(root, cacheDir);
  await writeFile(join(cacheDir, "download/example.com/a/@v/v1.0.0.mod"), "module example.com/a\n");
  const { list } = await read(root, cacheDir);
  expect(list).toMatchObject({ modules: [{}, { goVersion: "1.20" }], diagnostics: [] });
});

test("the go.sum of a published module keeps nobody from reading its dependencies", async () => {
  const { list, source } = await read("example.com/main@v1.0.0");
  expect(list.diagnostics).toEqual([]);
  expect(source.kind).toBe("found");
});

test("go.sum may hold several hashes, and lines that make no sense", () => {
  const sums = parseGoSum("a v1 h1:x=\nb\n\na v1 h1:y=\r\na v1 h1:z= more\n");
  expect([...sums].map(([key, hashes]) => [key, [...hashes]])).toEqual([["a v1", ["h1:x=", "h1:y="]]]);
});

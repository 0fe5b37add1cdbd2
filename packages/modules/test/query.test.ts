import { expect, test } from "vitest";
import { openModule } from "../src/index.ts";
import { fileProxy, type Published } from "./file-proxy.ts";
import { testConfiguration } from "./temporary-folder.ts";

const PSEUDO = ["v0.0.0-20200101000000-aaaaaaaaaaaa", "v0.0.0-20210101000000-bbbbbbbbbbbb"];

function versions(path: string, list: readonly string[], files: Record<string, string> = {}): Published {
  return Object.fromEntries(
    list.map((version) => [`${path}@${version}`, { "a.go": "package a\n", ...files }]),
  );
}

const GO_MOD = { "go.mod": "module example.com/modern\n\ngo 1.20\n" };
const published: Published = {
  ...versions("example.com/many", [
    "v1.2.0-rc.1",
    "v1.2.0",
    "v1.2.10",
    "v1.2.9",
    "v1.10.0",
    "v1.11.0-beta",
    "v0.9.0",
  ]),
  ...versions("example.com/many/v2", ["v2.0.0-alpha", "v2.0.0-beta"]),
  ...versions("example.com/legacy", ["v1.0.0", "v2.0.0+incompatible", "v3.1.0+incompatible"]),
  ...versions("example.com/modern", ["v1.0.0", "v2.0.0+incompatible"], GO_MOD),
  ...versions("example.com/untagged", PSEUDO),
  ...versions("example.com/junk", ["v1.0.0"]),
};
const extra = {
  "example.com/junk/@v/list":
    "v1.0.0 2020-01-01T00:00:00Z\nv9\n1.2.3\nv1.0\n\nv2.0.0-bad..x\nv1.0.1-0.20200101000000-aaaaaaaaaaaa\n<html>\n",
  "example.com/latest/@v/list": "",
  "example.com/latest/@latest": `{"Version":"${PSEUDO[0]}"}`,
  [`example.com/latest/@v/${PSEUDO[0]}.info`]: `{"Version":"${PSEUDO[0]}"}`,
  "example.com/many/@v/main.info": '{"Version":"v1.2.9"}',
  "example.com/many/@v/dev.info": '{"Version":"dev"}',
  "example.com/legacy/@v/v2.0.0.info": '{"Version":"v2.0.0+incompatible"}',
};
const goproxy = await fileProxy(published, extra);

async function resolve(target: string): Promise<string> {
  try {
    const copy = await openModule(target, { configuration: await testConfiguration({ goproxy }) });
    await copy.close();
    return copy.version ?? "";
  } catch (error) {
    return String(error);
  }
}

test.each([
  ["example.com/many@latest", "v1.10.0"],
  ["example.com/many@v1", "v1.10.0"],
  ["example.com/many@v1.2", "v1.2.10"],
  ["example.com/many@v0", "v0.9.0"],
  ["example.com/many@v1.2.0-rc.1", "v1.2.0-rc.1"],
  ["example.com/many@v1.2.9+meta", "v1.2.9"],
  ["example.com/many@main", "v1.2.9"],
  ["example.com/many/v2@latest", "v2.0.0-beta"],
  ["example.com/legacy@latest", "v3.1.0+incompatible"],
  ["example.com/legacy@v2", "v2.0.0+incompatible"],
  ["example.com/legacy@v2.0.0", "v2.0.0+incompatible"],
  ["example.com/modern@latest", "v1.0.0"],
  ["example.com/modern@v2", "v2.0.0+incompatible"],
  ["example.com/untagged@latest", PSEUDO[1]],
  ["example.com/junk@latest", "v1.0.0"],
])("%s is %s", async (target, version) => {
  expect(await resolve(target)).toBe(version);
});

test.each([
  ["example.com/many@v1.11", /no version of example\.com\/many matches "v1\.11"/u],
  ["example.com/many@v3", /no version of example\.com\/many matches "v3"/u],
  ["example.com/many@v1.2.99", /example\.com\/many@v1\.2\.99: no such file/u],
  ["example.com/none@latest", /no such file/u],
  ["example.com/latest@latest", /v0\.0\.0-20200101000000-aaaaaaaaaaaa/u],
  ["example.com/many@dev", /resolves to "dev", which cannot be used/u],
  ["example.com/many@v2.0.0", /no such file/u],
  ["example.com/many@", /malformed version query ""/u],
  ["example.com/many@v1@v2", /malformed version query/u],
  ["example.com/many@>v1", /malformed version query/u],
  ["example.com/many@../../x", /malformed version/u],
  ["example.com/Many@v1\u001b", /malformed version/u],
  ["many@latest", /malformed module path "many": missing dot/u],
  ["example.com/v1@latest", /invalid major version suffix/u],
])("%s is an error", async (target, says) => {
  const message = await resolve(target);
  expect(message).toMatch(says);
  expect(message).toMatch(/^SourceError: /u);
});

test("a prefix that matches nothing is answered with what there is", async () => {
  const configuration = await testConfiguration({ goproxy });
  await expect(openModule("example.com/many@v3", { configuration })).rejects.toMatchObject({
    code: "not-found",
    hint: 'The highest listed are "v1.11.0-beta", "v1.10.0", "v1.2.10", "v1.2.9", "v1.2.0".',
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildList, type ListedModule, openModule } from "../../src/index.ts";
import { fileProxy } from "../file-proxy.ts";
import { testConfiguration, writeFiles } from "../temporary-folder.ts";
import { exceptUnchecked } from "../unchecked.ts";
import { parseCase } from "./case.ts";

const folder = join(import.meta.dirname, "cases");

test.each(readdirSync(folder))("%s", async (name) => {
  const { files, published, want, diagnostics, isPublished } = parseCase(
    readFileSync(join(folder, name), "utf8"),
  );
  const versions = Object.entries(published).map(([key, goMod]) => [key, { "go.mod": goMod }]);
  const configuration = await testConfiguration({ goproxy: await fileProxy(Object.fromEntries(versions)) });
  const target = await openModule(await writeFiles(files), { configuration });
  const list = exceptUnchecked(
    await buildList(target, { configuration, ...(isPublished && { asMain: false }) }),
  );
  expect(list.modules[0]?.path).toBe("example.com/main");
  expect(list.modules.slice(1).map(lineOf)).toEqual(want);
  expect(list.diagnostics).toHaveLength(diagnostics.length);
  for (const [index, line] of diagnostics.entries()) {
    const [code, words] = /^(\S+) (.*)$/su.exec(line)?.slice(1) ?? [];
    expect(list.diagnostics[index]).toMatchObject({
      code,
      message: expect.stringContaining(words ?? "") as unknown,
    });
  }
});

function lineOf({ path, version, replacedBy }: ListedModule): string {
  const names = [path, version, ...(replacedBy ? ["=>", replacedBy.path, replacedBy.version] : [])];
  return names.filter((name) => name !== undefined).join(" ");
}

/** Code that V8 made of the program, as it is kept: what is not whole, or not ours alone, is not there. */
import {
  appendFileSync,
  chmodSync,
  readdirSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../modules/test/temporary-folder.ts";
import { codeStore } from "../src/start/code-store.ts";

const kept = { code: Buffer.from("code of a program\n"), cost: 1200 };

function storeWithFile() {
  const folder = join(temporaryFolder(), "code");
  const store = codeStore(folder, "program-A.cjs");
  store.write(kept);
  const [name = ""] = readdirSync(folder);
  return { store, folder, file: join(folder, name) };
}

test("what was kept is there, for that program alone", () => {
  const { store, folder } = storeWithFile();
  expect(store.read()).toEqual(kept);
  expect(codeStore(folder, "program-B.cjs").read()).toBeUndefined();
});

test.each([
  ["cut short", (file: string) => truncateSync(file, statSync(file).size - 1)],
  ["longer", (file: string) => appendFileSync(file, "x")],
  ["without its head", (file: string) => writeFileSync(file, kept.code)],
  ["empty", (file: string) => truncateSync(file, 0)],
  ["one that others may write", (file: string) => chmodSync(file, 0o622)],
])("a file that is %s counts as none", (_, change) => {
  const { store, file } = storeWithFile();
  change(file);
  expect(store.read()).toBeUndefined();
});

test("where nothing can be kept, nothing is said", () => {
  const { file } = storeWithFile();
  const store = codeStore(join(file, "below"), "program-A.cjs");
  expect(() => store.write(kept)).not.toThrow();
  expect(store.read()).toBeUndefined();
});

test("a few programs are kept, the oldest goes first", () => {
  const { store, folder, file } = storeWithFile();
  utimesSync(file, 0, 0);
  for (const name of ["B", "C", "D", "E", "F"]) codeStore(folder, `program-${name}.cjs`).write(kept);
  expect(readdirSync(folder)).toHaveLength(5);
  expect(store.read()).toBeUndefined();
});

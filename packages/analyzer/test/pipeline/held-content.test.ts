import { expect, test } from "vitest";
import { holdContent } from "../../src/pipeline/held-content.ts";

/** How often the file itself is read while `times` readers ask for it, `readers` being expected. */
async function readsOf({ readers, times, size = 1 }: { readers: number; times: number; size?: number }) {
  let reads = 0;
  const content = new Uint8Array(size);
  const read = async () => {
    reads++;
    return content;
  };
  const file = holdContent()({ name: "a.go", size, sha256: "", read }, readers);
  for (let time = 0; time < times; time++) expect(await file.read()).toBe(content);
  return reads;
}

test("a file is read once for all readers that were said", async () => {
  expect(await readsOf({ readers: 3, times: 3 })).toBe(1);
});

test("who comes after them reads it again", async () => {
  expect(await readsOf({ readers: 2, times: 4 })).toBe(3);
});

test("what is larger than all that is kept is read each time", async () => {
  expect(await readsOf({ readers: 3, times: 3, size: (64 << 20) + 1 })).toBe(3);
});

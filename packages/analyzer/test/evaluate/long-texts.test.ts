/** Texts that are longer than what a reader would look at: what matters may stand at their end, or beside them. */
import { expect, test } from "vitest";
import { foldedValues, goFile } from "./folded-values.ts";

const filler = "echo prepare the folders; ";
const behind = 'exec.Command("sh", "cu"+string([]byte{114, 108}))';

test.each([
  ["of 20,000 characters", 20_000],
  ["of 100,000 characters", 100_000],
])("%s are known to their end", async (_, length) => {
  const line = `${filler.repeat(length / filler.length)}curl example.test`;
  const [, given] = await foldedValues(goFile(`func A() { exec.Command("sh", "${line}") }`));
  expect(given?.value.endsWith("curl example.test")).toBe(true);
  expect(given?.value.startsWith(filler)).toBe(true);
});

test("that are too long for facts hide nothing beside them", async () => {
  const long = filler.repeat(200_000 / filler.length);
  const [, given] = await foldedValues(
    goFile(`func A() { use("${long}"); ${behind} }\nfunc use(s string) {}`),
  );
  expect(given?.value).toBe("curl");
});

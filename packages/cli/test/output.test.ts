/** Whole reports through pipes: run as a child process, with a reader that is slow or leaves. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeFileWhole } from "../src/output.ts";
import { runHere } from "./samples/environment.ts";

const folder = mkdtempSync(join(tmpdir(), "capdiff-output-"));
const script = join(folder, "write.mjs");
const rows = 100_000;

/** Writes about 100 MB in pieces of about 1 kB, then says on stderr that it is done. */
const program = `
  import { writeStream } from ${JSON.stringify(fileURLToPath(new URL("../src/output.ts", import.meta.url)))};
  function* pieces() { for (let row = 0; row < ${rows}; row++) yield String(row).padStart(1023) + "\\n"; }
  process.exitCode = 1;
  await writeStream(process.stdout, pieces());
  process.stderr.write("written");
`;

beforeAll(async () => {
  const source = { contents: program, resolveDir: folder, loader: "js" } as const;
  await build({ stdin: source, outfile: script, bundle: true, platform: "node", format: "esm" });
});

afterAll(() => rmSync(folder, { recursive: true }));

test("100 MB arrive whole through a slow pipe", async () => {
  const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
  const hash = createHash("sha256");
  let read = 0;
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    if (Math.floor(read / 1e6) % 20 === 0 && read % 7 === 0) await wait(1);
    read += chunk.length;
    hash.update(chunk);
  }
  expect(read).toBe(rows * 1024);
  const expected = createHash("sha256");
  for (let row = 0; row < rows; row++) expected.update(`${String(row).padStart(1023)}\n`);
  expect(hash.digest("hex")).toBe(expected.digest("hex"));
});

test("a closed pipe ends quietly, with the code that was due", async () => {
  const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  child.stdout.once("data", () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect({ code, said }).toEqual({ code: 1, said: "written" });
});

test("--output replaces a file as a whole and leaves nothing beside it", async () => {
  const file = join(folder, "report.json");
  writeFileSync(file, "old");
  const ran = await runHere(["scan", "old", "--format", "json", "-o", file]);
  expect(ran).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ schemaVersion: 1, command: "scan" });
  expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("a report that fails half-way leaves the old file", async () => {
  const file = join(folder, "kept.txt");
  writeFileSync(file, "old");
  function* failing() {
    yield "new".repeat(100_000);
    throw new Error("half-way");
  }
  await expect(writeFileWhole(file, failing())).rejects.toThrow("half-way");
  expect(readFileSync(file, "utf8")).toBe("old");
  expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("a closed pipe ends quietly in this process too", async () => {
  const { Writable } = await import("node:stream");
  const stdout = new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error("broken"), { code: "EPIPE" })),
  });
  const ran = await runHere(["diff", "old", "new", "--fail-on", "EXEC", "-q"], { stdout });
  expect(ran).toMatchObject({ code: 1, stderr: "" });
});

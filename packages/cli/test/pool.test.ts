/** What the pool of compiling threads does when something goes wrong. */
import type { UnitTask } from "@capdiff/analyzer";
import { expect, test } from "vitest";
import { type CompilePool, compilePool } from "../src/compile/pool.ts";

/** A thread that answers with nothing compiled, and one that ends before it is told anything. */
const answering = `
  import { parentPort } from "node:worker_threads";
  parentPort.on("message", ({ number }) => parentPort.postMessage({ number, compiled: [] }));
`;
const ending = `process.exit(3);`;

const start = { narrowing: {}, stdlib: "", cache: false };

function poolOf(program: string, here = async (): Promise<[]> => []): CompilePool {
  const url = new URL(`data:text/javascript,${encodeURIComponent(program)}`);
  return compilePool({ here, program: url, start, threads: 2 });
}

/** Small units are compiled here; after one like this threads are started. */
const large: UnitTask = {
  packages: [
    {
      path: "example.test/m",
      name: "m",
      apart: false,
      importable: true,
      files: [{ name: "m.go", builds: "", test: false, diagnostics: [], content: new Uint8Array(1_000_000) }],
      assembly: [],
      declarationsOnly: false,
    },
  ],
  names: [],
  imports: [],
};
const small: UnitTask = { packages: [], names: [], imports: [] };

test("small units are compiled here, then threads do the work", async () => {
  let here = 0;
  const pool = poolOf(answering, async () => {
    here++;
    return [];
  });
  for (const task of [small, small, large, small, small]) await pool.compile(async () => task);
  expect(here).toBe(3);
  await pool.close();
});

test("between units that are compiled here the time can be over", async () => {
  const controller = new AbortController();
  const here = async (): Promise<[]> => {
    setTimeout(() => controller.abort(new Error("over")), 0);
    const end = performance.now() + 5;
    while (performance.now() < end);
    return [];
  };
  const url = new URL("data:text/javascript,");
  const pool = compilePool({ here, program: url, start, threads: 1, signal: controller.signal });
  const tasks = [small, small, small];
  const answers = await Promise.allSettled(tasks.map((task) => pool.compile(async () => task)));
  expect([answers[0]?.status, answers[2]?.status]).toEqual(["fulfilled", "rejected"]);
  await pool.close();
});

test("what is asked for after closing is refused, and starts no thread", async () => {
  const pool = poolOf(answering);
  await pool.compile(async () => large);
  const open = pool.compile(async () => {
    await pool.close();
    return small;
  });
  await expect(open).rejects.toThrow("closed");
  await expect(pool.compile(async () => small)).rejects.toThrow("closed");
});

test("a thread that ended is not waited for", async () => {
  const pool = poolOf(ending);
  await pool.compile(async () => large);
  await expect(pool.compile(async () => small)).rejects.toThrow("ended before");
  // By now it has ended, and nobody would answer.
  await expect(pool.compile(async () => small)).rejects.toThrow("ended before");
  await pool.close();
});

test("a task that fails is told, and the others go on", async () => {
  const pool = poolOf(answering);
  await pool.compile(async () => large);
  const failing = pool.compile(async () => {
    throw new Error("cannot be read");
  });
  const other = pool.compile(async () => small);
  await expect(failing).rejects.toThrow("cannot be read");
  expect(await other).toEqual([]);
  await pool.close();
});

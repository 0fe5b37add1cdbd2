/** What the pool of compiling threads does when something goes wrong. */
import type { UnitSize, UnitTask } from "@capdiff/analyzer";
import { expect, test, vi } from "vitest";
import { type CompilePool, compilePool } from "../src/compile/pool.ts";
import { resetFlags, setFlags } from "../src/start/v8-flags.ts";

vi.mock("../src/start/v8-flags.ts", { spy: true });

/** A thread that answers with where it compiled, and one that ends before it is told anything. */
const answering = `
  import { parentPort } from "node:worker_threads";
  const compiled = [{ path: "thread", exports: "", mentions: [] }];
  parentPort.on("message", ({ number }) => parentPort.postMessage({ number, compiled }));
`;
const ending = `process.exit(3);`;

const start = { narrowing: {}, stdlib: "", cache: false };

function poolOf(program: string, threads = 2): CompilePool {
  const url = new URL(`data:text/javascript,${encodeURIComponent(program)}`);
  const here = async () => [{ path: "here", facts: undefined, exports: "", mentions: [] }];
  return compilePool({ here, program: url, start, threads });
}

const task = async (): Promise<UnitTask> => ({ packages: [], names: [], imports: [] });
const large = { bytes: 1_000_000, chain: 1_000_000 };
const small = { bytes: 10, chain: 10 };

/** Where units of these sizes are compiled that are asked for at once. */
async function placesOf(pool: CompilePool, sizes: readonly UnitSize[]): Promise<string[]> {
  const units = await Promise.all(sizes.map((size) => pool.compile(task, size)));
  return units.flatMap((packages) => packages.map(({ path }) => path));
}

test("one unit after the other is compiled here, whatever its size", async () => {
  const pool = poolOf(ending);
  for (const size of [large, small, large]) expect(await placesOf(pool, [size])).toEqual(["here"]);
  await pool.close();
});

test("little is compiled here, and all if there are to be no threads", async () => {
  const pool = poolOf(ending);
  expect(await placesOf(pool, [small, small, small])).toEqual(["here", "here", "here"]);
  await pool.close();
  const alone = poolOf(ending, 1);
  expect(await placesOf(alone, [large, large, large])).toEqual(["here", "here", "here"]);
  await alone.close();
});

test("of much, large units go to threads, and small ones are compiled here", async () => {
  const pool = poolOf(answering);
  const sizes = [small, large, large, large, small];
  expect(await placesOf(pool, sizes)).toEqual(["here", "thread", "thread", "thread", "here"]);
  await pool.close();
});

test("what most has to wait for is compiled first", async () => {
  const pool = poolOf(answering, 2);
  const order: number[] = [];
  const chains = [1, 2, 3, 9, 5, 7];
  await Promise.all(
    chains.map(async (chain) =>
      pool.compile(
        async () => {
          order.push(chain);
          return task();
        },
        { ...large, chain },
      ),
    ),
  );
  // The first is compiled here, and the next two are all that there is when threads are opened.
  expect(order).toEqual([1, 2, 3, 9, 7, 5]);
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
  const answers = await Promise.allSettled([small, small, small].map((size) => pool.compile(task, size)));
  expect([answers[0]?.status, answers[2]?.status]).toEqual(["fulfilled", "rejected"]);
  await pool.close();
});

test("where no thread can be started all is compiled here", async () => {
  const here = async () => [{ path: "here", facts: undefined, exports: "", mentions: [] }];
  // A thread runs no program that is not on this machine.
  const program = new URL("https://example.test/thread.js");
  const pool = compilePool({ here, program, start, threads: 4 });
  expect(await placesOf(pool, [small, large, large, large])).toEqual(["here", "here", "here", "here"]);
  // What is compiled here is compiled with the flags of V8 that are for that.
  expect(setFlags).toHaveBeenCalledAfter(vi.mocked(resetFlags));
  await pool.close();
});

test("what is asked for after closing is refused, and starts no thread", async () => {
  const pool = poolOf(ending);
  const open = pool.compile(async () => {
    await pool.close();
    return task();
  }, large);
  await expect(open).rejects.toThrow("closed");
  await expect(pool.compile(task, large)).rejects.toThrow("closed");
});

test("a thread that ended is not waited for", async () => {
  const pool = poolOf(ending);
  const all = async () =>
    (await Promise.allSettled([small, large, large].map((size) => pool.compile(task, size)))).map((one) =>
      one.status === "fulfilled" ? one.value[0]?.path : String(one.reason),
    );
  const ended: unknown = expect.stringContaining("ended before");
  expect(await all()).toEqual(["here", ended, ended]);
  // By now they have ended, and nobody would answer.
  expect(await all()).toEqual([ended, ended, ended]);
  await pool.close();
});

test("a task that fails is told, and the others go on", async () => {
  const pool = poolOf(answering);
  const failing = async () => {
    throw new Error("cannot be read");
  };
  const answers = await Promise.allSettled([
    pool.compile(failing, small),
    pool.compile(failing, large),
    ...[large, large, small].map((size) => pool.compile(task, size)),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([
    "rejected",
    "rejected",
    "fulfilled",
    "fulfilled",
    "fulfilled",
  ]);
  await pool.close();
});

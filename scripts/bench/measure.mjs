/** Runs programs in processes of their own and says what they cost. */
import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";

/**
 * @typedef {object} Timed
 * @property {number} status the exit code; 128 and more when a signal ended it
 * @property {number} seconds on the wall, its start included
 * @property {string} stdout
 * @property {string} stderr
 */

/**
 * @typedef {object} Costs
 * @property {number} userSeconds CPU in user mode, of all threads
 * @property {number} peakMegabytes the most memory resident at once (2^20 bytes)
 */

/** @typedef {Timed & Costs} Measure */

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {Readonly<Record<string, string>>} [env] beside that of this process
 * @property {string} [stdout] a file for what is printed, of which no text is too long; the figure is empty then
 */

const hook = new URL("./peak.mjs", import.meta.url).href;

/**
 * Linux counts the most memory of a process from what its parent held when it was started, and who measures may hold
 * a lot: the program is started by a shell, which holds little. A shell would become the last program that it runs.
 *
 * @type {readonly [string, ...string[]] | readonly []}
 */
const fromSmallProcess = process.platform === "win32" ? [] : ["/bin/sh", "-c", '"$@"; exit $?', "sh"];

/**
 * Processes that the program starts itself are not counted. A program that a signal
 * ends has no figures but the wall time: the others are NaN, never 0.
 *
 * @param {readonly string[]} args of node: options, the script, its arguments
 * @param {RunOptions} [options]
 * @returns {Promise<Measure>}
 */
export async function measure(args, options = {}) {
  const [program, ...words] = [...fromSmallProcess, process.execPath, "--import", hook, ...args];
  const { figures, ...timed } = await runTimed(program, words, options);
  const [userSeconds = Number.NaN, peakMegabytes = Number.NaN] = figures
    .split(" ", figures === "" ? 0 : 2)
    .map(Number);
  return { ...timed, userSeconds, peakMegabytes };
}

/**
 * Runs any program, of which only the wall time is known.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Timed>}
 */
export async function time(program, args, options = {}) {
  const { figures: _, ...timed } = await runTimed(program, args, options);
  return timed;
}

/**
 * Runs any program by GNU time, where there is one: elsewhere its figures but the wall time are
 * NaN. Of the processes that it starts itself the most memory of one counts, if that is more.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Measure>}
 */
export async function measureProgram(program, args, options = {}) {
  if (!(await hasGnuTime()))
    return { ...(await time(program, args, options)), userSeconds: Number.NaN, peakMegabytes: Number.NaN };
  const run = await time(gnuTime, ["--quiet", "--format", "%U %M", program, ...args], options);
  // It writes its line behind what the program itself wrote there.
  const [, stderr = "", userSeconds, kilobytes] = /^([^]*?)([\d.]+) (\d+)\n$/.exec(run.stderr) ?? [];
  return { ...run, stderr, userSeconds: Number(userSeconds), peakMegabytes: Number(kilobytes) / 1024 };
}

const gnuTime = "/usr/bin/time";

async function hasGnuTime() {
  return existsSync(gnuTime) && (await time(gnuTime, ["--version"])).status === 0;
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} options
 */
async function runTimed(program, args, options) {
  const file = options.stdout === undefined ? undefined : openSync(options.stdout, "w");
  const start = performance.now();
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ["ignore", file ?? "pipe", "pipe", "pipe"],
  });
  if (file !== undefined) closeSync(file);
  const texts = Promise.all(child.stdio.slice(1).map(textOf));
  /** @type {Promise<number>} */
  const ended = new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 128));
  });
  const status = await ended;
  const seconds = (performance.now() - start) / 1000;
  const [stdout = "", stderr = "", figures = ""] = await texts;
  return { status, seconds, stdout, stderr, figures };
}

/**
 * The run of several whose wall time is the median; the first, which warms the disk's
 * cache, is not among them. Throws when a run fails.
 *
 * @param {number} times
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Measure>}
 */
export async function medianOf(times, args, options = {}) {
  const runs = [];
  for (let i = 0; i <= times; i++) {
    const run = await measure(args, options);
    if (run.status !== 0) throw new Error(`node ${args.join(" ")} ended with ${run.status}:\n${run.stderr}`);
    if (i > 0) runs.push(run);
  }
  runs.sort((a, b) => a.seconds - b.seconds);
  const median = runs[Math.floor(runs.length / 2)];
  if (median === undefined) throw new Error("medianOf needs one run at least");
  return median;
}

/** @param {unknown} stream */
async function textOf(stream) {
  let text = "";
  if (stream === null) return text;
  for await (const chunk of /** @type {AsyncIterable<Buffer>} */ (stream)) text += chunk.toString("utf8");
  return text;
}

/** The shortest wall time. @param {readonly Timed[]} runs */
export function shortest(runs) {
  return Math.min(...runs.map(({ seconds }) => seconds));
}

/** The machine in a few words. */
export function machine() {
  const memory = Math.round(totalmem() / 2 ** 30);
  return `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${availableParallelism()} CPUs, ${memory} GB`;
}

/**
 * `node test-corpus/scripts/oracle.mjs [--show] [NAME...]`: asks go/types whether the lines about
 * types in the corpus are right, for every build. Needs Go; no test runs it.
 *
 * Of a case that go/types takes without an error, each line of WANT about types must be
 * true, and all functions and calls that we resolve must be those that Go resolves. Of
 * broken code, of code that imports "C", and of lines below a FIXME it counts what Go
 * does not confirm. NAME selects cases by a part of their path; --show prints what Go
 * says, in the lines of WANT.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

/**
 * @typedef {{ head: string, details: readonly string[] }} Finding
 * @typedef {{ builds: number[], lines: Finding[], errors: string[] }} Answer
 * @typedef {typeof import("../runner/case.ts")
 *   & typeof import("../runner/finding.ts")
 *   & typeof import("../runner/forms.ts")
 *   & typeof import("../runner/module-files.ts")
 *   & typeof import("../runner/type-lines.ts")
 *   & typeof import("../../packages/analyzer/src/constraints/index.ts")} Runner
 * @typedef {{ name: string, text: string, parsed: Extract<ReturnType<Runner["parseCase"]>, { kind: "scan" }> }} Named
 */

const corpus = dirname(dirname(fileURLToPath(import.meta.url)));

const { values, positionals } = parseArgs({
  options: { show: { type: "boolean" } },
  allowPositionals: true,
});
const runner = await loadRunner();
const cases = casesAboutTypes();
const sources = cases.map(sourcesOf);
const answers = askGo(sources);
const counts = { cases: 0, confirmed: 0, unconfirmed: 0, fixme: 0, wrong: 0, compared: 0 };
for (const [index, one] of cases.entries()) await compare(one, index);
process.stdout.write(
  `${counts.cases} cases: Go confirms ${counts.confirmed} lines of WANT, denies ${counts.wrong}, ` +
    `cannot say ${counts.unconfirmed} (broken code or cgo), ${counts.fixme} below a FIXME; ` +
    `${counts.compared} resolved functions and calls compared\n`,
);
if (counts.cases === 0 || counts.wrong > 0) process.exitCode = 1;

/**
 * The runner of the corpus, bundled to where its relative paths are true.
 *
 * @returns {Promise<Runner>}
 */
async function loadRunner() {
  const outfile = join(corpus, "runner", `.oracle-${process.pid}.mjs`);
  try {
    await build({
      stdin: {
        contents: `
          export { parseCase } from "./case.ts";
          export { fits, parseFinding } from "./finding.ts";
          export { keywordOf, typeKeywords } from "./forms.ts";
          export { moduleSource } from "./module-files.ts";
          export { typeLines } from "./type-lines.ts";
          export { createBuilds, ports } from "../../packages/analyzer/src/constraints/index.ts";`,
        resolveDir: join(corpus, "runner"),
      },
      bundle: true,
      platform: "node",
      format: "esm",
      conditions: ["capdiff-source"],
      banner: {
        js: 'import { createRequire as _r } from "node:module"; const require = _r(import.meta.url);',
      },
      outfile,
      logLevel: "error",
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(outfile, { force: true });
  }
}

/** @returns {Named[]} */
function casesAboutTypes() {
  return (
    readdirSync(corpus, { recursive: true, encoding: "utf8" })
      // Fixtures, which want verdicts, are no cases.
      .filter((name) => name.endsWith(".txtar") && !/^(?:attacks|twins|benign)\b/.test(name))
      .filter((name) => positionals.length === 0 || positionals.some((part) => name.includes(part)))
      .sort()
      .flatMap((name) => {
        const text = readFileSync(join(corpus, name), "utf8");
        const parsed = runner.parseCase(text);
        return parsed.kind === "scan" && parsed.wants.some(isAboutTypes) ? [{ name, text, parsed }] : [];
      })
  );
}

/** @param {{ head: string }} finding */
function isAboutTypes({ head }) {
  return runner.typeKeywords.has(runner.keywordOf(head));
}

/** @param {Named} one */
function sourcesOf({ parsed }) {
  const { tags } = parsed.options.narrowing;
  const custom = new Set(parsed.files.flatMap(({ content }) => customTags(content)));
  const assignments = tags === undefined ? subsetsOf([...custom]) : [tags];
  return {
    module: runner.moduleSource(parsed.files).modulePath,
    files: Object.fromEntries(parsed.files.map(({ name, content }) => [name, content])),
    builds: runner.ports.flatMap((port) =>
      [true, false].flatMap((cgo) =>
        assignments.map((set) => ({ goos: port.goos, goarch: port.goarch, cgo, tags: set })),
      ),
    ),
  };
}

/**
 * @param {string} content
 * @returns {string[]} tags in its constraint that no port decides
 */
function customTags(content) {
  const line = /^\/\/go:build (.*)$/m.exec(content)?.[1] ?? "";
  const known = new Set(
    runner.ports.flatMap(({ goos, goarch }) => [goos, goarch]).concat("unix", "cgo", "gc"),
  );
  return [...line.matchAll(/[\w.]+/g)]
    .map(([word]) => word)
    .filter((word) => !known.has(word) && !word.startsWith("go1"));
}

/**
 * @param {readonly string[]} list
 * @returns {string[][]}
 */
function subsetsOf([first, ...rest]) {
  if (first === undefined) return [[]];
  return subsetsOf(rest).flatMap((set) => [set, [first, ...set]]);
}

/**
 * @param {readonly object[]} input
 * @returns {Answer[][]}
 */
function askGo(input) {
  const { status, stdout, stderr } = spawnSync("go", ["run", "."], {
    cwd: join(corpus, "scripts", "oracle"),
    input: JSON.stringify(input),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/**
 * @param {Named} one
 * @param {number} index
 */
async function compare({ name, text, parsed }, index) {
  const builds = runner.createBuilds({ narrowing: parsed.options.narrowing });
  const list = answers[index] ?? [];
  const go = goFindings(list, sources[index]?.builds ?? [], builds);
  if (values.show) process.stdout.write(`${name}\n${go.map(lineOf).join("\n")}\n`);
  counts.cases++;
  const errors = [...new Set(list.flatMap((answer) => answer.errors))];
  const sound = errors.length === 0 && !/^import "C"/m.test(text);
  const wrong = /** @param {string} problem */ (problem) => {
    counts.wrong++;
    process.stdout.write(`${name}: ${problem}\n`);
  };
  for (const want of parsed.wants.filter(isAboutTypes)) {
    const found = go.some((finding) => runner.fits(want, finding));
    if (found !== want.absent) counts.confirmed++;
    else if (isBelowFixme(text, want.line)) counts.fixme++;
    else if (!sound) counts.unconfirmed++;
    else wrong(`Go does not say: ${want.line}\n${nearest(want, go)}`);
  }
  if (errors.length > 0 && values.show) process.stdout.write(`${name}: ${errors.join("\n  ")}\n`);
  if (!sound) return;
  const ours = await runner.typeLines(runner.moduleSource(parsed.files), { builds, tests: false });
  const exact = new Set(["ref", "callee", "unsafe"]);
  const lines = ours.filter((line) => exact.has(runner.keywordOf(line)));
  const expected = go.filter(({ head }) => exact.has(runner.keywordOf(head))).map(lineOf);
  counts.compared += expected.length;
  for (const line of lines.filter((one) => !expected.includes(one) && !isBelowFixme(text, one)))
    wrong(`only we say: ${line}`);
  for (const line of expected.filter((one) => !lines.includes(one) && !isBelowFixme(text, one)))
    wrong(`only Go says: ${line}`);
}

/**
 * The lines of all builds, each with the builds that it holds in.
 *
 * @param {readonly Answer[]} list
 * @param {readonly { goos: string, goarch: string, cgo: boolean, tags: readonly string[] }[]} configurations
 * @param {ReturnType<Runner["createBuilds"]>} builds
 * @returns {Finding[]}
 */
function goFindings(list, configurations, builds) {
  const tags = [...new Set(configurations.flatMap((one) => one.tags))];
  const setOf = /** @param {number} number */ (number) => {
    const build = configurations[number];
    if (build === undefined) return builds.none;
    const is = /** @param {string} tag @param {boolean} on */ (tag, on) =>
      on ? builds.tag(tag) : builds.not(builds.tag(tag));
    return [
      is(build.goarch, true),
      is("cgo", build.cgo),
      ...tags.map((tag) => is(tag, build.tags.includes(tag))),
      // The tag linux holds on android as well, and darwin on ios.
      ...(build.goos === "linux"
        ? [is("android", false)]
        : build.goos === "darwin"
          ? [is("ios", false)]
          : []),
    ].reduce(builds.and, is(build.goos, true));
  };
  /** @type {Map<string, Finding & { set: typeof builds.all }>} */
  const sets = new Map();
  for (const answer of list) {
    const set = list.length === 1 ? builds.all : answer.builds.map(setOf).reduce(builds.or, builds.none);
    for (const line of answer.lines) {
      const key = lineOf(line);
      sets.set(key, { ...line, set: builds.or(sets.get(key)?.set ?? builds.none, set) });
    }
  }
  return [...sets.values()]
    .map(({ head, details, set }) => ({ head, details, set: builds.and(set, builds.asked) }))
    .filter(({ set }) => !builds.isEmpty(set))
    .map(({ head, details, set }) => ({ head, details: [...details, builds.words(set)] }));
}

/** @param {Finding} finding */
function lineOf({ head, details }) {
  return [head, ...details.map((detail) => `[${detail}]`)].join(" ");
}

/**
 * @param {string} text
 * @param {string} line
 */
function isBelowFixme(text, line) {
  const lines = text.split("\n").map((one) => one.trim());
  return lines.some((one, at) => {
    if (one.startsWith("#") || !line.startsWith(one) || one === "") return false;
    let above = at - 1;
    while (above > 0 && lines[above]?.startsWith("#") && !lines[above]?.startsWith("# FIXME")) above--;
    return lines[above]?.startsWith("# FIXME") ?? false;
  });
}

/**
 * What Go says instead, most likely.
 *
 * @param {Finding} want
 * @param {readonly Finding[]} go
 */
function nearest(want, go) {
  const start = want.head.replace(/(?<=\S)(?: ->|:| =) .*$/, "");
  const near = go.filter(({ head }) => head.startsWith(`${start} `) || head.startsWith(`${start}:`));
  return near
    .slice(0, 4)
    .map((one) => `    Go: ${lineOf(one)}`)
    .join("\n");
}

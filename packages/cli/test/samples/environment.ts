/** An environment with a made-up engine, and streams that remember what was written. */
import { Writable } from "node:stream";
import type { AnalysedModule, Engine } from "../../src/engine.ts";
import type { Environment } from "../../src/environment.ts";
import { UsageError } from "../../src/errors.ts";
import { run } from "../../src/main.ts";
import { after, before, changes, findings, rows, rule } from "./bolt.ts";
import { catalogue } from "./catalogue.ts";

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in this process. */
export async function runHere(args: readonly string[], more: Partial<Environment> = {}): Promise<Ran> {
  const stdout = new Memory();
  const stderr = new Memory();
  const code = await run(args, { ...environment, stdout, stderr, ...more });
  return { code, stdout: stdout.text, stderr: stderr.text };
}

export class Memory extends Writable {
  text = "";

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString("utf8");
    done();
  }
}

/** Knows `old` and `new`, two versions of one module, and `bug`, which is one. */
export const engine: Engine = {
  tool: { name: "capdiff", version: "1.2.3", capabilityMap: "2026.1", goRelease: "1.26" },
  setAside: async () => {},
  release: () => {},
  analyzeDependency: async (_module, { path }) => {
    throw new Error(`nothing of ${path} was read`);
  },
  analyze: async (query) => {
    const known: Readonly<Record<string, AnalysedModule>> = { old: before, new: after };
    if (query === "bug") throw new TypeError("undefined is not \x1b[31ma function");
    const found = known[query];
    if (found !== undefined) return found;
    throw new UsageError(`there is no "${query}"`, "Give a directory, a module zip or module@version.");
  },
  references: async () => [],
  typesAt: async (_query, { file, line, column }) => {
    if (file !== "store.go") return { kind: "no-file", files: ["store.go", "sync.go"] };
    if (line > 3) return { kind: "outside", lines: 3 };
    if (column === 1) return { kind: "nothing" };
    return { kind: "found", lines: [`store.go:${line}:${column}\tx\ttype\tint\tall builds`] };
  },
  calls: async () => [],
  flows: () => [],
  paths: async (_module, { from }) => ({ kind: "no-function", name: from, names: ["Open", "Close"] }),
  capabilities: async (_module, { input }) => rows.map((row) => ({ ...row, input })),
  judge: async (oldSide, newSide) =>
    oldSide === newSide || oldSide === undefined
      ? { changes: [], findings: [], diagnostics: [] }
      : { changes, findings, diagnostics: [] },
  sharedCode: () => 0,
  verify: async (query) => {
    throw new UsageError(`there is no "${query}"`);
  },
  verifyVendor: async () => ({ modules: [], diagnostics: [] }),
  buildListOf: async () => [],
  close: async () => {},
};

const names: Readonly<Record<string, readonly string[]>> = {
  EXEC: ["os/exec.Command", "os.StartProcess"],
  NETWORK: ["net.Dial", "net.DialTimeout", "net.DialTCP", "net.DialUDP", "net.DialUnix", "net.Listen"],
};

export const environment: Environment = {
  stdout: new Memory(),
  stderr: new Memory(),
  variables: {},
  version: "1.2.3",
  loadCatalogue: async () => catalogue,
  namesBringing: async (capability) => names[capability] ?? [],
  loadRules: async () => [rule],
  loadEngine: async () => engine,
};

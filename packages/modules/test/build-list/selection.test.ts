import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareGoVersions } from "../../src/build-list/go-version.ts";
import {
  type GraphInput,
  type ModuleRequirements,
  moduleKey,
  selectVersions,
} from "../../src/build-list/requirement-graph.ts";
import { compareVersions, type ModuleVersion } from "../../src/index.ts";

/** Requirements by `path@version`. */
type Universe = ReadonlyMap<string, ModuleRequirements>;

const BOUNDS = { modules: 1000, requirements: 100_000 };

const PATHS = ["a", "b", "c", "d", "e"];

const module: fc.Arbitrary<ModuleVersion> = fc.record({
  path: fc.constantFrom(...PATHS),
  version: fc.integer({ min: 0, max: 3 }).map((minor) => `v1.${minor}.0`),
});

const requirements: fc.Arbitrary<ModuleRequirements> = fc.record({
  goVersion: fc.constantFrom(undefined, "1.16", "1.17", "1.24.0"),
  require: fc.array(module, { maxLength: 4 }),
});

const universe: fc.Arbitrary<Universe> = fc
  .array(fc.tuple(module, requirements), { maxLength: 25 })
  .map((entries) => new Map(entries.map(([named, content]) => [moduleKey(named), content])));

const start = fc.record({
  versions: universe,
  roots: fc.array(module, { maxLength: 5 }),
  isPruned: fc.boolean(),
});

interface Start {
  readonly versions: Universe;
  readonly roots: readonly ModuleVersion[];
  readonly isPruned: boolean;
}

async function select({ versions, roots, isPruned }: Start): Promise<Record<string, string>> {
  const load = (asked: ModuleVersion): Promise<ModuleRequirements | undefined> =>
    Promise.resolve(versions.get(moduleKey(asked)));
  const mains = [{ path: "main", require: roots, isPruned }];
  const { selected } = await selectVersions({ mains, isWorkspace: false, bounds: BOUNDS, load });
  return Object.fromEntries([...selected].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The definition for a graph without pruning: the highest version of all that can be reached. */
function highestReachable(versions: Universe, roots: readonly ModuleVersion[]): Record<string, string> {
  const reached = new Map<string, ModuleVersion>();
  const visit = (from: ModuleVersion): void => {
    if (reached.has(moduleKey(from))) return;
    reached.set(moduleKey(from), from);
    versions.get(moduleKey(from))?.require.forEach(visit);
  };
  roots.forEach(visit);
  const sorted = [...reached.values()].sort((a, b) => compareVersions(a.version, b.version));
  return Object.fromEntries(sorted.map(({ path, version }) => [path, version]));
}

describe("minimal version selection", () => {
  test("without pruning it is the highest version of each path that can be reached", async () => {
    await fc.assert(
      fc.asyncProperty(start, async (given) => {
        expect(await select({ ...given, isPruned: false })).toEqual(
          highestReachable(given.versions, given.roots),
        );
      }),
    );
  });

  test("a requirement more never lowers a version and never loses a module", async () => {
    await fc.assert(
      fc.asyncProperty(start, module, async ({ versions, roots }, added) => {
        const before = await select({ versions, roots, isPruned: false });
        const after = await select({ versions, roots: [...roots, added], isPruned: false });
        for (const [path, version] of Object.entries(before))
          expect(compareVersions(after[path] ?? "none", version)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test("the order of requirements does not matter", async () => {
    await fc.assert(
      fc.asyncProperty(start, async (given) => {
        const reversed = new Map(
          [...given.versions].map(([key, { goVersion, require }]) => [
            key,
            { goVersion, require: [...require].reverse() },
          ]),
        );
        expect(await select({ ...given, versions: reversed, roots: [...given.roots].reverse() })).toEqual(
          await select(given),
        );
      }),
    );
  });

  test("selecting from what was selected changes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(start, async (given) => {
        const selected = await select(given);
        // A pruned graph has other requirements than those of its roots when more modules are roots.
        const paths = given.isPruned ? given.roots.map(({ path }) => path) : Object.keys(selected);
        const raised = paths.map((path) => ({ path, version: selected[path] ?? "" }));
        expect(await select({ ...given, roots: raised })).toEqual(selected);
      }),
    );
  });

  test("whatever a selected root requires is there, at that version or higher", async () => {
    await fc.assert(
      fc.asyncProperty(start, async (given) => {
        const selected = await select(given);
        for (const { path } of given.roots) {
          const version = selected[path] ?? "";
          for (const required of given.versions.get(`${path}@${version}`)?.require ?? [])
            expect(
              compareVersions(selected[required.path] ?? "none", required.version),
            ).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  test("a pruned list is part of the whole one, with no higher versions", async () => {
    await fc.assert(
      fc.asyncProperty(start, async ({ versions, roots }) => {
        const whole = await select({ versions, roots, isPruned: false });
        const pruned = await select({ versions, roots, isPruned: true });
        for (const [path, version] of Object.entries(pruned))
          expect(compareVersions(whole[path] ?? "none", version)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

test("without pruning a workspace has the highest version of each path that any of its modules reaches", async () => {
  await fc.assert(
    fc.asyncProperty(start, fc.array(module, { maxLength: 4 }), async ({ versions, roots }, others) => {
      const load = (asked: ModuleVersion) => Promise.resolve(versions.get(moduleKey(asked)));
      const mains = [
        { path: "main", require: roots, isPruned: false },
        { path: "tool", require: others, isPruned: false },
      ];
      const { selected } = await selectVersions({ mains, isWorkspace: true, bounds: BOUNDS, load });
      expect(Object.fromEntries(selected)).toEqual(highestReachable(versions, [...roots, ...others]));
    }),
  );
});

describe("graphs without end", () => {
  const endless = ({ version }: ModuleVersion, goVersion: string): Promise<ModuleRequirements> => {
    const next = `v1.${Number(version.split(".")[1]) + 1}.0`;
    return Promise.resolve({ goVersion, require: PATHS.map((path) => ({ path, version: next })) });
  };

  test.each([true, false])("are cut after so many modules (pruned: %s)", async (isPruned) => {
    const mains = [{ path: "main", require: [{ path: "a", version: "v1.0.0" }], isPruned }];
    let count = 0;
    const load: GraphInput["load"] = (asked) => {
      count++;
      return endless(asked, "1.16");
    };
    const bounds = { modules: 500, requirements: 1_000_000 };
    const { isCut, selected } = await selectVersions({ mains, isWorkspace: false, bounds, load });
    expect({ isCut, paths: [...selected.keys()].sort() }).toEqual({ isCut: true, paths: PATHS });
    expect(count).toBeLessThanOrEqual(1000);
  });

  test("that raise what a workspace selects again and again are cut after so many requirements", async () => {
    const load: GraphInput["load"] = (asked) => endless(asked, "1.21");
    const bounds = { modules: 1_000_000, requirements: 5000 };
    const require = PATHS.map((path) => ({ path, version: "v1.0.0" }));
    const mains = [{ path: "main", require, isPruned: true }];
    const { isCut } = await selectVersions({ mains, isWorkspace: true, bounds, load });
    expect(isCut).toBe(true);
  });

  test("that raise the main module's requirements again and again are cut after so many requirements", async () => {
    const load: GraphInput["load"] = (asked) => endless(asked, "1.21");
    const bounds = { modules: 1_000_000, requirements: 5000 };
    const require = PATHS.map((path) => ({ path, version: "v1.0.0" }));
    const mains = [{ path: "main", require, isPruned: true }];
    const { isCut } = await selectVersions({ mains, isWorkspace: false, bounds, load });
    expect(isCut).toBe(true);
  });
});

test("versions of Go are in Go's order", () => {
  const sorted = [
    "x",
    "1.2",
    "1.16",
    "1.17beta1",
    "1.17rc1",
    "1.17",
    "1.17.1",
    "1.20",
    "1.21",
    "1.21rc2",
    "1.21.0",
    "1.21.10",
    "1.100",
    "2",
  ];
  for (const [index, a] of sorted.entries())
    for (const [other, b] of sorted.entries())
      expect([a, b, Math.sign(compareGoVersions(a, b))]).toEqual([a, b, Math.sign(index - other)]);
});

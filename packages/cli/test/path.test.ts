/** `inspect path` on a module with sub-packages, two builds, and calls through interfaces and function values. */
import { beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder, writeFiles } from "../../modules/test/temporary-folder.ts";
import { createEngine } from "../src/analysis.ts";
import { capabilityMap } from "./samples/capability-map.ts";
import { type Ran, runHere } from "./samples/environment.ts";

const files = {
  "go.mod": "module example.test/m\n\ngo 1.26\n",
  "m.go": `package m

import (
	"os/exec"

	"example.test/m/sub"
)

type Starter interface{ Start() }

type fast struct{}

func (fast) Start() { run() }

type slow struct{ next Starter }

func (s *slow) Start() { s.next.Start() }

func Open(s Starter) { s.Start() }

func Get() { Open(fast{}); Open(&slow{fast{}}) }

func run() {
	exec.Command("true")
	sub.Watch(run)
}

var hook = sub.Watch

func init() { run() }
`,
  "m_windows.go": "package m\n\nfunc Direct() { run() }\n",
  "m_other.go": "//go:build !windows\n\npackage m\n\nfunc Direct() { func() { run() }() }\n",
  "native/c.go": 'package native\n\n// void greet(void);\nimport "C"\n\nfunc Greet() { C.greet() }\n',
  "sub/sub.go": "package sub\n\nfunc Watch(f func()) { f() }\n\nfunc Alone() {}\n",
};

let folder = "";

beforeAll(async () => {
  folder = await writeFiles(files);
});

function path(...args: readonly string[]): Promise<Ran> {
  const tool = { name: "capdiff", version: "1.2.3", capabilityMap: "test", goRelease: "1.26" } as const;
  const cache = temporaryFolder();
  return runHere(["inspect", "path", folder, ...args], {
    loadEngine: async () => createEngine({ capabilityMap, tool, variables: { HOME: cache } }),
  });
}

test.each<[string, readonly string[], string]>([
  [
    "through an interface: of how many callees it is one",
    ["Open", "run"],
    `example.test/m.Open -> example.test/m.run
  2 steps, all builds, dynamic: one of 2 callees at m.go:19:26
  m.go:19:26  Open        func Open(s Starter) { s.Start() }
  m.go:13:23  fast.Start  func (fast) Start() { run() }
`,
  ],
  [
    "to a name that the map decides",
    ["run", "os/exec.Command"],
    `example.test/m.run -> os/exec.Command
  1 step, all builds, static
  m.go:24:7  run  exec.Command("true")
`,
  ],
  [
    "from a method as the text of a report has it",
    ["fast.Start", "run"],
    `(example.test/m.fast).Start -> example.test/m.run
  1 step, all builds, static
  m.go:13:23  fast.Start  func (fast) Start() { run() }
`,
  ],
  [
    "to a method of an interface",
    ["(*slow).Start", "(Starter).Start"],
    `(*example.test/m.slow).Start -> (example.test/m.Starter).Start
  1 step, all builds, static
  m.go:17:33  (*slow).Start  func (s *slow) Start() { s.next.Start() }
`,
  ],
  [
    "from a function that builds declare in their own way",
    ["Direct", "run"],
    `example.test/m.Direct -> example.test/m.run
  1 step, windows, static
  m_windows.go:3:17  Direct  func Direct() { run() }
`,
  ],
  [
    "in other builds, and through other uses",
    ["Direct", "run", "--witnesses", "2"],
    `example.test/m.Direct -> example.test/m.run
  1 step, windows, static
  m_windows.go:3:17  Direct  func Direct() { run() }

example.test/m.Direct -> example.test/m.run
  2 steps, all but windows, static
  m_other.go:5:17  Direct    func Direct() { func() { run() }() }
  m_other.go:5:26  Direct$1  func Direct() { func() { run() }() }
`,
  ],
  [
    "from a function to itself",
    ["./sub.Watch", "example.test/m/sub.Watch"],
    `example.test/m/sub.Watch -> example.test/m/sub.Watch
  2 steps, all builds, dynamic: one of 1 callee at sub/sub.go:3:24
  sub/sub.go:3:24  Watch  func Watch(f func()) { f() }
  m.go:25:6        m.run  sub.Watch(run)
`,
  ],
  [
    "to what C defines",
    ["./native.Greet", "C.greet"],
    `example.test/m/native.Greet -> C.greet
  1 step, with cgo, static
  native/c.go:6:18  Greet  func Greet() { C.greet() }
`,
  ],
  [
    "from what initialises a package",
    ["init", "run"],
    `example.test/m.init -> example.test/m.run
  1 step, all builds, static
  m.go:30:15  init#1  func init() { run() }
`,
  ],
])("%s", async (_, args, expected) => {
  expect(await path(...args)).toEqual({ code: 0, stdout: expected, stderr: "" });
});

describe("no answer", () => {
  test.each<[string, readonly string[], Ran]>([
    [
      "no path",
      ["sub.Alone", "run"],
      { code: 1, stdout: "no path leads from example.test/m/sub.Alone to example.test/m.run\n", stderr: "" },
    ],
    [
      "a name of the standard library that nothing uses",
      ["Open", "net.Dial"],
      { code: 1, stdout: "no path leads from example.test/m.Open to net.Dial\n", stderr: "" },
    ],
    [
      "a name with a mistake in it",
      ["(*slw).Start", "run"],
      {
        code: 2,
        stdout: "",
        stderr:
          'capdiff: there is no function "(*slw).Start" in what was read\nDid you mean (*slow).Start or (fast).Start?\n',
      },
    ],
    [
      "a full name with a mistake in it",
      ["Open", "example.test/m/sub.Wach"],
      {
        code: 2,
        stdout: "",
        stderr:
          'capdiff: there is no function "example.test/m/sub.Wach" in what was read\nDid you mean example.test/m/sub.Watch or example.test/m/sub.Alone?\n',
      },
    ],
    [
      "from where a search ends",
      ["os/exec.Command", "run"],
      {
        code: 2,
        stdout: "",
        stderr:
          "capdiff: no path starts at os/exec.Command: what it does is not followed\nStart from a function of the module, or of one that it is built with.\n",
      },
    ],
  ])("%s", async (_, args, expected) => {
    expect(await path(...args)).toEqual(expected);
  });

  test("an incomplete analysis says that it is", async () => {
    folder = await writeFiles({ ...files, "bad.go": "package m\n\nfunc broken( {\n" });
    const { code, stderr } = await path("sub.Alone", "run");
    expect(code).toBe(1);
    expect(stderr).toBe("capdiff: the analysis is incomplete; capdiff scan says why\n");
  });
});

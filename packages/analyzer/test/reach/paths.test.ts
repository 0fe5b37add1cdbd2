/** Which paths are told, and in which order: several to a capability, and between two functions. */
import {
  type CapabilityRow,
  callPaths,
  capabilityRows,
  createBuilds,
  type Granularity,
  type Witness,
} from "@capdiff/analyzer";
import { describe, expect, test } from "vitest";
import { analyse } from "../../../../test-corpus/runner/analysis.ts";
import { moduleSource } from "../../../../test-corpus/runner/module-files.ts";
import { parseArchive } from "../../../../test-corpus/runner/txtar.ts";
import { analyseAlone } from "../properties/analyses.ts";

const analysed = (text: string) => analyseAlone(moduleSource(parseArchive(text).files));

/** Names without the module's path. */
function arrows({ steps, terminal }: Witness): string {
  const names = [...steps.map((step) => step.function), terminal.name];
  return names
    .map((name) => name.replaceAll("example.test/m.", "").replaceAll("example.test/m/", ""))
    .join(" -> ");
}

/** All paths of each row, the one that stands for all first. */
function told(rows: readonly CapabilityRow[]): Record<string, readonly string[]> {
  return Object.fromEntries(
    rows.map((row) => [
      `${row.function ?? row.package} ${row.capability}`.replace(/^example\.test\//, ""),
      [row.witness, ...(row.otherWitnesses ?? [])].map(arrows),
    ]),
  );
}

const programs = `
-- m.go --
package m

import (
	"net"
	"os"
	"os/exec"
	"syscall"

	"example.test/m/sub"
)

func Open() { syscall.Exec("true", nil, nil) }

func Wait(f func()) { f() }

func Also() { os.StartProcess("true", nil, nil) }

func start() { exec.Command("true") }

func Start() { start() }

func Any() {
	Wait(func() { syscall.StartProcess("true", nil, nil) })
	sub.Dial()
}

func Dial() { net.Dial("tcp", "127.0.0.1:1") }
-- m_windows.go --
package m

func Quit() { start() }
-- m_other.go --
//go:build !windows

package m

func Quit() { Start() }
-- sub/sub.go --
package sub

import (
	"net"
	"os/exec"
)

func Run() { exec.Command("false") }

func Dial() { net.Dial("tcp", "127.0.0.1:2") }
`;

describe("several paths to a capability", () => {
  const rows = async (witnesses: number) =>
    told(await capabilityRows(await analysed(programs), { input: 0, witnesses }));

  test("lead to other names first, then from other functions; the surer and the shorter before the others", async () => {
    expect(await rows(99)).toEqual({
      "m EXEC": [
        "Open -> syscall.Exec",
        "Also -> os.StartProcess",
        "Any$1 -> syscall.StartProcess",
        "Start -> start -> os/exec.Command",
        "start -> os/exec.Command",
        "Quit -> start -> os/exec.Command",
        "Quit -> Start -> start -> os/exec.Command",
        "Wait -> Any$1 -> syscall.StartProcess",
        "Any -> Wait -> Any$1 -> syscall.StartProcess",
      ],
      "m SYSTEM_CALLS": [
        "Open -> syscall.Exec",
        "Any$1 -> syscall.StartProcess",
        "Wait -> Any$1 -> syscall.StartProcess",
        "Any -> Wait -> Any$1 -> syscall.StartProcess",
      ],
      "m NETWORK/DIAL": ["Dial -> net.Dial", "Any -> sub.Dial -> net.Dial"],
      "m NETWORK/DNS": ["Dial -> net.Dial", "Any -> sub.Dial -> net.Dial"],
      "m/sub EXEC": ["sub.Run -> os/exec.Command"],
      "m/sub NETWORK/DIAL": ["sub.Dial -> net.Dial"],
      "m/sub NETWORK/DNS": ["sub.Dial -> net.Dial"],
    });
  });

  test("are as many as are asked for", async () => {
    const [all, three] = [await rows(99), await rows(3)];
    for (const [row, paths] of Object.entries(all)) expect(three[row]).toEqual(paths.slice(0, 3));
  });
});

describe("capabilities, by name and then the most telling first", () => {
  test.each<readonly [Granularity, readonly string[]]>([
    [
      "package",
      [
        "m EXEC",
        "m NETWORK/DIAL",
        "m NETWORK/DNS",
        "m SYSTEM_CALLS",
        "m/sub EXEC",
        "m/sub NETWORK/DIAL",
        "m/sub NETWORK/DNS",
      ],
    ],
    [
      "function",
      [
        "m.Also EXEC",
        "m.Any EXEC",
        "m.Any NETWORK/DIAL",
        "m.Any NETWORK/DNS",
        "m.Any SYSTEM_CALLS",
        "m.Any$1 EXEC",
        "m.Any$1 SYSTEM_CALLS",
        "m.Dial NETWORK/DIAL",
        "m.Dial NETWORK/DNS",
        "m.Open EXEC",
        "m.Open SYSTEM_CALLS",
        "m.Quit EXEC",
        "m.Start EXEC",
        "m.Wait EXEC",
        "m.Wait SYSTEM_CALLS",
        "m.start EXEC",
        "m/sub.Dial NETWORK/DIAL",
        "m/sub.Dial NETWORK/DNS",
        "m/sub.Run EXEC",
      ],
    ],
    [
      "entry-point",
      [
        "m.Also EXEC",
        "m.Any EXEC",
        "m.Any NETWORK/DIAL",
        "m.Any NETWORK/DNS",
        "m.Any SYSTEM_CALLS",
        "m.Dial NETWORK/DIAL",
        "m.Dial NETWORK/DNS",
        "m.Open EXEC",
        "m.Open SYSTEM_CALLS",
        "m.Quit EXEC",
        "m.Start EXEC",
        "m.Wait EXEC",
        "m.Wait SYSTEM_CALLS",
        "m/sub.Dial NETWORK/DIAL",
        "m/sub.Dial NETWORK/DNS",
        "m/sub.Run EXEC",
      ],
    ],
  ])("of each %s", async (granularity, expected) => {
    const rows = await capabilityRows(await analysed(programs), { input: 0, granularity });
    expect(Object.keys(told(rows))).toEqual(expected);
  });

  test("a function that builds declare in their own way has one row, for all of them", async () => {
    const rows = await capabilityRows(await analysed(programs), { input: 0, granularity: "function" });
    const quit = rows.filter((row) => row.function === "example.test/m.Quit");
    expect(quit.map(({ builds, witness }) => [builds.words, arrows(witness)])).toEqual([
      ["all builds", "Quit -> start -> os/exec.Command"],
    ]);
  });
});

const ways = `
-- m.go --
package m

import (
	"net/http"
	"os/exec"
	_ "unsafe"

	_ "example.test/m/sub"
	"example.test/other"
)

var first = run("first")

func init() { run("second") }

func run(name string) error { return exec.Command(name).Run() }

func Both() { run("a"); run("b"); go run("c") }

func Get() *http.Client { return http.DefaultClient }

func Mention() func(string) error { return run }

type Runner interface{ Run() error }

func Ask(r Runner) { r.Run() }

func Open() { shell(); quiet() }

func shell() { run("known") }

func quiet() { other.Do() }

func loud() { other.Do() }

func pulled()

func Pull() { pulled() }
-- pull_linux.go --
package m

import _ "unsafe"

//go:linkname pulled example.test/other.pulled
-- pull_windows.go --
package m

import _ "unsafe"

//go:linkname pulled example.test/other.pulled
-- sub/sub.go --
package sub

func init() { start() }

func start() {}
-- cgo.go --
package m

// void greet(void);
import "C"

func Greet() { C.greet(); C.greet() }
-- m_windows.go --
package m

func Quit() { run("windows") }
-- m_other.go --
//go:build !windows

package m

func Quit() { func() { run("other") }() }
`;

const map = `
func example.test/m.shell EXEC
ignore_edge example.test/m.quiet example.test/other.Do
`;

describe("paths between two functions", () => {
  const paths = async (from: string, to: string, limit: number) => {
    const maps = [{ name: "my.cm", content: map }];
    const source = moduleSource(parseArchive(ways).files);
    const analysis = await analyse(source, { builds: createBuilds(), tests: false, maps });
    const found = await callPaths(analysis, { from, to, limit });
    if (found.kind !== "found") return [found.kind];
    return found.paths.map(({ witness, builds, certainty }) => {
      const lines = witness.steps.map(({ site }) => `${site.file}:${site.line}:${site.column}`);
      return `${arrows(witness)} at ${lines.join(", ")} [${certainty}] [${builds.words}]`;
    });
  };

  test.each<readonly [string, string, readonly string[]]>([
    [
      "Both",
      "run",
      [
        "Both -> run at m.go:18:15 [static] [all builds]",
        "Both -> run at m.go:18:25 [static] [all builds]",
        "Both -> run at m.go:18:38 [static] [all builds]",
      ],
    ],
    [
      "init",
      "run",
      [
        "init:first -> run at m.go:12:13 [static] [all builds]",
        "init#1 -> run at m.go:14:15 [static] [all builds]",
      ],
    ],
    [
      "init",
      "os/exec.Command",
      [
        "init:first -> run -> os/exec.Command at m.go:12:13, m.go:16:43 [static] [all builds]",
        "init#1 -> run -> os/exec.Command at m.go:14:15, m.go:16:43 [static] [all builds]",
      ],
    ],
    [
      "init",
      "sub.start",
      ["init -> sub.init#1 -> sub.start at m.go:8:4, sub/sub.go:3:15 [static] [all builds]"],
    ],
    ["Get", "net/http.DefaultClient", ["Get -> net/http.DefaultClient at m.go:20:39 [static] [all builds]"]],
    ["Mention", "run", ["Mention -> run at m.go:22:44 [dynamic] [all builds]"]],
    [
      "Mention",
      "(*os/exec.Cmd).Run",
      ["Mention -> run -> (*os/exec.Cmd).Run at m.go:22:44, m.go:16:57 [dynamic] [all builds]"],
    ],
    ["Ask", "(Runner).Run", ["Ask -> (Runner).Run at m.go:26:24 [static] [all builds]"]],
    [
      "Greet",
      "C.greet",
      [
        "Greet -> C.greet at cgo.go:6:18 [static] [with cgo]",
        "Greet -> C.greet at cgo.go:6:29 [static] [with cgo]",
      ],
    ],
    [
      "Quit",
      "run",
      [
        "Quit -> run at m_windows.go:3:15 [static] [windows]",
        "Quit -> Quit$1 -> run at m_other.go:5:15, m_other.go:5:24 [static] [all but windows]",
      ],
    ],
    ["Open", "shell", ["Open -> shell at m.go:28:15 [static] [all builds]"]],
    [
      "Pull",
      "example.test/other.pulled",
      [
        "Pull -> pulled -> example.test/other.pulled at m.go:38:15, pull_linux.go:5:1 [static] [linux]",
        "Pull -> pulled -> example.test/other.pulled at m.go:38:15, pull_windows.go:5:1 [static] [windows]",
      ],
    ],
    ["Pull", "pulled", ["Pull -> pulled at m.go:38:15 [static] [all builds]"]],
    ["loud", "example.test/other.Do", ["loud -> example.test/other.Do at m.go:34:21 [static] [all builds]"]],
    // Nobody knows what is behind a function that the map decides; an edge that it ignores is not there.
    ["Open", "run", []],
    ["shell", "run", []],
    ["shell", "shell", []],
    ["quiet", "example.test/other.Do", []],
    ["Open", "example.test/other.Do", []],
    ["pulled", "pulled", []],
    ["Greet", "run", []],
    ["run", "run", []],
  ])("from %s to %s", async (from, to, expected) => {
    expect(await paths(from, to, 9)).toEqual(expected);
  });

  test("are as many as are asked for", async () => {
    expect(await paths("Both", "run", 2)).toEqual((await paths("Both", "run", 9)).slice(0, 2));
  });
});

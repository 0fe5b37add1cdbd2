import { beforeAll, describe, expect, test } from "vitest";
import { moduleSource } from "../../../../test-corpus/runner/module-files.ts";
import { changedFunctions, namesUsed, settingsIn } from "../../src/judge/changed-functions.ts";
import type { FunctionCode } from "../../src/model/rule.ts";
import type { ModuleAnalysis } from "../../src/pipeline/module-analysis.ts";
import { analyseAlone } from "../properties/analyses.ts";

const go = `package m

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
)

type Options struct {
	Insecure bool
	Mode     string
}

var random = rand.Reader

var base = &tls.Config{InsecureSkipVerify: true}

func Shared() {
	t, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return
	}
	t.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	t.MaxIdleConns = 8
	other := http.DefaultTransport.(*http.Transport).Clone()
	other.Proxy = nil
	func() {
		reader := &rand.Reader
		*reader = nil
	}()
}

func Chosen(c *tls.Config, o Options) {
	if c == nil {
		c = &tls.Config{InsecureSkipVerify: true}
	}
	if o.Insecure {
		c.InsecureSkipVerify = true
		relax(c)
	}
	switch o.Mode {
	case "open":
		c.ServerName = "open.example.test"
	}
	if !o.Insecure {
		return
	}
	c.MaxVersion = 9
}

func relax(c *tls.Config) {}

func Local(c *tls.Config, o Options) {
	skip := true
	c.InsecureSkipVerify = skip
	name := "a.example.test"
	if o.Mode != "" {
		name = "b.example.test"
	}
	c.ServerName = name
}

func Asks(key ed25519.PublicKey, text, sum []byte) error {
	if !ed25519.Verify(key, text, sum) {
		return errors.New("signature")
	}
	return nil
}

func Holds(key ed25519.PublicKey, text, sum []byte) error {
	var err error
	ok := ed25519.Verify(key, text, sum)
	if !ok {
		err = errors.New("signature")
	}
	return err
}

func Tells(key ed25519.PublicKey, text, sum []byte) {
	if !ed25519.Verify(key, text, sum) {
		fmt.Println("signature")
	}
}

func Drops(key ed25519.PublicKey, text, sum []byte) {
	_ = ed25519.Verify(key, text, sum)
}

func Read(p []byte) { io.ReadFull(random, p) }
`;

let analysis: ModuleAnalysis;
let code: ReadonlyMap<string, FunctionCode>;

beforeAll(async () => {
  analysis = await analyseAlone(
    moduleSource([
      { name: "go.mod", content: "module example.test/m\n\ngo 1.22\n" },
      { name: "a.go", content: go },
    ]),
  );
  const { program } = analysis;
  const old = { ...program, functions: [], byId: new Map() };
  const all = changedFunctions({ old, new: program, toOld: new Map() });
  code = new Map(all.map(({ function: id, now }) => [id.replace("example.test/m.", ""), now]));
});

function sets(name: string): string[] {
  return (code.get(name)?.sets ?? []).map(
    ({ what, value, chosen }) =>
      `${what}${value === undefined ? "" : ` = ${value}`}${chosen ? " if asked" : ""}`,
  );
}

function verifies(name: string): string {
  const { goesBy, ignores } = code.get(name) ?? {};
  const verify = "crypto/ed25519.Verify";
  return goesBy?.has(verify) ? "goes by it" : ignores?.has(verify) ? "ignores it" : "does not ask";
}

describe("what code sets", () => {
  test("package variables, also behind variables and in closures", () => {
    expect(sets("Shared")).toEqual([
      "net/http.DefaultTransport.TLSClientConfig",
      "crypto/tls.Config.MinVersion = 771",
      "net/http.DefaultTransport.MaxIdleConns = 8",
      ".Proxy",
      // Its address is taken, and something is put there.
      "crypto/rand.Reader",
      "crypto/rand.Reader",
    ]);
  });

  test("what a setting decides is told; that something is nil decides nothing", () => {
    expect(sets("Chosen")).toEqual([
      "crypto/tls.Config.InsecureSkipVerify = true",
      ".InsecureSkipVerify = true if asked",
      ".ServerName = open.example.test if asked",
      ".MaxVersion = 9 if asked",
    ]);
    expect([...(code.get("Chosen")?.optional ?? [])]).toEqual(["example.test/m.relax"]);
  });

  test("constants by variables that have one value", () => {
    expect(sets("Local")).toEqual([".InsecureSkipVerify = true", ".ServerName"]);
  });

  test("initialisers of variables", () => {
    expect(sets("init:base")).toEqual(["crypto/tls.Config.InsecureSkipVerify = true"]);
  });

  test("of a module as a whole, but for what a setting decides and what is set aside", () => {
    const { program } = analysis;
    const had = settingsIn(program, () => false);
    expect(had("crypto/rand.Reader")).toBe(true);
    expect(had(".MaxVersion")).toBe(false);
    expect(had("crypto/tls.Config.InsecureSkipVerify", "true")).toBe(true);
    expect(had("crypto/tls.Config.InsecureSkipVerify", "false")).toBe(false);
    expect(settingsIn(program, () => true)("crypto/rand.Reader")).toBe(false);
  });
});

test.each([
  ["Asks", "goes by it"],
  ["Holds", "goes by it"],
  ["Tells", "ignores it"],
  ["Drops", "ignores it"],
  ["Read", "does not ask"],
])("the answer of a call: %s %s", (name, what) => {
  expect(verifies(name)).toBe(what);
});

test("names include those of what sets variables at first", () => {
  const names = namesUsed(analysis.program);
  expect([...names("example.test/m.Read")]).toEqual(["io.ReadFull", "crypto/rand.Reader"]);
  expect([...names("example.test/m.Nothing")]).toEqual([]);
});

test("code that is the same has not changed", () => {
  const { program } = analysis;
  const toOld = new Map(program.functions.map((_, index) => [index, index]));
  expect(changedFunctions({ old: program, new: program, toOld })).toEqual([]);
});

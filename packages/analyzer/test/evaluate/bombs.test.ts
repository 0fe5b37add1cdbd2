/** Code that would take long, or much, to run: evaluation ends, and what stands behind is still seen. */
import { expect, test } from "vitest";
import { foldedValues, goFile } from "./folded-values.ts";

const after = 'func A() {\n\tx := bomb()\n\texec.Command(x, "cu"+string([]byte{114, 108}))\n}';

const bombs: Readonly<Record<string, string>> = {
  "nested Repeat": `func bomb() string {
	s := "x"
	for i := 0; i < 100; i++ { s = strings.Repeat(s, 1000) }
	return s
}`,
  doubling: 'func bomb() string { s := "xx"; for i := 0; i < 1000000; i++ { s += s }; return s }',
  "an endless loop": 'func bomb() string { i := 0; for { i++ }; return "never" }',
  "an endless loop with a condition":
    'func bomb() string { s := ""; for len(s) < 1<<60 { s += "" }; return s }',
  "a loop of many rounds":
    "func bomb() string { n := 0; for i := range 1 << 40 { n += i }; return string(rune(n)) }",
  recursion: 'func bomb() string { return "x" + bomb() }',
  "mutual recursion": `func bomb() string { return ping(1) }
func ping(n int) string { return pong(n+1) + "a" }
func pong(n int) string { return ping(n+1) + "b" }`,
  "an exponential tree of calls": `func bomb() string { return tree(60, []string{"x"}) }
func tree(n int, list []string) string {
	if n == 0 { return list[0] }
	return tree(n-1, list) + tree(n-1, list)
}`,
  "a large slice": "func bomb() string { b := make([]byte, 1<<40); return string(b) }",
  "a large array": "func bomb() string { var b [1 << 30]byte; b[7] = 1; return string(b[:]) }",
  "a key far away": 'func bomb() string { return []string{1 << 40: "x"}[0] }',
  "a wide format": 'func bomb() string { return fmt.Sprintf("%999999999d%*d", 1, 1<<40, 2) }',
  "maps of maps": `func bomb() string {
	m := map[int]map[int]string{}
	for i := 0; i < 1000; i++ {
		m[i] = map[int]string{}
		for j := 0; j < 1000; j++ { m[i][j] = strconv.Itoa(i*j) + m[i][j-1] }
	}
	return m[999][999]
}`,
  "branches in branches": `func bomb(q ...bool) string {
	s := ""
	for i := 0; i < 40; i++ {
		if len(os) > i { s += "a" } else { s += "b" }
	}
	return s
}
var os = flags()
func flags() []bool`,
  "a closure that calls itself":
    "func bomb() string { var f func() string; f = func() string { return f() + f() }; return f() }",
  "a list that holds itself":
    "func bomb() string { l := []any{1}; l[0] = l; for i := 0; i < 100; i++ { l = append(l, l) }; return fmt.Sprint(l) }",
  "a pointer to itself":
    'type T struct { p *T; s string }\nfunc bomb() string { t := &T{}; t.p = t; t.p.p.p.s = "x"; return strings.Repeat(t.s, 1<<40) }',
  shifts:
    "func bomb() string { n := 1; for i := 0; i < 1000; i++ { n = n << 62 * n }; return strconv.Itoa(n << 1 << 999999999) }",
};

test.each(Object.entries(bombs))("%s", async (_, bomb) => {
  const [, behind] = await foldedValues(goFile(`${bomb}\n\n${after}`));
  expect(behind?.value).toBe("curl");
});

test("a table of 100,000 elements is not told", async () => {
  const table = `var table = []string{${Array.from({ length: 100_000 }, (_, index) => `"${index % 10}"`).join(",")}}`;
  const [first, behind] = await foldedValues(
    goFile(`${table}\n\nfunc bomb() string { return table[0] }\n\n${after}`),
  );
  expect([first, behind?.value]).toEqual([undefined, "curl"]);
});

test("a long sum, and one that is nested deeply", async () => {
  const terms = Array.from({ length: 500 }, () => "p[0]").join("+");
  const nested = `${"(".repeat(100)}p[0]${"+p[1])".repeat(100)}`;
  const code = `var p = []string{"a", "b"}\n\nfunc A() { exec.Command(${terms}, "x"+p[1]) }\n\nfunc B() { exec.Command(${nested}, "y"+p[1]) }`;
  const values = await foldedValues(goFile(code));
  expect(values.map((one) => one?.value)).toEqual(["a".repeat(500), "xb", `a${"b".repeat(100)}`, "yb"]);
});

test("many functions that take all their steps leave some for the last", async () => {
  const one = (index: number) =>
    `func f${index}() { n := 0; for i := 0; i < 1000000; i++ { n += i }; exec.Command("x" + strconv.Itoa(n)) }`;
  const code = `${Array.from({ length: 20 }, (_, index) => one(index)).join("\n")}\n\nfunc bomb() string\n\n${after}`;
  expect((await foldedValues(goFile(code))).at(-1)?.value).toBe("curl");
});

test("a constant that is too long for facts is told to its end", async () => {
  const [value] = await foldedValues(goFile(`func A() { exec.Command("${":;".repeat(400)}curl") }`));
  expect(value?.value).toBe(`${":;".repeat(400)}curl`);
});

test("variables that are set by each other, one after the other", async () => {
  const one = (index: number) =>
    `var v${index} = f${index}()\nfunc f${index}() string { return "a" + v${index + 1} }`;
  const chain = `${Array.from({ length: 3000 }, (_, index) => one(index)).join("\n")}\nvar v3000 = "x"`;
  const [first, behind] = await foldedValues(
    goFile(`${chain}\n\nfunc bomb() string { return v0 }\n\n${after}`),
  );
  expect([first, behind?.value]).toEqual([undefined, "curl"]);
});

test("variables of a function that are assigned one to the other, to the one whose field is set", async () => {
  const chain = Array.from({ length: 3000 }, (_, index) => `v${index + 1} := v${index}`).join("\n");
  const code = `type tool struct { name string }

func newTool() *tool { return &tool{} }

func A() *tool {
v0 := newTool()
${chain}
v3000.name = "curl"
return v3000
}

func (t *tool) run() { exec.Command(t.name) }`;
  expect((await foldedValues(goFile(code))).map((one) => one?.value)).toEqual(["curl"]);
});

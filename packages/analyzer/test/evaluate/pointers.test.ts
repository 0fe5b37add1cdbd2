/** Calls whose arguments lead to more than they are, made again and again: what they change, make and hand on. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { foldedValues, goFile } from "./folded-values.ts";

/** Takes steps, changes what it is given, makes something that leads to it, and hands on a function. */
const made = `
type options struct {
	name  string
	used  []string
	inner *options
}

type conn struct {
	path  string
	owner *options
	dial  func(string) string
	next  *conn
}

func open(o *options, deep bool) *conn {
	word := ""
	for i := 0; i < 60; i++ {
		word += "."
	}
	o.used = append(o.used, "u"+o.name)
	if o.inner != nil {
		o.inner.name = o.inner.name + "!"
	}
	prefix := o.name + "/"
	c := &conn{path: "/bin/" + o.name + word[:1], owner: o, dial: func(s string) string { return prefix + s }}
	if deep {
		c.next = &conn{path: "/next/" + o.name, owner: o}
	}
	return c
}
`;

interface Call {
  readonly name: string;
  readonly inner: boolean;
  readonly deep: boolean;
  readonly again: number;
}

const call: fc.Arbitrary<Call> = fc.record({
  name: fc.constantFrom("a", "b"),
  inner: fc.boolean(),
  deep: fc.boolean(),
  again: fc.nat(1),
});

/** The code of calls, and what the program runs. */
function calls(all: readonly Call[]): { readonly code: string; readonly expected: readonly string[] } {
  const code: string[] = [];
  const expected: string[] = [];
  const run = (expression: string, value: string): void => {
    code.push(`\texec.Command(${expression} + "")`);
    expected.push(value);
  };
  all.forEach(({ name, inner, deep, again }, index) => {
    const [o, c] = [`o${index}`, `c${index}`];
    code.push(`\t${o} := &options{name: "${name}"${inner ? `, inner: &options{name: "in"}` : ""}}`);
    code.push(`\t${c} := open(${o}, ${deep})`);
    for (let i = 0; i < again; i++) code.push(`\t${c} = open(${o}, ${deep})`);
    const times = 1 + again;
    run(`${c}.path`, `/bin/${name}.`);
    run(`${c}.owner.used[len(${o}.used)-1]`, `u${name}`);
    run(`strings.Join(${o}.used, "")`, `u${name}`.repeat(times));
    run(`${c}.dial("x")`, `${name}/x`);
    if (inner) run(`${c}.owner.inner.name`, `in${"!".repeat(times)}`);
    if (deep) run(`${c}.next.path`, `/next/${name}`);
    code.push(`\t${c}.owner.name = "changed"`);
    run(`${o}.name`, "changed");
    if (deep) run(`${c}.next.owner.name`, "changed");
  });
  // What calls made is each call's own.
  all.forEach((_, index) => code.push(`\tc${index}.path = "set${index}"`));
  all.forEach((_, index) => run(`c${index}.path`, `set${index}`));
  return { code: `${made}\nfunc Run() {\n${code.join("\n")}\n}`, expected };
}

test("of random calls are what the program would do", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 8 }), async (all) => {
      const { code, expected } = calls(all);
      const values = await foldedValues(goFile(code));
      expect(values.map((one) => one?.value)).toEqual(expected);
    }),
    { numRuns: 40 },
  );
});

test("calls with what differs behind pointers are told apart", async () => {
  const code = `${made}
func Run() {
	for _, name := range []string{"a", "b", "a", "c", "a", "b"} {
		o := &options{name: name, inner: &options{name: name + "i"}}
		exec.Command(open(o, true).next.path + o.inner.name)
	}
}`;
  const [value] = await foldedValues(goFile(code));
  expect(value?.value).toBe("/next/aai!");
});

test("calls that differ two pointers away are told apart", async () => {
  const opened = ["p", "p", "p", "q", "p", "q"].map((name, index) => {
    const o = `o${index}`;
    return `\t${o} := &options{name: "a", inner: &options{name: "${name}"}}\n\topen(${o}, false)\n\texec.Command(${o}.inner.name)`;
  });
  const values = await foldedValues(goFile(`${made}\nfunc Run() {\n${opened.join("\n")}\n}`));
  expect(values.map((one) => one?.value)).toEqual(["p!", "p!", "p!", "q!", "p!", "q!"]);
});

/** Where addresses come from: shown to be of callers or the environment, or nothing. */
import type { ValueOrigin } from "@capdiff/analyzer";
import { expect, test } from "vitest";
import { sourceOf } from "../../../../test-corpus/runner/module-files.ts";
import { callOrigins } from "../../src/judge/function-values.ts";
import { analyseAlone } from "../properties/analyses.ts";

/** What is said of the first argument of the first call of `dial`, a call of a missing package. */
async function originIn(code: string): Promise<string> {
  const imports = [
    "net/http",
    "os",
    "strings",
    "cmp",
    "net",
    "encoding/gob",
    "bytes",
    "fmt",
    "os/exec",
    "path/filepath",
  ]
    .filter((path) => new RegExp(`\\b${path.replace(/.*\//, "")}\\.`).test(code))
    .map((path) => `\t"${path}"\n`);
  const source = `package m\n\nimport (\n${imports.join("")})\n\nvar numbers [9]int\n\nfunc hidden() string { return string(rune(numbers[len(os.Args)])) }\n\n${code}\n`;
  const files = [
    {
      name: "a.go",
      content: new TextEncoder().encode(
        source.replace("import (\n", 'import (\n\t"os"\n').replace('\t"os"\n\t"os"\n', '\t"os"\n'),
      ),
    },
  ];
  const { program } = await analyseAlone(sourceOf({ modulePath: "example.test/m", goMod: [], files }));
  const { originsAt: origins } = callOrigins(program);
  const all = program.functions
    .filter(({ pkg }) => pkg.path === "example.test/m")
    .flatMap(({ facts, file }) =>
      facts.uses
        .filter(
          ({ target, use }) =>
            use === "call" &&
            target.kind === "qualified" &&
            /Get$|\.Do$/.test(target.name) &&
            target.package === "net/http",
        )
        .map(({ line, column }) => origins(facts.id, { file: file.name, line, column })[0]),
    );
  return all.map(words).join("; ");
}

function words(origin: ValueOrigin | undefined): string {
  if (origin === undefined) return "not shown";
  const { caller, variables, programs, itself, constants } = origin;
  return [
    ...(caller ? ["callers"] : []),
    ...variables.map((one) => `$${one}`),
    ...programs.map((one) => `PATH/${one}`),
    ...(itself ? ["itself"] : []),
    ...constants.map((one) => JSON.stringify(one)),
  ].join(" ");
}

const client =
  "type Client struct { url string; URL string }\n\nfunc (c *Client) Ping() { http.Get(c.url) }\n\n";

const cases: Readonly<Record<string, readonly [code: string, said: string]>> = {
  "a parameter of what is exported": ["func F(u string) { http.Get(u) }", "callers"],
  "one that other functions hand on": [
    "func F(u string) { f(u) }\n\nfunc f(u string) { g(u) }\n\nfunc g(u string) { http.Get(u) }",
    "callers",
  ],
  "one behind a scheme": ['func F(u string) { http.Get("http://" + u + "/a") }', "callers"],
  "one with a port": ['func F(u string) { http.Get(fmt.Sprintf("http://%s:%d/a", u, 80)) }', "callers"],
  "one without blanks": ['func F(u string) { http.Get(strings.TrimSuffix(u, "/")) }', "callers"],
  "one of several": ["func F(all []string) { for _, one := range all { http.Get(one) } }", "callers"],
  "one in a request": [
    'func F(u string) { r, _ := http.NewRequest("GET", u, nil); http.DefaultClient.Do(r) }',
    "callers",
  ],
  "one before a name": [
    'func F(u string) { http.Get("http://" + u + ".example.test/") }',
    'callers "http://….example.test/"',
  ],
  "one with a constant besides": [
    'func F(u string) { if u == "" { u = "http://example.test" }; http.Get(u) }',
    'callers "http://example.test"',
  ],
  "one with something hidden besides": [
    'func F(u string) { if u == "" { u = hidden() }; http.Get(u) }',
    "not shown",
  ],
  "one in something hidden": ["func F(u string) { http.Get(hidden() + u) }", "not shown"],
  "something hidden": ["func F(u string) { http.Get(hidden()) }", "not shown"],
  "a function of a parameter": [
    "func F(u string) { http.Get(turn(u)) }\n\nfunc turn(u string) string { return string(u[3]) + hidden() }",
    "not shown",
  ],
  "one that the start of the program gives too": [
    "func F(u string) { http.Get(u) }\n\nfunc init() { F(hidden()) }",
    "not shown",
  ],
  "one that a table of functions gives too": [
    'var table = map[string]func(string){"a": f}\n\nfunc f(u string) { http.Get(u) }\n\nfunc F(u string) { f(u) }\n\nfunc init() { table[hidden()](hidden()) }',
    "not shown",
  ],
  "one that a table of functions alone gives": [
    'var table = map[string]func(string){"a": f}\n\nfunc f(u string) { http.Get(u) }\n\nfunc F(u string) { table["a"](u) }',
    "callers",
  ],
  "one of a function that others call back": [
    "func f(r rune) rune { http.Get(string(r)); return r }\n\nfunc F(r rune) { f(r) }\n\nfunc init() { strings.Map(f, hidden()) }",
    "not shown",
  ],
  "one that changes while something runs": [
    "func F(u string) { go func() { http.Get(u) }(); u = hidden() }",
    "not shown",
  ],
  "one that is jumped over": [
    "func F(u string) {\n\tif len(u) > 3 {\n\t\tu = hidden()\n\t\tgoto end\n\t}\nend:\n\thttp.Get(u)\n}",
    "not shown",
  ],
  "a constant that is cut": [
    'func F(u string) { http.Get(strings.TrimPrefix(cmp.Or(u, "http://localhost//http://example.test"), "http://localhost//")) }',
    'callers "http://example.test"',
  ],
  "another host of a request": [
    'func F(u string) { r, _ := http.NewRequest("GET", u, nil); r.URL.Host = hidden(); http.DefaultClient.Do(r) }',
    "not shown",
  ],
  "a field that is set by a parameter": [
    `${client}func New(u string) *Client { return &Client{url: u} }`,
    "callers",
  ],
  "one that is set otherwise too": [
    `${client}func New(u string) *Client { return &Client{url: u} }\n\nfunc (c *Client) turn() { c.url = hidden() }`,
    "not shown",
  ],
  "one that a variable has otherwise": [
    `${client}func New(u string) *Client { return &Client{url: u} }\n\nvar Default = &Client{url: hidden()}`,
    "not shown",
  ],
  "one of what somebody else fills": [
    `${client}func New(u string) *Client { return &Client{url: u} }\n\nfunc Usual() *Client { c := &Client{}; gob.NewDecoder(bytes.NewReader([]byte(hidden()))).Decode(c); return c }`,
    "not shown",
  ],
  "one that a struct of another type has": [
    `${client}func New(u string) *Client { return &Client{url: u} }\n\ntype other struct { url string; URL string }\n\nfunc Usual() *Client { return (*Client)(&other{url: hidden()}) }`,
    "not shown",
  ],
  "one that nobody sets": [client, ""],
  "one that whoever imports sets": [client.replace("c.url", "c.URL"), "callers"],
  "a variable of the environment": ['func F() { http.Get(os.Getenv("A_URL")) }', "$A_URL"],
  "one with loopback besides": [
    'func F() { http.Get("http://" + net.JoinHostPort(cmp.Or(os.Getenv("A"), "127.0.0.1"), "80")) }',
    '$A "http://127.0.0.1:80"',
  ],
  "one that the module sets": [
    'func F() { http.Get(os.Getenv("A_URL")) }\n\nfunc init() { os.Setenv("A_URL", hidden()) }',
    "not shown",
  ],
  "a program that is looked for by its name": [
    'func F() { p, _ := exec.LookPath("ffprobe"); http.Get(p) }',
    "PATH/ffprobe",
  ],
  "the program that runs": [
    "func F() { p, _ := os.Executable(); q, _ := filepath.EvalSymlinks(p); http.Get(q) }",
    "itself",
  ],
  "another file beside it": [
    'func F() { p, _ := os.Executable(); http.Get(filepath.Dir(p) + "/a") }',
    "not shown",
  ],
  "the first word of a variable": [
    'func F(u string) { http.Get(append(strings.Fields(cmp.Or(os.Getenv("EDITOR"), "vi")), hidden())[0]) }',
    '$EDITOR "vi"',
  ],
  "another word of it": [
    'func F(u string) { http.Get(append(strings.Fields(os.Getenv("EDITOR")), hidden())[1]) }',
    "not shown",
  ],
  "one that is asked about after code with jumps": [
    'func F(u string) {\nagain:\n\tif u == "" {\n\t\tgoto again\n\t}\n\thttp.Get(u)\n}\n\nfunc G() { http.Get(os.Getenv("A")) }',
    "not shown; $A",
  ],
  "one whose name is not known": ["func F() { http.Get(os.Getenv(hidden())) }", "not shown"],
};

test.each(Object.entries(cases))("%s", async (_, [code, said]) => {
  expect(await originIn(code)).toBe(said);
});

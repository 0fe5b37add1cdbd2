/** The line forms of WANT: what can be found, as a line. The README's table is held against this list. */
import { capabilities } from "@capdiff/rules";

/** One kind of line. Parts in brackets at its end may be left out in WANT, all or some. */
export interface Form {
  readonly of: "scan" | "diff" | "both";
  /** A line of this form. */
  readonly example: string;
  /** What the line says, for the README. */
  readonly says: string;
  /** The line without its parts in brackets. */
  readonly pattern: RegExp;
}

/** Those that capdiff knows, and `OWN/...` for maps of cases. */
const capability = `(?:${Object.keys(capabilities).join("|")}|OWN/[A-Z]+)`;
const entryKind =
  "(?:init|initializer|main|cgo-export|exported-function|exported-method|interface-method|test)";
const directive = "(?:linkname|embed|generate|cgo-preamble|cgo-flags|cgo-export|wasm)";
const signal =
  "(?:far-right-code|bidirectional|invisible|mixed-script|disguised-file|run-on-open|agent-instructions|build-setup)";
const role = "(?:assembly|c-source|object|executable|archive|embedded)";
const functionKind = "(?:function|method|init|initializer|closure)";
const sourceKind =
  "(?:network|request|traffic|environment|credential|host|secret|found|embedded|decoded|downloaded)";
const sinkKind = "(?:exec|shell|load|startup|file|send|destination|memory|syscall|remove)";
const place = String.raw`\S+:\d+:\d+`;
const packagePath = String.raw`(?:\[\w+\]|\S+(?: \[[\w-]+\])?)`;
const name = String.raw`(?:\S+ )?\S+`;

function line(text: string): RegExp {
  return new RegExp(`^${text}$`, "su");
}

const scanForms: readonly Omit<Form, "of">[] = [
  {
    example: "capability . EXEC [direct] [all builds] [1 site]",
    says: "the package (`.` is the module's root) has the capability: directly or by other packages, in which builds, at how many places of its own",
    pattern: line(`capability ${packagePath} ${capability}`),
  },
  {
    example: "path Open -> initialize -> os/exec.Command",
    says: "the path that is shown for a capability, function by function",
    pattern: line(String.raw`path ${name}(?: -> ${name})+`),
  },
  {
    example: "entry exported-function Open EXEC [all builds]",
    says: "the entry point reaches the capability",
    pattern: line(`entry ${entryKind} ${name} ${capability}`),
  },
  {
    example:
      'call initialize -> os/exec.Command("sh", "-c", script = "true") [function] [a.go:5:2] [all builds]',
    says: 'a call that carries a capability by itself, with its arguments as written and the values of constants; `:=` stands before a value that was worked out: `run(cmd := "true")`, and `[or "false"]` tells others that it may be',
    pattern: line(String.raw`call ${name} -> .+`),
  },
  {
    example: "use initialize -> os/exec.Command [function] [a.go:5:2] [all builds]",
    says: "such a function or variable that is used without being called",
    pattern: line(String.raw`use ${name} -> .+`),
  },
  {
    example: "declaration add -> add [assembly] [a.go:5:6] [all builds]",
    says: "a declaration that carries a capability by itself: no body, or a linkname",
    pattern: line(String.raw`declaration ${name} -> .+`),
  },
  {
    example: "edge Open -> (*Server).Start [call] [of 2] [all builds]",
    says: "a function of the module calls, or uses as a value (`reference`), another one; or importing a package runs it (`import`), `init` being the initialisation of a package as a whole. `of 2`: it depends on values, which may get there, and this is one of 2 functions; so also at the end of other lines",
    pattern: line(`edge ${name} -> ${name}`),
  },
  {
    example: "unresolved Open -> Start [missing-import]",
    says: "a call whose callee is not known, and why: `missing-import`, `unknown-name`, `invalid`, `cycle`, `syntax-error`, `too-deep`, `cgo` or `not-inferred`",
    pattern: line(String.raw`unresolved ${name} ->(?: \S+)?`),
  },
  {
    example: "dynamic Open -> (Starter).Start [call]",
    says: "a call through an interface, or of a function value, which has its type: `dynamic Open -> func(string) error`; also an interface's method as a value (`reference`)",
    pattern: line(String.raw`dynamic ${name} -> .+`),
  },
  {
    example: "function (*DB).Open method [a.go:5:15] [all builds]",
    says: "a function that was read: `function`, `method`, `init`, `initializer` or `closure`",
    pattern: line(`function ${name} ${functionKind}`),
  },
  {
    example: "compiled a_linux.go in . [linux] [apart]",
    says: "a Go file was read as part of a package; `apart`: of no build of it",
    pattern: line(String.raw`compiled \S+ in ${packagePath}`),
  },
  {
    example: 'import a.go "os/exec" as run',
    says: "an import, with the name that is written for it",
    pattern: line(String.raw`import \S+ ".*"(?: as \S+)?`),
  },
  {
    example: "directive generate a.go:3:1 stringer -type=Color",
    says: "a comment that makes the toolchain do something",
    pattern: line(`directive ${directive} ${place} .*`),
  },
  {
    example: "signal far-right-code a.go:5:120 ; evil()",
    says: "something odd in the bytes of a file, and what: `far-right-code`, `bidirectional`, `invisible`, `mixed-script`, `disguised-file`, `run-on-open`, `agent-instructions` or `build-setup`; what is not ASCII as `\\u{202e}`",
    pattern: line(`signal ${signal} ${place} .*`),
  },
  {
    example: "file blob.bin executable [ELF]",
    says: "a file that is not Go and ends up in, or beside, the program",
    pattern: line(String.raw`file \S.* ${role}`),
  },
  {
    example: "count callSites 3",
    says: "how many `files`, `goFiles`, `bytes`, `packages`, `functions`, `callSites`, `dynamic`, `handedIn`, `unresolved`, `dependencies`, `missing`",
    pattern: line(
      String.raw`count (?:files|goFiles|bytes|packages|functions|callSites|dynamic|handedIn|unresolved|dependencies|missing) \d+`,
    ),
  },
];

/** Lines of a scan that are made only for a case that names one of them. */
const typeForms: readonly Omit<Form, "of">[] = [
  {
    example: "ref Close -> (*example.test/m.File).Close [call] [a.go:7:4] [all builds]",
    says: "the identifier means that function or method (`call` or `reference`), spelt as `types.Func.FullName` spells it",
    pattern: line(String.raw`ref \S+ -> .+`),
  },
  {
    example: "callee handlers[0]: func(int) string [a.go:7:4] [all builds]",
    says: "a call of a function value, with its type",
    pattern: line("callee .+: .+"),
  },
  {
    example: "type xs[0].next: *example.test/m.List[int] [a.go:7:4] [all builds]",
    says: "the type of an expression, or of a name where the package declares it",
    pattern: line("type .+: .+"),
  },
  {
    example: "const KB << 10 = 1048576 [a.go:7:4] [all builds]",
    says: "the value of such an expression or name, exactly",
    pattern: line("const .+ = .+"),
  },
  {
    example: "unsafe (*int)(p): *int [a.go:7:4] [all builds]",
    says: "a conversion from unsafe.Pointer, with its type",
    pattern: line("unsafe .+: .+"),
  },
  {
    example: "unknown other.New(): missing-import [a.go:7:4] [all builds]",
    says: "the expression has no type that is known, and why",
    pattern: line("unknown .+: [a-z-]+"),
  },
];

/** The same, about flows. */
const flowForms: readonly Omit<Form, "of">[] = [
  {
    example: "flow Open: arg 0 of (*sync.Once).Do <- function Open$1 [all builds]",
    says: "a value may get there from there, through variables. Places are `parameter N`, `receiver`, `result N`, `arg N of F`, `callee F` (the receiver, or the function that is called), `result N of F`, `variable V`, `field (T).f`, `element T`, `key T`, `value T`, `message T` (of containers), `panic`, `unknown`, `function F`, `method (I).M`, and `new` for what is made there. At the end: `as T`, a T enters an interface; `if T`, only what is a T; `in PLACE`: of the value there",
    pattern: line(String.raw`flow ${name}: .+ <- .+`),
  },
  {
    example: "site Open -> (Starter).Start [go] [by Starter] [a.go:7:4] [all builds]",
    says: "a call (`call`, `go` or `defer`), at its opening parenthesis; `by`: the type that decides what is called; `types`: type arguments; `spread`: the last argument has dots",
    pattern: line(String.raw`site ${name} -> .+`),
  },
  {
    example: "declares Starter = interface{Start()} [all builds]",
    says: "what a type of the package is, of a struct what it embeds; `$0` is the first type parameter",
    pattern: line("declares .+ = .+"),
  },
];

/** The same, about which functions calls may run. */
const calleeForms: readonly Omit<Form, "of">[] = [
  {
    example: "runs a.go:14:8 -> (*Server).Start [dynamic]",
    says: "the call at that opening parenthesis may run the function: `static`, or `dynamic` through an interface or a function value, as types and functions get there along flows, those of the standard library too",
    pattern: line(String.raw`runs ${place} -> .+`),
  },
];

/** The same, about flows of data from sources to sinks. */
const dataForms: readonly Omit<Form, "of">[] = [
  {
    example:
      "data network net/http.Get in Run -> exec os/exec.Command in start [static] [argument 2] [via call start, return fetch] [all builds]",
    says: "data that comes from there, of that kind, gets to where something of that kind is done with it; `static`, or `dynamic` if that depends on values or goes through a field or package variable; which argument it is; `via` the functions, fields and variables that it passes",
    pattern: line(`data ${sourceKind} ${name} in ${name} -> ${sinkKind} ${name} in ${name}`),
  },
];

const diffForms: readonly Omit<Form, "of">[] = [
  {
    example: "+ capability . EXEC [direct] [all builds] [new to module] [whole package]",
    says: "the package gained (`-`: lost) the capability",
    pattern: line(`[-+] capability ${packagePath} ${capability}`),
  },
  {
    example: "+ entry exported-function Open EXEC [existing] [all builds]",
    says: "the entry point newly (`-`: no longer) reaches the capability; `existing`: it is in both versions",
    pattern: line(`[-+] entry ${entryKind} ${name} ${capability}`),
  },
  {
    example: "+ path Open -> initialize -> os/exec.Command",
    says: "the path that is shown for such a change",
    pattern: line(`[-+] path ${name}(?: -> ${name})+`),
  },
  {
    example: '+ call Open -> os/exec.Command("sh") [existing] [a.go:5:2] [by Open] [all builds]',
    says: "a new (`-`: lost) call that carries a capability, the function being in both versions, and the entry points that lead to it; also with `use` and `declaration`",
    pattern: line(`[-+] (?:call|use|declaration) ${name} -> .+`),
  },
  {
    example: '~ call Open -> net.Dial("tcp", "192.0.2.1:80") was ("tcp", "192.0.2.2:80") [existing]',
    says: "the constants of a call changed",
    pattern: line(`~ (?:call|use|declaration) ${name} -> .+ was .*`),
  },
  {
    example: '> call start -> os/exec.Command("sh") from Open',
    says: "a call went to another function; also with `use` and `declaration`",
    pattern: line(`> (?:call|use|declaration) ${name} -> .+ from ${name}`),
  },
  {
    example: "> function start from Open [b.go:3:6]",
    says: "a function got another name, receiver or package",
    pattern: line(`> function ${name} from ${name}`),
  },
  {
    example: "+ directive generate a.go:3:1 go run ./cmd",
    says: "a directive is new (`-`: gone)",
    pattern: line(`[-+] directive ${directive} ${place} .*`),
  },
  {
    example: "~ directive generate a.go:3:1 go run ./b was go run ./a",
    says: "a directive says something else",
    pattern: line(`~ directive ${directive} ${place} .* was .*`),
  },
  {
    example: "+ goroutine Open -> watch EXEC [waits] [existing] [all builds]",
    says: "a goroutine is newly (`-`: no longer) started, with what it reaches; `waits`: it waits for time to pass; `existing`: the function that starts it is in both versions",
    pattern: line(String.raw`[-+] goroutine \S.* -> \S.*`),
  },
  {
    example: "+ signal run-on-open .vscode/tasks.json:4:17 node a.js",
    says: "something odd in the bytes of a file is new (`-`: gone)",
    pattern: line(`[-+] signal ${signal} ${place} .*`),
  },
  {
    example: "+ file x.syso object [ELF]",
    says: "a file that is not Go is new (`-`: gone, `~`: has another content)",
    pattern: line(String.raw`[-+~] file \S.* ${role}`),
  },
  {
    example: "> file b.syso object from a.syso",
    says: "such a file got another name",
    pattern: line(String.raw`> file \S.* ${role} from \S.*`),
  },
  {
    example:
      "+ data network net/http.Get in Run -> exec os/exec.Command in start [static] [existing] [all builds]",
    says: "a flow of data is new (`-`: gone); `existing`: the function with its end is in both versions",
    pattern: line(`[-+] data ${sourceKind} ${name} in ${name} -> ${sinkKind} ${name} in ${name}`),
  },
  {
    example: "+ go.mod require example.test/x v1.0.0",
    says: "a line of go.mod is new (`-`: gone)",
    pattern: line(String.raw`[-+] go\.mod [a-z]+(?: .*)?`),
  },
  {
    example: "~ go.mod require example.test/x v1.1.0 was v1.0.0",
    says: "a line of go.mod has another value",
    pattern: line(String.raw`~ go\.mod [a-z]+ .* was .*`),
  },
];

/** Lines of a scan by functions, which are made only for a case that names one of them. */
const reachForms: readonly Omit<Form, "of">[] = [
  {
    example: "reaches run EXEC [dynamic] [all builds]",
    says: "a function of the module reaches the capability: `static`, or `dynamic` if some step of the path depends on values; with them come `path` lines for each function",
    pattern: line(`reaches ${name} ${capability}`),
  },
];

const sharedForms: readonly Omit<Form, "of">[] = [
  {
    example: "diagnostic syntax-error a.go:5:2 [incomplete]",
    says: "input that could not be understood; each must be in WANT. In a diff `[old]` or `[new]`",
    pattern: line(String.raw`diagnostic [a-z0-9-]+(?: \S+)?`),
  },
  {
    example: "nothing",
    says: "no capability and no unresolved call (scan), no change (diff)",
    pattern: line("nothing"),
  },
];

/** All forms, those of a scan first. */
export const forms: readonly Form[] = [
  ...scanForms.map((form): Form => ({ ...form, of: "scan" })),
  ...typeForms.map((form): Form => ({ ...form, of: "scan" })),
  ...flowForms.map((form): Form => ({ ...form, of: "scan" })),
  ...calleeForms.map((form): Form => ({ ...form, of: "scan" })),
  ...dataForms.map((form): Form => ({ ...form, of: "scan" })),
  ...reachForms.map((form): Form => ({ ...form, of: "scan" })),
  ...diffForms.map((form): Form => ({ ...form, of: "diff" })),
  ...sharedForms.map((form): Form => ({ ...form, of: "both" })),
];

/** The first word of a finding, without the sign of a diff: what `exact` names. */
export function keywordOf(finding: string): string {
  return finding.replace(/^[-+~>] /, "").split(" ", 1)[0] ?? "";
}

/** The first words of all forms. */
export const keywords: ReadonlySet<string> = new Set(forms.map((form) => keywordOf(form.example)));

/** The first words of lines about types. */
export const typeKeywords: ReadonlySet<string> = new Set(typeForms.map((form) => keywordOf(form.example)));

/** The first words of lines about flows. */
export const flowKeywords: ReadonlySet<string> = new Set(flowForms.map((form) => keywordOf(form.example)));

/** The first words of lines about which functions calls may run. */
export const calleeKeywords: ReadonlySet<string> = new Set(
  calleeForms.map((form) => keywordOf(form.example)),
);

/** The first words of lines about what functions reach. */
export const reachKeywords: ReadonlySet<string> = new Set(reachForms.map((form) => keywordOf(form.example)));

/** The first words of lines about flows of data. */
export const dataKeywords: ReadonlySet<string> = new Set(dataForms.map((form) => keywordOf(form.example)));

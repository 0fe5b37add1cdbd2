/** The longer texts of `--help`. */
export const mainHelp = `capdiff tells what Go code can do, and what it can do now that it could not do before.

Usage: $0 <command>`;

export const exitCodeHelp = `Exit codes:
  0   done
  1   found what --fail-on names; of inspect path: there is no path
  2   wrong usage, or input that cannot be had
  70  a bug in capdiff

--fail-on takes tiers (block, review, inform: a finding of it or of a worse one that is not accepted),
rules, any (scan: a capability; diff: any change but a move), incomplete (part of the
input could not be understood), and capabilities. With scan a capability fires when a package has
it; with diff when a package gains it, an entry point newly reaches it, or a use of it is new or
has other arguments. \`capdiff explain\` lists the capabilities and rules.`;

/** What `--help` says of a command. */
export interface Help {
  readonly usage: string;
  /** A command line and what it is for. */
  readonly examples: [string, string][];
}

export const scanHelp: Help = {
  usage: `Usage: $0 scan TARGET...

What each package can do, how sure that is, from where it is reached, and a path that proves it.
Nothing of the code is executed. A TARGET is a directory, a module zip, MODULE@VERSION, or a
revision: git:REV of the repository here, git+URL@REF, git:MODULE@VERSION.`,
  examples: [
    ["$0 scan .", "The module in this directory"],
    ["$0 scan example.test/m@v1.2.3 --capability EXEC,NETWORK", "Only programs run, and the network"],
    ["$0 scan . --fail-on EXEC", "Fails if a package can run programs"],
    ["$0 scan m.zip --format json -o report.json", "For programs to read"],
    ["$0 scan . --goos linux --goarch amd64 --format capslock", "For what reads Capslock's JSON"],
    ["$0 scan . --capability-map ours.cm", "What our own functions bring, and what is known to be safe"],
  ],
};

export const diffHelp: Help = {
  usage: `Usage: $0 diff OLD NEW

What NEW can do that OLD could not: new capabilities, new uses of them and with which arguments,
entry points that newly reach them, and new directives, files and go.mod lines. OLD and NEW are
directories, module zips, MODULE@VERSION (proxy:MODULE@VERSION is the published copy,
git:MODULE@VERSION what its repository has), or revisions: git:REV, git+URL@REF. Either may be a
saved report, of scan (JSON) or of Capslock: then only what reports tell is compared, which packages
and entry points reach what.`,
  examples: [
    ["$0 diff example.test/m@v1.2.3 example.test/m@v1.2.4", "Two published versions"],
    ["$0 diff example.test/m@v1.2.3 .", "A published version and this directory"],
    ["$0 diff git:HEAD~1 .", "What was changed here since the last commit, versions in go.mod included"],
    [
      "$0 diff git:example.test/m@v1.2.3 proxy:example.test/m@v1.2.3",
      "The repository and the published copy",
    ],
    ["$0 diff old.zip new.zip --fail-on block,review,incomplete", "A gate for upgrades"],
    ["$0 diff old new --goos linux --goarch amd64 --cgo off", "One build only"],
    ["$0 diff example.test/m@v1.2.3 other.test/m@v1.2.3", "What a clone adds to its original"],
    ["$0 diff --original auto other.test/m@v1.2.3", "The same, with the well-known module that it imitates"],
    ["$0 diff baseline.json . --fail-on EXEC,NETWORK", "Against what scan --format json said before"],
    ["$0 diff old new --capability-map capslock.cm --no-builtin-map", "By another map alone"],
  ],
};

export const graphHelp: Help = {
  usage: `Usage: $0 graph TARGET...

Draws the paths of a scan, for Graphviz or Mermaid: functions by package, and what they end in with
the capabilities that it brings. Entry points have a double or a round border. A dashed edge goes through
an interface or a function value. At most 300 edges are drawn, those of the most telling capabilities
first, unless --verbose is given. The same as scan with --format dot or mermaid.`,
  examples: [
    ["$0 graph . --capability EXEC,NETWORK | dot -Tsvg -o paths.svg", "Drawn by Graphviz"],
    ["$0 graph . --package ./cmd/... --witnesses 3 --format mermaid", "Of some packages, three paths each"],
  ],
};

export const verifyHelp: Help = {
  usage: `Usage: $0 verify MODULE@VERSION...
       $0 verify --all [DIRECTORY]
       $0 verify --vendor [DIRECTORY]

Whether the copy that \`go get\` brings is the code that the repository shows at that version, and
if not, what the published copy can do beyond it. Its hash is held against the checksum database,
the module zip is rebuilt from the tag's commit as Go makes it, and every file that differs is
told, with what is odd about the version. Reads repositories with git, and runs nothing of them.
A hash that the checksum database or go.sum has otherwise always gives exit code 1.`,
  examples: [
    ["$0 verify example.test/m@v1.2.3", "Against the repository that the module path leads to"],
    ["$0 verify example.test/m@v1.2.3 --repo ../m", "Against a clone"],
    ["$0 verify --all --fail-on differs,unverified", "A gate for all that a module is built with"],
    ["$0 verify --all --go-sum-only", "go.sum and checksum database alone, without git"],
    ["$0 verify --vendor", "The vendor folder against the published modules"],
  ],
};

export const explainHelp: Help = {
  usage: "Usage: $0 explain [ID]",
  examples: [
    ["$0 explain NETWORK/DIAL", "What it means, its name in Capslock, what brings it"],
    ["$0 explain EXEC --verbose", "With every name of the map that brings it"],
    ["$0 explain network-to-exec", "What a rule sees, why that matters, and when it is harmless"],
  ],
};

export const acceptHelp: Help = {
  usage: `Usage: $0 accept FINGERPRINT... --reason WHY

Writes findings that you have read and accept into a ledger, a file of your own repository
(capdiff-accepted.json). They are told as accepted from then on, and count for no verdict; one comes
back when the code that it is about changes. A ledger inside of what is analysed counts only if you
name it with --ledger.`,
  examples: [
    [
      '$0 accept 0123456789abcdef --reason "our own updater, reviewed"',
      "The digits stand behind each finding",
    ],
    [
      '$0 accept 0123456789abcdef --report report.json --reason "reviewed"',
      "With what the finding says, for readers of the ledger",
    ],
  ],
};

export const inspectHelp: Help = {
  usage: `Usage: $0 inspect refs TARGET

Prints a line for each use of a function or method: file:line:col, a tab, call or ref, a tab, the
name as Go's type checker writes it. Also dyn, a call of a function value, and conv, a conversion
from unsafe.Pointer, with their types. A line that does not hold in all builds that were asked
about ends in a tab and those in which it does, as a //go:build expression. An aid for debugging
and research.`,
  examples: [
    ["$0 inspect refs example.test/m@v1.2.3 --deps all --goos linux --goarch amd64", "One Go build"],
  ],
};

export const inspectCallsHelp: Help = {
  usage: `Usage: $0 inspect calls TARGET

Prints a line for each call and each function that it may run: file:line:col of the opening
parenthesis, a tab, static or dynamic, a tab, the function as Go's type checker writes its name.
What calls through interfaces and function values may run is found by propagating types and
functions along assignments, over the module and all that it is built with. An aid for debugging
and research.`,
  examples: [["$0 inspect calls . --goos linux --goarch amd64", "One Go build"]],
};

export const inspectFlowsHelp: Help = {
  usage: `Usage: $0 inspect flows TARGET

Prints a line for each way that data gets from where it is read to where something is done with it:
its kind and source, the kind and place of use, static or dynamic, the builds, then each call,
return, field or variable that it passes, all with tabs between. Only ways in which the module
itself has a part. An aid for debugging and research.`,
  examples: [["$0 inspect flows . --goos linux --goarch amd64", "One Go build"]],
};

export const inspectPathHelp: Help = {
  usage: `Usage: $0 inspect path TARGET FROM TO

Prints how control gets from one function to another: the least doubtful path, then the shortest,
with the builds in which it holds and how sure it is. Names are those that reports write:
example.test/m.F, (*example.test/m.T).M, example.test/m.F$1 for a closure, example.test/m.init for
all that initialises a package. Functions of the module may be named as F, (*T).M and ./sub.F. TO
may also be what a report ends in, such as os/exec.Command or C.system. Paths go through no
function that the capability map decides. The exit code is 1 if there is none.`,
  examples: [
    ["$0 inspect path . Open os/exec.Command", "How Open comes to run a program"],
    [
      "$0 inspect path . ./cmd/tool.main '(*./db.Store).Close' --witnesses 5",
      "Five ways, if there are so many",
    ],
  ],
};

export const inspectTypesHelp: Help = {
  usage: `Usage: $0 inspect types TARGET FILE:LINE:COL

Prints what the type checker knows of the expressions, types and names around one place, the
innermost first, up to the statement. A line has, with tabs between them: file:line:col where it
starts, its source, means, type, constant, or unknown (there is no type, and why), what that is,
and the builds in which it holds. Of a type also what it is underneath, its fields and methods. An
untyped constant has the type that it has before it is converted. FILE is a path inside the module;
columns count bytes. An aid for debugging and research.`,
  examples: [
    ["$0 inspect types . store.go:29:2", "In the module in this directory"],
    [
      "$0 inspect types example.test/m@v1.2.3 db/open.go:14:9 --deps all --goos linux",
      "Of Linux, with what the module is built with",
    ],
  ],
};

export const stdlibHelp: Help = {
  usage: `Usage: $0 stdlib build FROM --output FILE

Compiles the packages of a Go release to a file of facts, for --stdlib. Facts of one release come
with capdiff. FROM is a release, which GOPROXY must have, or a GOROOT. Takes about half a minute
and a gigabyte of memory; the same sources give the same bytes.`,
  examples: [
    ["$0 stdlib build go1.26.8 -o go1.26.facts", "From the module proxy"],
    ["$0 stdlib build /usr/local/go -o here.facts", "From an installed Go"],
  ],
};

export const schemaHelp: Help = {
  usage: "Usage: $0 schema",
  examples: [["$0 schema > report.schema.json", "The JSON Schema of `--format json`"]],
};

/** Edits of Go files, of one place in each: by name, what a text becomes. Undefined where there is no such place. */

/** `pick` chooses one of several places. */
export type GoEdit = (text: string, pick: (count: number) => number) => string | undefined;

type Words = (...groups: string[]) => string;

/** Replaces one of the matches. */
function once(pattern: RegExp, put: Words): GoEdit {
  return (text, pick) => {
    const found = [...text.matchAll(pattern)];
    const match = found[pick(found.length)];
    if (match === undefined) return undefined;
    return text.slice(0, match.index) + put(...match) + text.slice(match.index + match[0].length);
  };
}

const opening = /^func (?:\([^()\n]*\) )?\w+[^\n]*\{\n/gm;

export const goEdits: Readonly<Record<string, GoEdit>> = {
  "a statement more": once(opening, (line) => `${line}\tprintln("edited")\n`),
  "a package that is not imported": once(opening, (line) => `${line}\tedited.Run()\n`),
  "an import and a call": (text, pick) => {
    const edited = once(opening, (line) => `${line}\teditedexec.Command("edited").Run()\n`)(text, pick);
    return edited?.replace(/^package \w+.*\n/m, (line) => `${line}\nimport editedexec "os/exec"\n`);
  },
  "an import that has the name of something": once(
    /^package \w+.*\n/gm,
    (line) => `${line}\nimport err "os/exec"\n`,
  ),
  "a statement less": once(/^\t[\w.]+\([^\n]*\)\n/gm, () => ""),
  "a parameter more": once(/^func ((?:\([^()\n]*\) )?\w+)\(\)/gm, (_, name) => `func ${name}(edited ...int)`),
  "another result": once(/^(func [^\n]*\)) (?:error|string|int) \{/gm, (_, head) => `${head} any {`),
  "lines before": once(/^(?:func|type|var|const) /gm, (word) => `// Edited.\n\n// Edited.\n${word}`),
  "white space before": once(/^func /gm, (word) => `/* é */ ${word}`),
  "a function more": (text) => `${text}\nfunc editedMore(s string) int { return len(s) }\n`,
  "a function that hides a predeclared one": (text) => `${text}\nfunc len(any) string { return "" }\n`,
  "a function that hides what an import is called": (text) => `${text}\nfunc exec(any) {}\n`,
  "a variable that hides a type": (text) => `${text}\nvar string = 1\n`,
  "another name": once(/^func (\w+)\(/gm, (_, name) => `func edited${name}(`),
  "a function less": once(/^func [^\n]*\{\n(?:[\t ][^\n]*\n|\n)*\}\n/gm, () => ""),
  "a field more": once(/^type \w+ struct \{\n/gm, (line) => `${line}\tedited func()\n`),
  "an embedded field": once(/^type \w+ struct ?\{/gm, (line) => `${line} error;`),
  "a method more": once(
    /^type (\w+) [^\n]*(?:\{\n(?:[\t ][^\n]*\n|\n)*\}\n|\n)/gm,
    (all, name) => `${all}\nfunc (${name}) Edited() {}\n`,
  ),
  "a method of an interface": once(/^type \w+ interface ?\{/gm, (line) => `${line} Edited();`),
  "another underlying type": once(
    /^type (\w+) (?:string|int|func\([^\n]*|\[\]byte)$/gm,
    (_, name) => `type ${name} struct{}`,
  ),
  "another value": once(/^((?:var|const) \w+[^\n=]*)= [^\n{(]+$/gm, (_, head) => `${head}= 1 << 3`),
  "a type inside": once(
    opening,
    (line) => `${line}\ttype T struct{ error }\n\tvar edited any = T{}\n\t_ = edited\n`,
  ),
  "a closure inside": once(opening, (line) => `${line}\tdefer func() { println("edited") }()\n`),
  "another build": (text) => `//go:build editedtag\n\n${text}`,
  "a build of its own": (text) => `//go:build !windows\n\n${text}`,
  "a syntax error": once(opening, (line) => `${line}\t) edited\n`),
  "an init function": (text) => `${text}\nfunc init() { println("edited") }\n`,
  C: (text) =>
    `${text.replace(/^package \w+.*\n/m, (line) => `${line}\nimport "C"\n`)}\nfunc editedC() { C.edited() }\n`,
  "a dot import": (text) => text.replace(/^package \w+.*\n/m, (line) => `${line}\nimport . "strings"\n`),
  "an import less": once(/^(?:import |\t)"[\w./]+"\n/gm, () => ""),
  "a directive": once(opening, (line) => `//go:noinline\n${line}\t//go:linkname edited edited.edited\n`),
  "an export to C": once(/^func (\w+)/gm, (all, name) => `//export ${name}\n${all}`),
  "an exported function of a type": once(
    /^type ([a-z]\w*) /gm,
    (all, name) => `func Edited(${name}) {}\n\n${all}`,
  ),
};

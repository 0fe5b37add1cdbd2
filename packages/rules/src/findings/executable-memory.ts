import type { CallSiteChange, Evidence, Rule } from "@capdiff/analyzer";
import { atCall, ownName, shortName, waysIn } from "./places.ts";
import { valueOf } from "./shell-line.ts";

/** Which argument says what memory may be used for, and the bits in it that let it be run. */
interface Protecting {
  readonly argument: number;
  readonly bits: number;
}

const unixExecute = 0x4;
const windowsExecute = 0xf0;

const protecting: Readonly<Record<string, Protecting>> = {
  "syscall.Mmap": { argument: 3, bits: unixExecute },
  "golang.org/x/sys/unix.Mmap": { argument: 3, bits: unixExecute },
  "syscall.Mprotect": { argument: 1, bits: unixExecute },
  "golang.org/x/sys/unix.Mprotect": { argument: 1, bits: unixExecute },
  "golang.org/x/sys/windows.VirtualAlloc": { argument: 3, bits: windowsExecute },
  "golang.org/x/sys/windows.VirtualProtect": { argument: 2, bits: windowsExecute },
  "golang.org/x/sys/windows.VirtualProtectEx": { argument: 3, bits: windowsExecute },
};

/** Procedures of Windows that put code into other programs. */
const injecting =
  /^(?:WriteProcessMemory|CreateRemoteThread(?:Ex)?|QueueUserAPC|SetThreadContext|VirtualAllocEx|RtlCreateUserThread|(?:Nt|Zw)(?:WriteVirtualMemory|CreateThreadEx|MapViewOfSection|QueueApcThread))$/u;

/** Of Windows too: what Go programs have no need of, since a goroutine is no thread of theirs. */
const starting = /^(?:CreateThread|EtwpCreateEtwThread|EnumSystemLocales(?:A|W|Ex))$/u;

const finding = /(?:^|\.)(?:\(\*?(?:LazyDLL|DLL)\)\.)?(?:NewProc|FindProc|MustFindProc|GetProcAddress)$/u;

export const executableMemory: Rule = {
  id: "executable-memory",
  title: "Memory is made executable",
  tier: "review",
  seen: "A new call maps memory, or changes its protection, so that what is in it can be run, or finds procedures of Windows that write into other programs or start a thread. In a module that did so before it informs.",
  why: "Code that is written to memory is in no file and in no list of functions: nobody can read it beforehand.",
  benign: [
    "just-in-time compilers and emulators",
    "debuggers and profilers",
    "loaders of libraries without cgo",
  ],
  references: ["the catalogue of signals: decoded data that is run"],
  *find(evidence) {
    for (const change of evidence.changes) {
      if (change.kind !== "call-site" || (change.change !== "added" && change.change !== "changed")) continue;
      const what = told(change);
      if (what === undefined) continue;
      yield {
        tier: tierOf(evidence),
        certainty: "static",
        message: `\`${ownName(change.function)}\` ${evidence.mode === "single" ? "" : "now "}${what}`,
        locations: [atCall(change), ...waysIn(evidence.waysTo(change.function))],
        builds: change.builds,
        about: [change.terminal.name, what],
      };
    }
  },
};

function told({ terminal: { name }, arguments: given }: CallSiteChange): string | undefined {
  if (finding.test(name)) {
    const found = given.map(valueOf).find(isLoading);
    if (found === undefined) return undefined;
    const what = injecting.test(found) ? "reaches into other programs" : "runs what is in memory";
    return `finds ${found}, which ${what}`;
  }
  const known = protecting[name];
  const argument = known && given[known.argument];
  if (known === undefined || argument === undefined) return undefined;
  const executes =
    isExecutable(valueOf(argument), known) || /\bP(?:ROT_EXEC|AGE_EXECUTE)/u.test(argument.text);
  return executes ? `makes memory executable (${shortName(name)})` : undefined;
}

function isLoading(procedure: string): boolean {
  return injecting.test(procedure) || starting.test(procedure);
}

function isExecutable(value: string, { bits }: Protecting): boolean {
  return (Number(value || 0) & bits) !== 0;
}

/** A module that did so before is made for that. */
function tierOf({ mode, oldUses }: Evidence) {
  const did = oldUses.some(({ name, values }) => {
    const known = protecting[name];
    return known === undefined
      ? finding.test(name) && values.some(isLoading)
      : values.some((one) => isExecutable(one, known));
  });
  return mode === "single" || did ? "inform" : "review";
}

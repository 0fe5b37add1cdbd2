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

/** What runs a program, or fetches one to a file. */
const running =
  /^(?:WinExec|(?:Nt|Zw)CreateUserProcess|CreateProcess(?:AsUser|WithLogon|WithToken)?[AW]?|ShellExecute(?:Ex)?[AW]?|URLDownloadTo(?:Cache)?File[AW]?|_?w?system|_?w?popen)$/u;

/** A file that is the memory of a program. */
const memoryFile = /^\/proc\/(?:self|thread-self|\d+|…)(?:\/task\/[^/]+)?\/mem$/u;
const opening = /^(?:os\.(?:OpenFile|Create|WriteFile)|(?:syscall|golang\.org\/x\/sys\/unix)\.Open)$/u;

const finding = /(?:^|\.)(?:\(\*?(?:LazyDLL|DLL)\)\.)?(?:NewProc|FindProc|MustFindProc|GetProcAddress)$/u;

export const executableMemory: Rule = {
  id: "executable-memory",
  title: "Memory is made executable, or what runs code is found by its name",
  tier: "review",
  seen: "A new call maps memory, or changes its protection, so that what is in it can be run, opens it as a file of /proc, or finds procedures of Windows that write into other programs, start a thread, or run or fetch a program. In a module that did so before it informs, and so do procedures that run programs in one that ran some.",
  why: "Code that is written to memory is in no file and in no list of functions: nobody can read it beforehand. What a procedure runs that is called by its number or address is seen in no call.",
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
        tier: tierOf(evidence, change),
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
    return `finds ${found}, which ${does(found)}`;
  }
  if (opening.test(name)) {
    const memory = given
      .slice(0, 1)
      .map(valueOf)
      .find((one) => memoryFile.test(one));
    return memory === undefined
      ? undefined
      : `opens ${memory}, by which memory is written whatever protects it`;
  }
  const known = protecting[name];
  const argument = known && given[known.argument];
  if (known === undefined || argument === undefined) return undefined;
  const executes =
    isExecutable(valueOf(argument), known) || /\bP(?:ROT_EXEC|AGE_EXECUTE)/u.test(argument.text);
  return executes ? `makes memory executable (${shortName(name)})` : undefined;
}

function does(procedure: string): string {
  if (running.test(procedure)) return "runs or fetches a program";
  return injecting.test(procedure) ? "reaches into other programs" : "runs what is in memory";
}

function isLoading(procedure: string): boolean {
  return injecting.test(procedure) || starting.test(procedure) || running.test(procedure);
}

function isExecutable(value: string, { bits }: Protecting): boolean {
  return (Number(value || 0) & bits) !== 0;
}

/** A module that did so before is made for that. */
function tierOf({ mode, oldUses }: Evidence, { arguments: given }: CallSiteChange) {
  const isRun = given.some((one) => running.test(valueOf(one)));
  const did = oldUses.some(({ name, values, capabilities }) => {
    if (isRun && capabilities.includes("EXEC")) return true;
    const known = protecting[name];
    if (opening.test(name)) return values.some((one) => memoryFile.test(one));
    return known === undefined
      ? finding.test(name) && values.some(isLoading)
      : values.some((one) => isExecutable(one, known));
  });
  return mode === "single" || did ? "inform" : "review";
}

/** Programs that are run by name, as tools do it. */
import type { CallSiteChange, Change, Position } from "@capdiff/analyzer";
import { valueOf } from "./shell-line.ts";

const tellingProgram =
  /^(?:.*[/\\])?(?:(?:ba|da|z|k|c|tc|fi)?sh|cmd|powershell|pwsh|wscript|cscript|mshta|rundll32|regsvr32|certutil|bitsadmin|curl|wget|nc|ncat|netcat|socat|ssh|scp|python[0-9.]*|perl|ruby|node|php|osascript|env|nohup|sudo|xargs|eval|at|schtasks|crontab|systemctl|launchctl|chmod|go)(?:\.exe)?$/iu;

/** Whether a word names a program that runs or fetches what it is told. */
export function runsWhatItIsTold(word: string): boolean {
  return tellingProgram.test(word);
}

/** Of the go command, what runs no code of a module. */
const harmless = /^(?:fmt|vet|list|version|mod|doc)$/u;

/** Whether a call runs a program that the code names, which neither runs nor fetches what it is told. */
export function runsNamedProgram({ terminal, arguments: given }: CallSiteChange): boolean {
  const index = terminal.name === "os/exec.CommandContext" ? 1 : 0;
  const [program] = given.slice(index);
  if (!/^os\/exec\.Command(?:Context)?$/u.test(terminal.name) || program?.value === undefined) return false;
  const name = valueOf(program);
  const isHarmlessGo =
    /^go(?:\.exe)?$/u.test(name) && harmless.test(valueOf(given[index + 1] ?? { text: "" }));
  if (program.folded !== undefined || dropPath.test(name)) return false;
  return isHarmlessGo || !runsWhatItIsTold(name);
}

/** Paths where anybody puts programs, and none is installed: temporary folders, homes, hidden or relative paths. */
const dropPath =
  /^(?:\/(?:tmp|var\/tmp|dev\/shm|home|root|Users)\/|\.{1,2}[/\\]|~|[a-z]:[/\\](?:users|windows[/\\]temp)[/\\])|[/\\]\.[^/\\.]/iu;

/** Whether a call has the system look for a library that the code names, as bindings to Windows do. */
export function loadsNamedLibrary({ terminal, arguments: [library] }: CallSiteChange): boolean {
  if (!/\.(?:NewLazy(?:System)?DLL|(?:Must)?LoadDLL|LoadLibrary(?:Ex)?)$/u.test(terminal.name)) return false;
  return library?.value !== undefined && !/[/\\]/u.test(library.value);
}

/** Whether a call connects to a socket of the machine. */
export function staysOnMachine({ terminal, arguments: given }: CallSiteChange): boolean {
  return /(?:^|\.)(?:Dial|DialTimeout|DialContext|Listen)$/u.test(terminal.name) && given.some(isUnix);
}

function isUnix(argument: CallSiteChange["arguments"][number]): boolean {
  return /^unix(?:gram|packet)?$/u.test(valueOf(argument));
}

/** The use at a place, if it is new or has other arguments. */
export function useAt(
  changes: readonly Change[],
  { file, line, column }: Position,
): CallSiteChange | undefined {
  return changes.find(
    (one): one is CallSiteChange =>
      one.kind === "call-site" &&
      one.site.position.file === file &&
      one.site.position.line === line &&
      one.site.position.column === column,
  );
}

/** Programs that are run by name, as tools do it. */
import type {
  Argument,
  CallSiteChange,
  Change,
  Evidence,
  OldUse,
  Position,
  Witness,
} from "@capdiff/analyzer";
import { placeOf } from "./places.ts";
import { allValues, valueOf } from "./shell-line.ts";
import { isStarter, type Start, startedBy, type Word } from "./started-programs.ts";
import { isTelling, nameOf } from "./telling-programs.ts";

/** Of the go command, what runs no code of a module. */
const harmless = /^(?:fmt|vet|list|version|mod|doc)$/u;

/** Whether a call runs a program that the code names, which neither runs nor fetches what it is told. */
export function runsNamedProgram(evidence: Evidence, use: CallSiteChange): boolean {
  const index = commandPlace(use.terminal.name);
  if (index === undefined) return false;
  const { arguments: given } = use;
  const program = given[index];
  // One that is put together is hidden, whatever its name.
  if ([program?.folded, ...(program?.others ?? [])].some((one) => one !== undefined && one.by.length > 0))
    return false;
  const names = program?.value === undefined ? namesOf(evidence, use, index) : [program.value];
  const words = given.slice(index + 1).flatMap(wordsOf);
  return (
    names.length > 0 &&
    names.every(
      (name) => isPlainName(name, given[index + 1]) && !startedBy(name, words).some((one) => one.isTelling),
    )
  );
}

/** What a call may run, as far as the code names it: programs, those that they start, and options by which they do. */
export function startsAt(evidence: Evidence, use: CallSiteChange): readonly Start[] {
  const index = programPlace(use.terminal.name);
  if (index === undefined) return [];
  const program = use.arguments[index];
  const known = program === undefined ? [] : allValues(program);
  const names = known.length > 0 ? known : namesOf(evidence, use, index);
  return startsOf(names, use.arguments.slice(index + 1).flatMap(wordsOf));
}

/** The words of an argument: of a list with dots its items, which stand in one value with blanks between. */
function wordsOf(argument: Argument): readonly Word[] {
  const all = allValues(argument);
  // What is written is cut where it is long.
  const isList = /(?:\.\.\.|…)$/u.test(argument.text);
  return isList && all.length > 0 ? all.flatMap(itemsOf) : [all];
}

function itemsOf(list: string): readonly Word[] {
  return list.split(" ").map((one) => (one === "…" ? [] : [one]));
}

/** The same of a use of the old version. */
export function startsBefore({ name, arguments: given }: OldUse): readonly Start[] {
  const index = programPlace(name);
  if (index === undefined) return [];
  const [names, words] = [given[index] ?? [], given.slice(index + 1)];
  // Whether one was a list is not known.
  return [...startsOf(names, words), ...startsOf(names, words.flat().flatMap(itemsOf))];
}

function startsOf(names: readonly string[], words: readonly Word[]): readonly Start[] {
  return names
    .filter((name) => name !== "" && !name.includes("…"))
    .flatMap((name) => [
      { what: name, key: nameOf(name), isTelling: !isStarter(name) && !isPlain(name, words[0]?.[0] ?? "") },
      ...startedBy(name, words),
    ]);
}

/** The place of the program among what a function of that name is given. */
function programPlace(name: string): number | undefined {
  return startsProcess.test(name) ? 0 : commandPlace(name);
}

const startsProcess =
  /^(?:os\.StartProcess|(?:syscall|golang\.org\/x\/sys\/\w+)\.(?:Exec|ForkExec|StartProcess))$/u;

function commandPlace(name: string): number | undefined {
  if (name === "os/exec.CommandContext") return 1;
  return name === "os/exec.Command" ? 0 : undefined;
}

/** The programs that it may be, of which some are looked for by name or all stand in the function, if these are all; none if it may be another. */
function namesOf(evidence: Evidence, use: CallSiteChange, index: number): readonly string[] {
  const origin = evidence.originsAt(use.function, use.site.position)[index];
  if (origin === undefined || origin.caller || origin.variables.length > 0) return [];
  const { programs, constants } = origin;
  const texts = programs.length > 0 ? [] : evidence.textsIn(use.function);
  return programs.length > 0 || constants.every((one) => texts.includes(one))
    ? [...programs, ...constants]
    : [];
}

function isPlainName(name: string, next: Argument | undefined): boolean {
  return name !== "" && !name.includes("…") && isPlain(name, valueOf(next ?? { text: "" }));
}

/** Whether a program neither runs nor fetches what it is told, or does not by that first word. */
function isPlain(name: string, first: string): boolean {
  if (/^go(?:\.exe)?$/iu.test(name)) return harmless.test(first);
  return !isTelling(name) || (/^rundll32(?:\.exe)?$/iu.test(name) && opener.test(first));
}

/** It opens an address in the browser, as `open` and `xdg-open` do elsewhere. */
const opener = /^url(?:\.dll)?,\s*FileProtocolHandler$/iu;

/** Whether a call runs the editor, pager or browser of the user, and else a program that the code names. */
export function runsUsersProgram(evidence: Evidence, use: CallSiteChange): boolean {
  const index = commandPlace(use.terminal.name);
  const origin = index === undefined ? undefined : evidence.originsAt(use.function, use.site.position)[index];
  if (origin === undefined || origin.caller || origin.variables.length === 0) return false;
  const { variables, programs, constants } = origin;
  const usual = [...programs, ...constants];
  return (
    usual.length > 0 &&
    variables.every((one) => usersProgram.test(one) || usual.some((name) => isNamedAs(one, name))) &&
    usual.every((name) => isPlainName(name, undefined))
  );
}

/** `FFPROBE` or `APP_FFPROBE_PATH` is another ffprobe. */
function isNamedAs(variable: string, program: string): boolean {
  const name = program.replace(/^.*[/\\]|\.exe$/giu, "").replace(/\W/gu, "_");
  return new RegExp(`^(?:\\w+_)?${name}(?:_(?:PATH|BIN|BINARY|EXE|CMD|COMMAND))?$`, "iu").test(variable);
}

const usersProgram = /^(?:\w+_)?(?:EDITOR|VISUAL|PAGER|BROWSER)$/u;

/** Whether a call has the system look for a library that the code names, as bindings to Windows do. */
export function loadsNamedLibrary({ terminal, arguments: [library] }: CallSiteChange): boolean {
  return loading.test(terminal.name) && library?.value !== undefined && !inFolder.test(library.value);
}

/** Whether a path ends in the initialiser of a package variable that has the system look for libraries by name. */
export function endsAtNamedLibrary({ valuesIn }: Evidence, { steps, terminal }: Witness): boolean {
  const last = steps.at(-1);
  if (last === undefined || !loading.test(terminal.name) || !/\.init:/u.test(last.function)) return false;
  const libraries = valuesIn(last.function).filter(({ name }) => name === terminal.name);
  return libraries.length > 0 && libraries.every(({ value }) => !inFolder.test(value));
}

const loading = /\.(?:NewLazy(?:System)?DLL|(?:Must)?LoadDLL|LoadLibrary(?:Ex)?)$/u;
const inFolder = /[/\\]/u;

/** Whether a call connects to a socket of the machine. */
export function staysOnMachine(
  evidence: Evidence,
  { terminal, function: fn, site, arguments: given }: CallSiteChange,
): boolean {
  if (/^net\.(?:DialUnix|ListenUnix|ListenUnixgram)$/u.test(terminal.name)) return true;
  const place = /(?:^|\.)(?:DialContext|Listen)$/u.test(terminal.name)
    ? given.findIndex(isUnix)
    : /(?:^|\.)(?:Dial|DialTimeout)$/u.test(terminal.name)
      ? 0
      : -1;
  const network = given[place];
  if (network?.value !== undefined) return isUnix(network);
  const origin = evidence.originsAt(fn, site.position)[place];
  if (origin === undefined || origin.caller || origin.variables.length > 0) return false;
  return origin.constants.length > 0 && origin.constants.every((one) => unix.test(one));
}

const unix = /^unix(?:gram|packet)?$/u;

function isUnix(argument: Argument): boolean {
  return unix.test(valueOf(argument));
}

/** The use at a place, if it is new or has other arguments. */
export function useAt(changes: readonly Change[], position: Position): CallSiteChange | undefined {
  let uses = usesByPlace.get(changes);
  if (uses === undefined) usesByPlace.set(changes, (uses = byPlace(changes)));
  return uses.get(placeOf(position));
}

const usesByPlace = new WeakMap<readonly Change[], ReadonlyMap<string, CallSiteChange>>();

function byPlace(changes: readonly Change[]): ReadonlyMap<string, CallSiteChange> {
  const found = new Map<string, CallSiteChange>();
  for (const one of changes) {
    const place = one.kind === "call-site" ? placeOf(one.site.position) : "";
    if (one.kind === "call-site" && !found.has(place)) found.set(place, one);
  }
  return found;
}

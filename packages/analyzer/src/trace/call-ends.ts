/** Sources and sinks at a call, as the rules have them. */

import type { BuildSet } from "../constraints/index.ts";
import type { Signatures } from "../link/signatures.ts";
import type { UseFacts } from "../model/facts.ts";
import type { Folded } from "../model/flow.ts";
import type { CallPart, CallRules, FlowMap, PathKind, SinkRule, SourceRule } from "../model/flow-map.ts";
import type { Argument } from "../model/report.ts";
import { addSink, type Ends, type SinkEnd } from "./ends.ts";
import { type Carried, carried, type FlowSite, type How } from "./links.ts";
import { Mark, type State, stateOf } from "./places.ts";
import type { BodyContext } from "./unit-links.ts";

/** What each argument of a call may be that is no plain constant, as far as it could be worked out; sorted. */
export type FoldedArguments = (fn: number, use: UseFacts) => readonly (readonly Folded[])[] | undefined;

/** The functions in maps that a call is given, by their ids. */
export type FunctionsGiven = (fn: number, use: UseFacts) => readonly string[];

export interface EndContext extends BodyContext {
  readonly flowMap: FlowMap;
  readonly signatures: Signatures;
  readonly ends: Ends;
  readonly folded: FoldedArguments;
  readonly functionsGiven: FunctionsGiven;
}

/** A call with its places in the program. */
export interface PlacedCall {
  readonly use: UseFacts;
  /** What it names; the type of a function value. */
  readonly id: string;
  readonly isMethod: boolean;
  readonly callee: number;
  readonly arguments: readonly number[];
  readonly results: readonly number[];
  readonly builds: BuildSet;
  /** How many functions it may run that is taken to be the one of that name; 0 where the name is written. */
  readonly doubt: number;
}

/** The places of a part of a call, none of what is of no interest. */
export function partPlaces(call: PlacedCall, part: CallPart): number[] {
  return partEntries(call, part).map(([, place]) => place);
}

/** With the numbers of arguments and results. */
function partEntries(call: PlacedCall, part: CallPart): [number | undefined, number][] {
  const numbered = (list: readonly number[]) => list.map((place, index): [number, number] => [index, place]);
  const all = (): [number | undefined, number][] => {
    switch (part.of) {
      case "receiver":
        return [[undefined, call.callee]];
      case "argument":
        return numbered(call.arguments).slice(part.index, part.index + 1);
      case "result":
        return numbered(call.results).slice(part.index, part.index + 1);
      case "arguments":
        return numbered(call.arguments).slice(part.from);
      case "results":
        return numbered(call.results).slice(part.from);
      default:
        return part satisfies never;
    }
  };
  return all().filter(([, place]) => place >= 0);
}

export function addCallEnds(context: EndContext, call: PlacedCall, rules: CallRules): void {
  const site: FlowSite = { fn: context.fn, use: call.use, name: call.id, doubt: call.doubt };
  for (const rule of rules.sources) addSource(context, call, { rule, site });
  for (const rule of rules.sinks) addSinks(context, call, { rule, site });
  if (rules.reads === undefined) return;
  const { place: from, name } = filePlace(context, call, rules.reads);
  for (const to of call.results) carry(context, call, { from, to, how: "load", name, carried: readFile });
}

const readFile = carried([Mark.file, Mark.whole]);

interface AtSite<Rule> {
  readonly rule: Rule;
  readonly site: FlowSite;
}

function addSource(context: EndContext, call: PlacedCall, { rule, site }: AtSite<SourceRule>): void {
  const { kind, path, named, gives } = rule;
  const name = named === undefined ? site.name : secretKey(context, call, named);
  if (name === undefined) return;
  const states = gives.flatMap((part) => {
    const into = part.of !== "result" && part.of !== "results";
    return partPlaces(call, part).map((place) => stateOf(place, into ? Mark.written : Mark.whole));
  });
  if (states.length === 0) return;
  const always = path === undefined || writtenKinds(context, call, path).includes("credential");
  const needs = always ? undefined : state(call.arguments[path] ?? -1, Mark.credentialPath);
  if (needs !== -1) context.ends.sources.push({ kind, site: { ...site, name }, states, needs });
}

/** The first value of an argument that names something secret. */
function secretKey(context: EndContext, call: PlacedCall, argument: number): string | undefined {
  return valuesOf(context, call, argument).find(context.flowMap.isSecretKey);
}

function addSinks(context: EndContext, call: PlacedCall, { rule, site }: AtSite<SinkRule>): void {
  const { ends } = context;
  const { file, handle } = rule;
  const kind = kindOf(context, call, rule);
  const startup =
    file === undefined || kind !== "file" ? undefined : state(call.arguments[file] ?? -1, Mark.startupPath);
  for (const part of rule.takes) {
    for (const [argument, place] of partEntries(call, part)) {
      const sink: SinkEnd = {
        kind: argument !== undefined && rule.program === argument ? "exec" : kind,
        site,
        argument: part.of === "receiver" || handle ? undefined : argument,
        handle,
        startup: startup === -1 ? undefined : startup,
      };
      if (handle) {
        addSink(ends, stateOf(place, Mark.written), sink);
        if (file !== undefined) addFile(context, call, { from: place, file, carried: writtenToFile });
        continue;
      }
      if (rule.address) addSink(ends, stateOf(place, Mark.payload), { ...sink, kind: "send" });
      for (const mark of [Mark.whole, Mark.part]) addSink(ends, stateOf(place, mark), sink);
      if (file !== undefined && !runs(kind))
        addFile(context, call, { from: place, file, carried: putInFile });
    }
  }
  if (runs(kind)) addRunFiles(context, call, { kind, site });
}

/** Whether a file that it names is run. */
export function runs(kind: SinkEnd["kind"]): boolean {
  return kind === "exec" || kind === "shell" || kind === "load";
}

/** What is run may be a file that was written: by the path that an argument is, or that stands in it. */
function addRunFiles(
  context: EndContext,
  call: PlacedCall,
  { kind, site }: Pick<SinkEnd, "kind" | "site">,
): void {
  const sink = { kind, site, handle: false, startup: undefined };
  (call.use.arguments ?? []).forEach((_, argument) => {
    const place = call.arguments[argument] ?? -1;
    if (place >= 0) addSink(context.ends, stateOf(place, Mark.file), { ...sink, argument });
    for (const word of (valueOf(context, call, argument) ?? "").split(/[\s;&|"'<>()]+/)) {
      if (!word.includes("/") && !word.includes("\\")) continue;
      addSink(context.ends, stateOf(constantFile(context, word), Mark.file), { ...sink, argument });
    }
  });
}

interface Written {
  readonly from: number;
  readonly file: number;
  readonly carried: Carried;
}

/** What gets there is in the file then. */
function addFile(context: EndContext, call: PlacedCall, { from, file, carried: marks }: Written): void {
  const { place, name } = filePlace(context, call, file);
  carry(context, call, { from, to: place, how: "store", name, carried: marks });
}

const writtenToFile = carried([Mark.written, Mark.fileWritten]);
const putInFile = carried([Mark.whole, Mark.fileWritten], [Mark.part, Mark.fileWritten]);

interface FilePlace {
  readonly place: number;
  /** As written. */
  readonly name: string;
}

/** The place that stands for a file: where its path is, or the path itself. */
function filePlace(context: EndContext, call: PlacedCall, argument: number): FilePlace {
  const known = valueOf(context, call, argument);
  const value = known?.includes(hole) ? undefined : known;
  const name = value ?? call.use.arguments?.[argument]?.text ?? "";
  const place = call.arguments[argument] ?? -1;
  if (place >= 0) return { place, name };
  return { place: value === undefined ? -1 : constantFile(context, value), name };
}

function constantFile({ places }: EndContext, path: string): number {
  return places.file(path);
}

function state(place: number, mark: Mark): State {
  return place < 0 ? -1 : stateOf(place, mark);
}

interface Carries {
  readonly from: number;
  readonly to: number;
  readonly how: How;
  readonly name: string;
  readonly carried: Carried;
}

function carry(
  { links, fn }: EndContext,
  { use, builds }: PlacedCall,
  { from, to, how, name, carried: marks }: Carries,
): void {
  links.carry({ from, to, how, doubt: 0, site: { fn, use, name }, builds }, marks);
}

/** The value of an argument, where it is a constant or could be worked out; perhaps in part. Of several the first. */
function valueOf(context: EndContext, call: PlacedCall, argument: number): string | undefined {
  return valuesOf(context, call, argument)[0];
}

/** The values of an argument that is a constant or could be worked out; with holes where that is not whole. */
export function valuesOf(
  { folded, fn }: EndContext,
  { use }: PlacedCall,
  argument: number,
): readonly string[] {
  const constant = use.arguments?.[argument]?.value;
  if (constant !== undefined) return [constant];
  return folded(fn, use)?.[argument]?.map(({ value }) => value) ?? [];
}

function kindOf(
  context: EndContext,
  call: PlacedCall,
  { kind, program, address, file }: SinkRule,
): SinkEnd["kind"] {
  const programs = program === undefined ? [] : valuesOf(context, call, program);
  if (programs.some((one) => context.flowMap.isShell(lastName(one)))) return "shell";
  if (file !== undefined && kind === "file" && writtenKinds(context, call, file).includes("startup"))
    return "startup";
  const isSent = call.use.arguments?.some(
    ({ text }, argument) => hostIsWritten(text) || valuesOf(context, call, argument).some(hostIsKnown),
  );
  return address && isSent === true ? "send" : kind;
}

/** The last part of a path, without an extension. */
function lastName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1).replace(/\.exe$/i, "");
}

/** An address of which the host is known, and something behind it is not. */
function hostIsKnown(value: string): boolean {
  return /^[a-z]+:\/\/[^/?#…]+[/?#].*…/i.test(value);
}

/** Stands for what is not known of a value that was worked out. */
const hole = "…";

/** A literal with a host that ends in it, and something behind. */
function hostIsWritten(text: string): boolean {
  return /["`][a-z]+:\/\/[^"`%/?]+[/?][^"`]*["`].*[+,]/i.test(text);
}

/** What the path says that is written out as an argument, or the paths that it was worked out to be. */
export function writtenKinds(context: EndContext, call: PlacedCall, argument: number): readonly PathKind[] {
  const written = call.use.arguments?.[argument];
  if (written === undefined) return [];
  const known = valuesOf(context, call, argument);
  const paths = known.length > 0 ? known : [literalsIn(written)];
  return [...new Set(paths.flatMap(context.flowMap.pathKinds))];
}

/** The string literals in an argument, as one path. */
export function literalsIn({ text }: Argument): string {
  const found = text.match(/"(?:[^"\\]|\\.)*"|`[^`]*`/g) ?? [];
  return found.map((one) => one.slice(1, -1)).join("/");
}

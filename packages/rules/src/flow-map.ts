/** Sources, sinks and transfers of data flows, from what people wrote in `data/flows`. */
import type {
  CallPart,
  CallRules,
  FlowMap,
  PathKind,
  SinkKind,
  SinkRule,
  SourceKind,
  SourceRule,
  TransferRule,
} from "@capdiff/analyzer";
import fileData from "../data/flows/files.json" with { type: "json" };
import pathData from "../data/flows/paths.json" with { type: "json" };
import sinkData from "../data/flows/sinks.json" with { type: "json" };
import sourceData from "../data/flows/sources.json" with { type: "json" };
import transferData from "../data/flows/transfers.json" with { type: "json" };

/** A part of a call as it is written: `receiver`, `argument 1`, `arguments`, `arguments 2` (from that one on), `results`. */
type Written = string;

interface WrittenSource {
  readonly kind: string;
  readonly note: string;
  readonly names: readonly string[];
  /** All results if absent. */
  readonly gives?: readonly Written[];
  readonly path?: number;
  readonly named?: number;
  readonly passes?: boolean;
}

interface WrittenSink {
  readonly kind: string;
  readonly note: string;
  readonly names: readonly string[];
  readonly takes: readonly Written[];
  readonly handle?: boolean;
  readonly file?: number;
  readonly program?: number;
  readonly address?: boolean;
}

interface WrittenTransfers {
  readonly note: string;
  readonly names: readonly string[];
  readonly flows: readonly { readonly from: readonly Written[]; readonly to: readonly Written[] }[];
}

interface WrittenTypes {
  readonly kind: string;
  readonly types: readonly string[];
}

const sources: readonly WrittenSource[] = sourceData.sources;
const sinks: readonly WrittenSink[] = sinkData.sinks;
const transfers: readonly WrittenTransfers[] = transferData.transfers;

/** The map that is built in. */
export const flowMap: FlowMap = createFlowMap();

function createFlowMap(): FlowMap {
  const rules = rulesByName();
  const typeSources = byType<SourceKind>(sourceData.parameters);
  const typeSinks = byType<SinkKind>(sinkData.parameters);
  const shells = new Set(sinkData.shells.programs);
  const { secretNames, secretKeys } = sourceData;
  const secrets = new RegExp(`(?:^|[a-z])(?:${secretNames.words.join("|")})s?$`, "u");
  const keys = new RegExp(
    `(?<!${secretKeys.harmless.join("|")})(?:${[...secretNames.words, ...secretKeys.words].join("|")})$`,
    "u",
  );
  const methods = new Map(
    sourceData.methods.flatMap(({ kind, names, type }) =>
      // As above.
      names.map((name) => [`${name} ${type}`, kind as SourceKind] as const),
    ),
  );
  const whole: Readonly<Record<PathKind, RegExp>> = {
    credential: new RegExp(pathData.credential.join("|"), "u"),
    startup: new RegExp(pathData.startup.join("|"), "u"),
  };
  return {
    callRules: (id) => rules.get(id),
    typeSource: (type) => typeSources.get(type),
    typeSink: (type) => typeSinks.get(type),
    methodSource: (method, type) => methods.get(`${method} ${type}`),
    isSecretKey: (name) => keys.test(name.slice(0, longestKey).replaceAll(/[-_]/g, "").toLowerCase()),
    isSecret: (name) => secrets.test(name.replaceAll("_", "").toLowerCase()),
    pathKinds: (text) => {
      if (text.length < shortestPath) return [];
      const path = text.replaceAll("\\", "/").replaceAll(/\/+/g, "/").slice(0, longestPath).toLowerCase();
      return kinds.filter((kind) => whole[kind].test(path));
    },
    isShell: (program) => shells.has(program.toLowerCase()),
  };
}

const kinds: readonly PathKind[] = ["credential", "startup"];
const longestKey = 100;
const shortestPath = 4;
const longestPath = 1000;

function rulesByName(): ReadonlyMap<string, CallRules> {
  const found = new Map<
    string,
    {
      sources: SourceRule[];
      sinks: SinkRule[];
      transfers?: TransferRule[];
      reads?: number;
      escapes?: true;
      callsBack?: true;
      home?: "always" | readonly string[];
      walks?: number;
      joins?: true;
      removes?: NonNullable<CallRules["removes"]>;
      finds?: true;
    }
  >();
  const at = (name: string) => {
    const known = found.get(name) ?? { sources: [], sinks: [] };
    found.set(name, known);
    return known;
  };
  for (const one of sources) for (const name of one.names) at(name).sources.push(sourceRule(one));
  for (const one of sinks) for (const name of one.names) at(name).sinks.push(sinkRule(one));
  for (const { names, flows } of transfers) {
    const stated = flows.map(({ from, to }) => ({ from: from.map(callPart), to: to.map(callPart) }));
    for (const name of names) {
      const known = at(name);
      known.transfers = [...(known.transfers ?? []), ...stated];
    }
  }
  for (const name of transferData.readsFiles.names) at(name).reads = 0;
  for (const name of transferData.escapes.names) at(name).escapes = true;
  for (const name of transferData.finds.names) at(name).finds = true;
  for (const name of fileData.homes.names) at(name).home = "always";
  for (const name of fileData.variables.names) at(name).home = fileData.variables.values;
  for (const name of fileData.joins.names) at(name).joins = true;
  for (const name of fileData.walks.names) at(name).walks = 0;
  for (const { names, ...rule } of fileData.removes) for (const name of names) at(name).removes = rule;
  for (const name of transferData.callsBack.names) at(name).callsBack = true;
  return found;
}

function sourceRule({ kind, gives = ["results"], path, named, passes = false }: WrittenSource): SourceRule {
  // A test holds the kinds in the data against those that there are.
  const known = kind as SourceKind;
  return {
    kind: known,
    gives: gives.map(callPart),
    passes,
    ...(path !== undefined && { path }),
    ...(named !== undefined && { named }),
  };
}

function sinkRule({ kind, takes, handle = false, address = false, file, program }: WrittenSink): SinkRule {
  return {
    // As above.
    kind: kind as SinkKind,
    takes: takes.map(callPart),
    handle,
    address,
    ...(file !== undefined && { file }),
    ...(program !== undefined && { program }),
  };
}

function byType<Kind>(lists: readonly WrittenTypes[]): ReadonlyMap<string, Kind> {
  // As above.
  return new Map(lists.flatMap(({ kind, types }) => types.map((type) => [type, kind as Kind] as const)));
}

/** Throws for one that is not written as `Written` says: that is a mistake in the data. */
export function callPart(written: Written): CallPart {
  const [of = "", number] = written.split(" ");
  const index = Number(number ?? 0);
  if (of === "receiver" && number === undefined) return { of };
  if ((of === "arguments" || of === "results") && index >= 0) return { of, from: index };
  if ((of === "argument" || of === "result") && number !== undefined && index >= 0) return { of, index };
  throw new Error(`"${written}" is no part of a call`);
}

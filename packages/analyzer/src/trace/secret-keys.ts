/**
 * Headers that are looked up by the index: `r.Header["Authorization"]`. Facts of flows have no keys, so that code tells
 * whether a function takes something under such a key; the headers and forms that it has are it then.
 */
import type { LinkedFunction } from "../link/edge.ts";
import { plainName, signatureAt } from "../link/signatures.ts";
import { decodeCode } from "../model/code-facts.ts";
import { firstShared, nothing, type PlaceNumber } from "../model/flow-facts.ts";
import { holderName } from "./places.ts";

export interface KeyedPlace {
  readonly name: string;
  readonly to: PlaceNumber;
}

/** Forms of code that are looked at, of one function. */
const formLimit = 100_000;

/** Types of what has such keys, and structs with fields of these. */
const keyed: ReadonlySet<string> = new Set(["net/http.Header", "net/textproto.MIMEHeader", "net/url.Values"]);
const holders: ReadonlySet<string> = new Set(["net/http.Request", "net/http.Response"]);
const fields: ReadonlySet<string> = new Set(["Header", "Trailer", "Form", "PostForm"]);

/** The places in a function of what has a secret's name as its key. `code` is that of the function around it. */
export function keyedPlaces(
  declared: LinkedFunction,
  code: string | undefined,
  isSecretKey: (name: string) => boolean,
): readonly KeyedPlace[] {
  if (code === undefined) return [];
  const places = [...loadedFields(declared), ...keyedParameters(declared)].filter((to) => to >= 0);
  const name = places.length === 0 ? undefined : secretKeyIn(code, isSecretKey);
  return name === undefined ? [] : places.map((to) => ({ name, to }));
}

function loadedFields({ facts, pkg }: LinkedFunction): PlaceNumber[] {
  const { load = [] } = facts.flows ?? {};
  const found: PlaceNumber[] = [];
  for (let at = 0; at < load.length; at += 3) {
    const [kind, holder, name] = pkg.places[firstShared - (load[at + 1] ?? 0)] ?? [];
    if (kind !== "field" || typeof holder !== "number" || typeof name !== "string") continue;
    if (fields.has(name) && holders.has(holderName(pkg, holder))) found.push(load[at] ?? nothing);
  }
  return found;
}

function keyedParameters({ facts, pkg }: LinkedFunction): PlaceNumber[] {
  const { parameters = [] } = signatureAt(pkg, facts.signature) ?? {};
  const receivers = facts.kind === "method" ? 1 : 0;
  return parameters.flatMap((type, index) =>
    keyed.has(plainName(pkg, pkg.types[type]))
      ? [facts.flows?.parameters?.[index + receivers] ?? nothing]
      : [],
  );
}

/** The first key that is written out and secret. */
function secretKeyIn(text: string, isSecretKey: (name: string) => boolean): string | undefined {
  const open: unknown[] = [decodeCode(text)];
  // A stack instead of recursion: code is as deep as somebody wrote it.
  for (let form = open.pop(), forms = 0; form !== undefined && forms < formLimit; form = open.pop()) {
    if (!Array.isArray(form)) continue;
    forms++;
    // Nested arrays of whatever forms there are.
    const parts = form as readonly unknown[];
    const [kind, , key] = parts;
    if (kind === "index" && Array.isArray(key) && key[0] === "s" && isSecretKey(String(key[1])))
      return String(key[1]);
    for (let at = parts.length - 1; at >= 0; at--) if (parts[at] !== null) open.push(parts[at]);
  }
  return undefined;
}

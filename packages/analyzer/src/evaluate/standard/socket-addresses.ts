/** Addresses of sockets: packages net and net/netip, and the structs that connections are made with. */
import { bytesList } from "../conversions.ts";
import { lifted, withHoles } from "../lifted.ts";
import { type Machine, newCell } from "../machine.ts";
import { itemsOf, load } from "../places.ts";
import {
  alternatives,
  combined,
  either,
  failure,
  type Known,
  nil,
  type Origin,
  type Struct,
  text,
  tuple,
  unknown,
  unknownOf,
  type Value,
} from "../values.ts";
import { made, of, type Standard, type Table } from "./native.ts";

/** A host with a port. */
const sockets: ReadonlySet<string> = new Set(["net.TCPAddr", "net.UDPAddr", "net/netip.AddrPort"]);

/** Under these names a struct has what it was made of: a host, or the whole address. */
const [hostField, wholeField] = ["$host", "$"];

/** What is written part by part is one constant: nothing was worked out but its notation. */
function spelled(origins: readonly Origin[]): Origin {
  const all = combined(origins, 0);
  return all.by === 0 ? { by: 0, pieces: Math.min(1, all.pieces) } : all;
}

/** The address that a struct of a socket, or a pointer to one, stands for; undefined of others. */
export function socketAddress(machine: Machine, one: Known): Value | undefined {
  const held = one.kind === "pointer" ? load(machine, one) : one;
  if (held.kind !== "struct" || !sockets.has(held.named)) return undefined;
  return written(machine, held);
}

function written(machine: Machine, { fields }: Struct): Value {
  const whole = fields.get(wholeField);
  if (whole !== undefined) return whole;
  const host = fields.get(hostField) ?? hostOf(machine, fields.get("IP") ?? nil);
  const port = fields.get("Port");
  if (port === undefined) return host;
  return withHoles([host, port], (name, number) => {
    if (name?.kind !== "text" || (number?.kind !== "int" && number?.kind !== "text")) return unknown;
    const inside = name.text.includes(":") ? `[${name.text}]` : name.text;
    const behind = number.kind === "int" ? number.int : number.text;
    return text(`${inside}:${behind}`, spelled([name.origin, number.origin]));
  });
}

/** A net.IP as it is written. */
function hostOf(machine: Machine, ip: Value): Value {
  const all = alternatives(ip).map((one): Value => {
    if (one.kind === "nil") return text("", { by: 0, pieces: 0 });
    const items = one.kind === "list" ? itemsOf(machine, one) : undefined;
    return items === undefined ? unknown : lifted(items, (...known) => dotted(known));
  });
  return all.length === 0 ? unknownOf([ip]) : either(all);
}

function dotted(known: readonly Known[]): Value {
  const bytes = known.filter((one) => one.kind === "int");
  if (bytes.length < known.length) return unknown;
  const numbers = bytes.map(({ int }) => Number(int & 0xffn));
  const origin = spelled(bytes.map((one) => one.origin));
  if (numbers.length === 4) return text(numbers.join("."), origin);
  if (numbers.length !== 16) return unknown;
  if (numbers.slice(0, 10).every((one) => one === 0) && numbers[10] === 255 && numbers[11] === 255)
    return text(numbers.slice(12).join("."), origin);
  const groups = Array.from(
    { length: 8 },
    (_, at) => (numbers[2 * at] ?? 0) * 256 + (numbers[2 * at + 1] ?? 0),
  );
  return text(groups.map((one) => one.toString(16)).join(":"), origin);
}

const fourBytes: Standard = (machine, given) =>
  lifted(given.slice(0, 4), (...known) => {
    const bytes = known.filter((one) => one.kind === "int");
    if (bytes.length !== 4) return unknown;
    const all = bytes.map(({ int }) => String.fromCharCode(Number(int & 0xffn))).join("");
    return bytesList(machine, all, spelled(bytes.map((one) => one.origin)));
  });

const parseIp = of((machine, one) => {
  if (one?.kind !== "text") return unknown;
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/u.exec(one.text)?.slice(1).map(Number);
  if (parts === undefined || parts.some((part) => part > 255)) return unknown;
  return bytesList(machine, String.fromCharCode(...parts), one.origin);
});

function socket(machine: Machine, named: string, fields: readonly (readonly [string, Value])[]): Value {
  return {
    kind: "pointer",
    at: newCell(machine, { kind: "struct", named, fields: new Map(fields) }),
    path: [],
  };
}

/** An address that is resolved is the one that is written. */
function resolved(named: string): Standard {
  return (machine, [, address = unknown]) => tuple(socket(machine, named, [[wholeField, address]]), nil);
}

function fromAddrPort(named: string): Standard {
  return (machine, [given = unknown]) =>
    lifted([given], (one) => {
      const address = socketAddress(machine, one);
      return address === undefined ? unknown : socket(machine, named, [[wholeField, address]]);
    });
}

function struct(named: string, ...fields: readonly (readonly [string, Value])[]): Value {
  return { kind: "struct", named, fields: new Map(fields) };
}

const [addr, addrPort] = ["net/netip.Addr", "net/netip.AddrPort"];

const addrOf: Standard = (_, [given = unknown]) => struct(addr, [hostField, given]);

const addrOfBytes = of((_, one) =>
  one?.kind === "array" ? struct(addr, [hostField, lifted(one.items, (...known) => dotted(known))]) : unknown,
);

const addrPortFrom = of((_, host, port) =>
  host?.kind === "struct" && host.named === addr && port !== undefined
    ? struct(addrPort, [hostField, host.fields.get(hostField) ?? unknown], ["Port", port])
    : unknown,
);

const string: Standard = (machine, _, receiver) =>
  lifted([receiver], (one) => {
    const held = one.kind === "pointer" ? load(machine, one) : one;
    if (held.kind === "struct") return written(machine, held);
    return one.kind === "list" ? hostOf(machine, one) : unknown;
  });

const splitHostPort = of((_, one) => {
  if (one?.kind !== "text") return tuple(unknown, unknown, unknown);
  const [, bracketed, plain, port = ""] = /^(?:\[([^\]]*)\]|([^:[\]]*)):([^:]*)$/u.exec(one.text) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined) return tuple(text(""), text(""), failure);
  return tuple(made(host, [one], 0), made(port, [one], 0), nil);
});

const same: Standard = (_, __, receiver) => receiver;

export const socketAddresses: Table = {
  "net.IPv4": fourBytes,
  "net.ParseIP": parseIp,
  "(net.IP).To4": same,
  "(net.IP).To16": same,
  "(net.IP).String": string,
  "net.SplitHostPort": splitHostPort,
  "net.ResolveTCPAddr": resolved("net.TCPAddr"),
  "net.ResolveUDPAddr": resolved("net.UDPAddr"),
  "net.TCPAddrFromAddrPort": fromAddrPort("net.TCPAddr"),
  "net.UDPAddrFromAddrPort": fromAddrPort("net.UDPAddr"),
  "(*net.TCPAddr).String": string,
  "(*net.UDPAddr).String": string,
  "net/netip.ParseAddr": (machine, given, receiver) => tuple(addrOf(machine, given, receiver), nil),
  "net/netip.MustParseAddr": addrOf,
  "net/netip.AddrFrom4": addrOfBytes,
  "net/netip.AddrFrom16": addrOfBytes,
  "(net/netip.Addr).String": string,
  "net/netip.AddrPortFrom": addrPortFrom,
  "net/netip.ParseAddrPort": (_, [given = unknown]) => tuple(struct(addrPort, [wholeField, given]), nil),
  "net/netip.MustParseAddrPort": (_, [given = unknown]) => struct(addrPort, [wholeField, given]),
  "(net/netip.AddrPort).String": string,
};

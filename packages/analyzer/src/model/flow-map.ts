/** What the rules say of where data comes from, where it goes, and what functions without a body do with it. */
import type { SinkKind, SourceKind } from "./flow.ts";

/** A part of a call. A number counts from 0, the receiver left out. */
export type CallPart =
  | { readonly of: "receiver" }
  | { readonly of: "argument" | "result"; readonly index: number }
  /** All of them from that one on. */
  | { readonly of: "arguments" | "results"; readonly from: number };

/** What a call brings. */
export interface SourceRule {
  readonly kind: SourceKind;
  /** Where it brings it to: results; or the receiver or an argument, into which it is written. */
  readonly gives: readonly CallPart[];
  /** Only where this argument is the path of such a file. */
  readonly path?: number;
  /** Only where this argument is the name of a header, cookie or value that is secret; the source is called so then. */
  readonly named?: number;
  /** What goes in comes out as well: a decoder. */
  readonly passes: boolean;
}

/** What a call does with what it is given. */
export interface SinkRule {
  readonly kind: SinkKind;
  readonly takes: readonly CallPart[];
  /** It is what is written into the result later, and not the call itself, that matters. */
  readonly handle: boolean;
  /** The argument that names a file: it is written, or run, there. */
  readonly file?: number;
  /** The argument that is the program: a shell or an interpreter makes it a `shell`. */
  readonly program?: number;
  /** It is an address: after a host that is written out the rest is sent, and leads nowhere else. */
  readonly address: boolean;
}

/** From where to where a function moves data. */
export interface TransferRule {
  readonly from: readonly CallPart[];
  readonly to: readonly CallPart[];
}

/** All that is said of a function or method. */
export interface CallRules {
  readonly sources: readonly SourceRule[];
  readonly sinks: readonly SinkRule[];
  /** Undefined: what its signature suggests. */
  readonly transfers?: readonly TransferRule[];
  /** The file that this argument names is read: what was written there comes out. */
  readonly reads?: number;
  /** What comes out are paths of files where the arguments say. */
  readonly finds?: true;
  /** The first result is the folder of a user: always, or where the first argument is one of these. */
  readonly home?: "always" | readonly string[];
  /** The first result is the path that its arguments make together. */
  readonly joins?: true;
  /** It finds the files below the folder that this argument names: it calls what it is given with them, or they are the first result. */
  readonly walks?: number;
  /** It removes, empties or overwrites the file that an argument names; all below it; only where another argument has flags to write. */
  readonly removes?: { readonly argument: number; readonly all: boolean; readonly writes?: number };
  /** Functions in a map that it is given are called with what is written into the receiver. */
  readonly callsBack?: true;
  /** What comes out is escaped or encoded: in an address it is what is sent, and not where to. */
  readonly escapes?: true;
}

/** What the path of a file says of it. */
export type PathKind = "credential" | "startup";

/** Made by the rules from data; the analyzer only asks. Look-ups are O(1) but for `pathKinds`. */
export interface FlowMap {
  /** Of a function or method, also of an interface, by its id. */
  readonly callRules: (id: string) => CallRules | undefined;
  /** What a parameter of that type brings. */
  readonly typeSource: (type: string) => SourceKind | undefined;
  /** What is written into a parameter of that type. */
  readonly typeSink: (type: string) => SinkKind | undefined;
  /** Whether something of that name is likely a secret. */
  readonly isSecret: (name: string) => boolean;
  /** Whether a header, cookie or value of a form of that name is likely one. */
  readonly isSecretKey: (name: string) => boolean;
  /** What a method of that name brings with a parameter of that type; undefined where its type alone tells. */
  readonly methodSource: (method: string, type: string) => SourceKind | undefined;
  /** What the text, or a piece of a path, says of the file. */
  readonly pathKinds: (text: string) => readonly PathKind[];
  /** Whether a program of that name takes commands, or code, as arguments. */
  readonly isShell: (program: string) => boolean;
}

/** Data flows: what a program reads, and what it does with it. */
import type { Builds, Certainty, Site } from "./stated.ts";

/**
 * Where data comes from: `network` (bodies, connections, DNS records), `request` (what a server of the program is
 * sent), `traffic` (requests that the program sends, where a transport of its own gets them), `environment`, `credential`
 * (files and stores that hold secrets), `host` (facts about the machine), `secret` (parameters, fields, headers and cookies
 * that are named like secrets), `found` (paths of files below the folder of a user, or the root), `embedded` (files in the program), `decoded` (decoded or decrypted data), `downloaded` (a file
 * that was written with what came from the network).
 */
export type SourceKind =
  | "network"
  | "request"
  | "traffic"
  | "environment"
  | "credential"
  | "host"
  | "secret"
  | "found"
  | "embedded"
  | "decoded"
  | "downloaded";

/**
 * What is done with data: `exec` (a program, or its arguments or input), `shell` (a line for a shell or an interpreter),
 * `load` (a plugin or library), `startup` (a file that is run or read at start, or that decides what others run), `file` (any
 * other file), `send` (what is written to the network), `destination` (where to connect to), `memory` (made executable),
 * `syscall` (a raw system call), `remove` (a file that is removed, emptied or written over), `trust` (an authority whose certificates are trusted).
 */
export type SinkKind =
  | "exec"
  | "shell"
  | "load"
  | "startup"
  | "file"
  | "send"
  | "destination"
  | "memory"
  | "syscall"
  | "remove"
  | "trust";

/** One end of a flow. */
export interface FlowEnd {
  /** The function that is called there, `(pkg.T).M` of methods, or the variable, parameter or field. */
  readonly name: string;
  /** The function that it is in, as in `Step`. */
  readonly function: string;
  /** The import path of that function. */
  readonly package: string;
  /** `path@version` of the module that it is in, if that is not the one that is analysed. */
  readonly module?: string;
  /** Where it is. */
  readonly site: Site;
}

/** From where to where data may get. */
export interface Flow {
  /** Where it comes from. */
  readonly source: FlowEnd & {
    /** What sort of data it is. */
    readonly kind: SourceKind;
  };
  /** What is done with it. */
  readonly sink: FlowEnd & {
    /** What sort of use it is. */
    readonly kind: SinkKind;
    /** Which argument it is, from 0, the receiver left out; absent of a receiver or field. */
    readonly argument?: number;
  };
  /** Where it passes from one function to another, in order; empty if both ends are in one. */
  readonly steps: readonly FlowStep[];
  /** `static`: only along variables, calls of known functions and their results; `dynamic`: through fields, containers or calls that depend on values. */
  readonly certainty: Certainty;
  /** The builds in which it is one. */
  readonly builds: Builds;
}

/** A place that a flow passes. */
export interface FlowStep {
  /** The function that the place is in. */
  readonly function: string;
  /** `call`: into a function as an argument; `return`: out of it; `store` and `load`: through a field, an element or a package variable. */
  readonly how: "call" | "return" | "store" | "load";
  /** The function that is called, or the field or variable. */
  readonly name: string;
  /** `path@version` of the module that it is in, if that is not the one that is analysed. */
  readonly module?: string;
  /** Where it is. */
  readonly site: Site;
}

/** A value that was worked out by evaluating code that only computes. */
export interface Folded {
  /** A string, as text; bytes that are no UTF-8 as `\xNN`; a number or boolean in Go's notation. Cut to 400 characters. */
  readonly value: string;
  /** By which operations it was put together, each once, sorted; empty if it was only handed on. */
  readonly by: readonly FoldOperation[];
  /** Of how many constants it was put together. */
  readonly pieces: number;
  /** Parts of it are not known: `…` stands for each. */
  readonly partial?: true;
}

/** How a value was put together. */
export type FoldOperation =
  | "base64"
  | "bytes"
  | "concatenation"
  | "decryption"
  | "format"
  | "hex"
  | "indexing"
  | "join"
  | "loop"
  | "number"
  | "repeat"
  | "replace"
  | "reverse"
  | "split"
  | "xor";

/**
 * Code that V8 made of the program, on disk in the user's cache folder: one file for each program and each V8 that
 * may run it. What is there is run as it is, so it is taken only if it is whole and nobody else can have written it.
 */
import { randomBytes } from "node:crypto";
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { isAbsolute, join } from "node:path";
import { cachedDataVersionTag } from "node:v8";
import { crc32 } from "node:zlib";
import { userFolder } from "@capdiff/modules";

export interface KeptCode {
  readonly code: Buffer;
  /** Milliseconds of work of the run that it is of. */
  readonly cost: number;
}

export interface CodeStore {
  /** Undefined if there is none. Never throws. */
  readonly read: () => KeptCode | undefined;
  /** Never throws: what cannot be kept is made again. */
  readonly write: (kept: KeptCode) => void;
}

/** Files of other programs and versions that are kept. */
const others = 4;

/** Where it is kept for the user who runs this; undefined without a home. */
export function codeFolder(): string | undefined {
  const { env, platform } = process;
  const base = userFolder({ env, platform }, "cache");
  return base !== undefined && isAbsolute(base) ? join(base, "capdiff", "code") : undefined;
}

/** The store of a program, by a name that differs when its source does. */
export function codeStore(folder: string, program: string): CodeStore {
  const file = join(folder, `${program}-${process.version}-${process.arch}-${cachedDataVersionTag()}`);
  return {
    read: () => quietly(() => parsed(readOwn(file))),
    write: (kept) =>
      quietly(() => {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writeWhole(file, Buffer.concat([Buffer.from(head(kept)), kept.code]));
        removeOldest(folder);
      }),
  };
}

function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

const magic = "capdiff code 1";

function head({ code, cost }: KeptCode): string {
  return `${magic} ${crc32(code).toString(16)} ${cost}\n`;
}

function parsed(bytes: Buffer): KeptCode | undefined {
  const end = bytes.indexOf("\n") + 1;
  const line = bytes.toString("latin1", 0, end);
  const kept = { code: bytes.subarray(end), cost: Number(line.slice(line.lastIndexOf(" "))) };
  return line === head(kept) ? kept : undefined;
}

function readOwn(file: string): Buffer {
  const handle = openSync(file, "r");
  try {
    if (!isOwn(fstatSync(handle))) throw new Error("others may have written it");
    return readFileSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Where the system knows users: a file of this one, that no other may change. */
function isOwn({ uid, mode }: Stats): boolean {
  const user = process.getuid?.();
  return user === undefined || (uid === user && (mode & 0o022) === 0);
}

function writeWhole(file: string, bytes: Uint8Array): void {
  const temporary = `${file}.${process.pid}-${randomBytes(6).toString("hex")}.tmp`;
  try {
    writeFileSync(temporary, bytes, { flag: "wx", mode: 0o600 });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function removeOldest(folder: string): void {
  const files = readdirSync(folder).map((name) => join(folder, name));
  const dated = files.map((file) => ({ file, time: statSync(file).mtimeMs }));
  dated.sort((a, b) => b.time - a.time);
  for (const { file } of dated.slice(1 + others)) rmSync(file, { force: true });
}

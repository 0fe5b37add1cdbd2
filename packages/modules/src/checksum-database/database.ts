/**
 * A checksum database that is not trusted to be honest alone: what it says of a module counts once it is signed,
 * is in the tree that was signed, and that tree holds all that was signed before. A database that contradicts
 * itself is a hard error, and what proves it is kept.
 */
import type { Configuration } from "../configuration.ts";
import { escapePath, escapeVersion } from "../escape.ts";
import type { TaskOptions } from "../module-copy.ts";
import { printable } from "../printable.ts";
import { SourceError } from "../source-error.ts";
import type { ModuleVersion } from "../zip.ts";
import { type DatabaseDisk, databaseDisk } from "./disk.ts";
import type { DatabaseSetting } from "./setting.ts";
import { openTreeHead, type TreeHead, type VerifierKey } from "./signed-note.ts";
import { authenticTiles } from "./tiles.ts";
import { databaseTransport, type ReadRemote } from "./transport.ts";
import { hashAt, leafHash, type ReadTile, TILE_WIDTH, treeRoot } from "./tree.ts";

/** An open database. */
export interface ChecksumDatabase {
  readonly name: string;
  /**
   * The go.sum lines that the database has for the version: of the zip and of go.mod. Rejects with a `SourceError`:
   * `checksum-fork` and `checksum-bad-answer` are about the database, anything else means that it cannot be asked.
   */
  lookUp(module: ModuleVersion, task?: TaskOptions): Promise<readonly string[]>;
}

/** Opens a database. Asks nothing before the first look-up; every look-up of a version is made once. */
export function openDatabase(setting: DatabaseSetting, configuration: Configuration): ChecksumDatabase {
  const disk = databaseDisk(configuration.cacheDir, setting.name);
  const remote = databaseTransport(setting, configuration);
  const parts: Parts = { setting, disk, remote, openHead: noteOpener(setting) };
  const heads = consistentHeads(parts);
  const answers = new Map<string, Promise<readonly string[]>>();
  return {
    name: setting.name,
    lookUp: (module, task = {}) => {
      const key = `lookup/${escapePath(module.path)}@${escapeVersion(module.version)}`;
      const answer = answers.get(key) ?? lookUp({ key, module, task }, { ...parts, heads });
      answers.set(key, answer);
      return answer;
    },
  };
}

interface Parts {
  readonly setting: DatabaseSetting;
  readonly disk: DatabaseDisk;
  readonly remote: ReadRemote;
  /** Gives the tree head of a signed note, or throws a `SourceError`. */
  readonly openHead: (note: string) => TreeHead;
}

/** Look-ups that were made at about one time come with one and the same note: its signature is verified once. */
function noteOpener(verifier: VerifierKey): Parts["openHead"] {
  const known = new Map<string, TreeHead>();
  return (note) => {
    const head = known.get(note) ?? openTreeHead(note, verifier);
    known.set(note, head);
    return head;
  };
}

interface LookUp {
  readonly key: string;
  readonly module: ModuleVersion;
  readonly task: TaskOptions;
}

async function lookUp(asked: LookUp, parts: Parts & { readonly heads: Heads }): Promise<readonly string[]> {
  const kept = await parts.disk.read(asked.key);
  if (kept !== undefined) {
    try {
      const { lines, newest } = await authentic(kept, asked, parts);
      // It saves work the next time, where it can be written.
      if (!newest.equals(kept)) await parts.disk.write(asked.key, newest).catch(() => undefined);
      return lines;
    } catch (error) {
      // What is damaged on the disk is asked for again; a fork stays one.
      if (!(error instanceof SourceError) || error.code !== "checksum-bad-answer") throw error;
    }
  }
  const answer = Buffer.from(await parts.remote(asked.key, asked.task));
  const { lines, newest } = await authentic(answer, asked, parts);
  await parts.disk.write(asked.key, newest);
  return lines;
}

interface Authentic {
  readonly lines: readonly string[];
  /**
   * The answer with the note of the largest tree, that its own was compared with: of answers that are kept with one note only
   * one head needs to be compared the next time.
   */
  readonly newest: Buffer;
}

/** The record's lines about the module, once it was found in the tree. */
async function authentic(
  answer: Buffer,
  { module, task }: LookUp,
  { openHead, heads }: Pick<Parts, "openHead"> & { readonly heads: Heads },
): Promise<Authentic> {
  const { id, record, note } = parseLookUp(answer, module);
  const head = openHead(note);
  if (id >= head.size) throw badAnswer(module, "its number lies beyond the tree that was signed");
  const largest = await heads(head, task);
  const tile = await largest.tiles({ level: 0, index: Math.floor(id / TILE_WIDTH) });
  if (!leafHash(Buffer.from(record)).equals(hashAt(tile, id % TILE_WIDTH)))
    throw badAnswer(module, "it is not in the tree that was signed");
  const { path, version } = module;
  const lines = record
    .split("\n")
    .filter(
      (line) => line.startsWith(`${path} ${version} `) || line.startsWith(`${path} ${version}/go.mod `),
    );
  return { lines, newest: Buffer.from(`${id}\n${record}\n${largest.head.note}`) };
}

/** `id`, the record's lines, a blank line, the signed note. */
function parseLookUp(answer: Buffer, module: ModuleVersion): { id: number; record: string; note: string } {
  const text = answer.toString("utf8");
  const [, id = "", record = "", note = ""] =
    /^(0|[1-9][0-9]{0,14})\n((?:[^\n]+\n)+)\n(.*)$/su.exec(text) ?? [];
  if (note === "" || !Buffer.from(text).equals(answer)) throw badAnswer(module, "it is malformed");
  return { id: Number(id), record, note };
}

function badAnswer({ path, version }: ModuleVersion, why: string): SourceError {
  return new SourceError(
    "checksum-bad-answer",
    `the checksum database's record of ${printable(`${path}@${version}`)} is not used: ${why}`,
    { hint: "What answers is not the checksum database, or it was changed on the way." },
  );
}

/** Takes a signed head and gives the largest tree, once the two were found to belong together. */
type Heads = (head: TreeHead, task: TaskOptions) => Promise<Latest>;

interface Latest {
  readonly head: TreeHead;
  readonly tiles: ReadTile;
}

/** Heads are compared one after the other, each with the largest that was ever seen, by other processes too. */
function consistentHeads(parts: Parts): Heads {
  let latest: Latest | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  const seen = new Set<string>();
  let fork: SourceError | undefined;
  const advance = async (head: TreeHead, task: TaskOptions): Promise<Latest> => {
    // Who contradicted himself once is believed nothing more.
    if (fork !== undefined) throw fork;
    latest ??= await latestOnDisk(parts, task);
    if (latest !== undefined && seen.has(head.note)) return latest;
    latest = await joined(latest, head, { ...parts, task });
    seen.add(head.note);
    return latest;
  };
  return (head, task) => {
    const result = queue.then(() => advance(head, task));
    queue = result.catch((error: unknown) => {
      if (error instanceof SourceError && error.code === "checksum-fork") fork = error;
    });
    return result;
  };
}

async function latestOnDisk(parts: Parts, task: TaskOptions): Promise<Latest | undefined> {
  const note = await parts.disk.latestHead();
  if (note === undefined) return undefined;
  const head = parts.openHead(note);
  return { head, tiles: authenticTiles(head, { ...parts, task }) };
}

async function joined(
  latest: Latest | undefined,
  head: TreeHead,
  parts: Parts & { readonly task: TaskOptions },
): Promise<Latest> {
  const fresh: Latest = { head, tiles: authenticTiles(head, parts) };
  if (latest !== undefined && latest.head.size >= head.size) {
    await checkConsistent({ small: head, large: latest }, parts);
    return latest;
  }
  if (latest !== undefined) await checkConsistent({ small: latest.head, large: fresh }, parts);
  await parts.disk.addHead(head.size, head.note);
  // Another process may have seen a larger tree meanwhile: the two must belong together as well.
  const other = await latestOnDisk(parts, parts.task);
  if (other !== undefined && other.head.note !== head.note && other.head.size >= head.size) {
    await checkConsistent({ small: head, large: other }, parts);
    return other;
  }
  await parts.disk.dropHeadsBelow(head.size);
  return fresh;
}

async function checkConsistent(
  { small, large }: { readonly small: TreeHead; readonly large: Latest },
  { disk, setting }: Parts,
): Promise<void> {
  const isSameSize = small.size === large.head.size;
  const root = isSameSize ? large.head.root : await treeRoot(small.size, large.tiles);
  if (root.equals(small.root)) return;
  const place = await disk.keepEvidence(`${small.note}\n${large.head.note}`);
  throw new SourceError(
    "checksum-fork",
    `the checksum database ${printable(setting.name)} contradicts itself: it signed two trees that cannot both be true, of ${small.size} and of ${large.head.size} records`,
    {
      hint: `Somebody is shown other sums than everybody else. Use nothing that it vouches for, and tell who runs it${place === undefined ? "" : `: both signed notes are in ${printable(place)}`}.`,
    },
  );
}

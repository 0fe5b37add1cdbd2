import type { CallSiteChange, Evidence, Rule } from "@capdiff/analyzer";
import { atCall, atEnd, atStep, ownName, shortName, waysIn } from "./places.ts";
import { allValues, linesOf, shown } from "./shell-line.ts";
import { nameOf } from "./shell-programs.ts";
import { longestLine, pipelinesIn } from "./shell-words.ts";

export const filesWiped: Rule = {
  id: "files-wiped",
  title: "Files that are not the program's own are removed or written over",
  tier: "block",
  seen: "What is found below the folder of a user, or the root of a file system, is newly removed, emptied or written over; or all of it is, or a disk is, by a call or by a command. It blocks where that happens without being called; what the old version did informs.",
  why: "A wiper, or a program that holds files to ransom, needs no network and no other program.",
  benign: [
    "cleaners of whole folders, which are asked to",
    "formatters and other tools that begin at the folder of the user unless told otherwise",
  ],
  references: [
    "prototransform, go-mcp and tlsproxy copies: a script that overwrites the disk (public reports, May 2025)",
  ],
  *find(evidence) {
    const { changes, mode } = evidence;
    const now = mode === "single" ? "" : "now ";
    for (const change of changes) {
      if (change.kind === "flow" && change.change === "added") {
        const { source, sink, steps, certainty, builds } = change.flow;
        if (source.kind !== "found" || sink.kind !== "remove") continue;
        yield {
          tier: evidence.hadFlow("found", "remove") ? "inform" : tierOf(evidence, sink.function),
          certainty,
          message: `\`${ownName(sink.function)}\` ${now}removes or writes over what is below the folder of a user or the root (${shortName(source.name)} to ${shortName(sink.name)})`,
          locations: [
            atEnd(sink, "removes or writes over it"),
            atEnd(source, "finds it"),
            ...steps.map(atStep),
            ...waysIn(evidence.waysTo(sink.function)),
          ],
          builds,
          flow: change.flow,
          about: [source.name, sink.name],
        };
      } else if (change.kind === "call-site" && (change.change === "added" || change.change === "changed")) {
        const wiped = wipedBy(change);
        if (wiped === undefined) continue;
        yield {
          tier: didBefore(evidence, wiped) ? "inform" : tierOf(evidence, change.function),
          certainty: "static",
          message: `\`${ownName(change.function)}\` ${now}removes or writes over all that there is: ${shown(wiped)}`,
          locations: [atCall(change), ...waysIn(evidence.waysTo(change.function))],
          builds: change.builds,
          values: [wiped],
          about: [change.terminal.name, wiped],
        };
      }
    }
  },
};

const removes = /^os\.RemoveAll$/u;

/** The root of a file system, or the folder of all users or of one. */
const everything = /^(?:\/|[a-z]:[\\/]*|~|\/(?:home|root|users|etc|var|usr|boot)\/?)$/iu;

/** A disk, or a part of one. */
const disk = /^\/dev\/(?:sd|hd|vd|xvd|nvme|mmcblk|r?disk)[\da-z]+$/u;

/** Whether a call writes over the file that its first argument names, or opens it for that. */
function writesOver({ terminal: { name }, arguments: given }: CallSiteChange): boolean {
  if (/^(?:os\.(?:WriteFile|Create)|io\/ioutil\.WriteFile)$/u.test(name)) return true;
  if (!/^(?:os\.OpenFile|(?:syscall|golang\.org\/x\/sys\/unix)\.Open)$/u.test(name)) return false;
  return given
    .slice(1, 2)
    .flatMap(allValues)
    .some((flags) => (Number(flags) & 3) !== 0);
}

/** What `rm` is given for that, without quotes. */
const allFiles = /^(?:\/|~|\$HOME|\$\{HOME\}|\/(?:home|root|etc|var|usr|boot|users)(?=[/*]|$))\/?\*?$/iu;

/** Whether a line has an `rm` with folders in them, of which one is all there is. */
function removesAll(line: string): boolean {
  if (!line.includes("rm")) return false;
  return pipelinesIn(line.slice(0, longestLine)).some((pipeline) =>
    pipeline.flat().some(({ words }) => {
      const texts = words.map(({ text }) => text);
      const given = texts.slice(texts.findIndex((one) => nameOf(one) === "rm") + 1);
      if (given.length === texts.length) return false;
      return (
        given.some((one) => /^(?:-\w*[rR]\w*|--recursive)$/u.test(one)) &&
        given.some((one) => allFiles.test(one))
      );
    }),
  );
}

/** Other commands that do so. Lengths are bounded, so that a long line costs little. */
const commands = [
  /\bdd\s[^;&|]{0,200}\bof=\/dev\/(?:sd|hd|vd|nvme|mmcblk|disk)/u,
  /(?:^|[\s;&|/])mkfs(?:\.\w{1,20})?\s[^;&|]{0,200}\/dev\//u,
  /\bshred\s[^;&|]{0,200}\/dev\//u,
  /\bfind\s{1,9}["']?(?:\/|~|\$\{?HOME\}?)["']?\s[^;&|]{0,200}(?:-delete\b|-exec(?:dir)?\s{1,9}(?:rm|shred|truncate)\b)/u,
];

/** The command, or the folder, by which a call does so. */
function wipedBy(change: CallSiteChange): string | undefined {
  const { terminal, arguments: given, capabilities } = change;
  if (removes.test(terminal.name)) return given.flatMap(allValues).find((one) => everything.test(one));
  if (writesOver(change))
    return given
      .slice(0, 1)
      .flatMap(allValues)
      .find((one) => disk.test(one));
  if (!capabilities.some((one) => one.startsWith("EXEC"))) return undefined;
  return linesOf(change).findLast((line) => removesAll(line) || commands.some((one) => one.test(line)));
}

function didBefore({ oldUses }: Evidence, wiped: string): boolean {
  // What is not known is no value.
  const known = wiped.split("…").map((part) => part.trim());
  return oldUses.some(({ values }) => known.every((part) => values.join(" ").includes(part)));
}

function tierOf({ mode, waysTo }: Evidence, fn: string) {
  const isUnasked = waysTo(fn).atStart.length > 0;
  if (mode === "single") return isUnasked ? "review" : "inform";
  return isUnasked ? "block" : "review";
}

/**
 * Instructions for coding agents: lines that have them run something that is fetched or encoded, or that name a file with
 * credentials; where a line fetches a file that a later one runs, both as one. Whether a line asks for it, or warns of it, is for
 * whoever judges.
 */
import { type LinesFinder, linesThat } from "./lines.ts";
import { type Place, shown } from "./place.ts";

const names =
  /(?:^|\/)(?:(?:AGENTS?|CLAUDE(?:\.local)?|GEMINI|QWEN|WARP)\.md|\.(?:cursorrules|windsurfrules|clinerules|roorules|goosehints)|\.(?:cursor|windsurf|clinerules|roo|amazonq|continue|kiro|claude|codex|junie|trae|agents?)\/.*\.mdc?|\.github\/(?:copilot-instructions|(?:instructions|prompts|chatmodes|agents)\/.*)\.md)$/iu;

const telling =
  /\b(?:curl|wget|iwr|invoke-webrequest|certutil|bitsadmin|base64|powershell|pwsh|nc|ncat|mshta)\b|\/dev\/(?:tcp|udp)\/|\bgo\s+run\s+\S+@|(?:^|[\s"'`(~/])\.(?:aws\/credentials|ssh\/id_\w+|netrc|git-credentials|kube\/config|config\/gh\/hosts)/iu;

/** The lines, in the order of the file; undefined for a file that tells agents nothing. Linear. */
export function agentInstructions(name: string): LinesFinder | undefined {
  return names.test(name) ? tellingLines : undefined;
}

const most = 1000;

function* tellingLines(text: string): Generator<Place> {
  let looked = 0;
  for (const place of linesThat(text, telling, { joined: true, shown: most })) {
    const file = looked < downloadLimit ? downloaded(place.text) : undefined;
    if (file !== undefined) looked++;
    const run = file === undefined ? undefined : lineThatRuns(file, text.slice(place.offset));
    yield run === undefined ? place : { ...place, text: shown(`${place.text} && ${run}`, most) };
  }
}

/** Files for which the rest of the text is looked through. */
const downloadLimit = 20;

/** The file that a line puts something fetched into; undefined if it has no name. */
function downloaded(line: string): string | undefined {
  const command = /\b(?:curl|wget)\b(.*)/u.exec(line)?.[1];
  if (command === undefined) return undefined;
  const [, option, redirected] = into.exec(command) ?? [];
  const path = option ?? redirected ?? /https?:\/\/[^\s"'`)<>]+\/([^\s"'`)<>/?#]+)/u.exec(command)?.[1];
  const file = path?.slice(path.lastIndexOf("/") + 1);
  return file === undefined || file.length < 2 ? undefined : file;
}

const into =
  /\s(?:-\w*o|-O|--output(?:-document)?)[=\s]+["']?([^\s"'`;&|-][^\s"'`;&|]*)|>\s*["']?([^\s"'`;&|]+)/u;

/** The first line behind the first one that makes a file of that name run. */
function lineThatRuns(file: string, text: string): string | undefined {
  const [, ...later] = text.split("\n");
  return later.find((line) => line.includes(file) && running.test(line.slice(0, most)))?.trim();
}

const running = /\bchmod\s|\b(?:ba|da|z)?sh\s|\bpython[0-9.]*\s|(?:^|[\s"'`])\.\/\S/u;

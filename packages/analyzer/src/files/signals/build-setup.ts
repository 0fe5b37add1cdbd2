/**
 * Files that say how a repository is built and published: what a Makefile runs whatever it is asked for, and what a workflow of a
 * build server hands out. Both run for maintainers alone.
 */
import { type LinesFinder, linesThat } from "./lines.ts";

const makefile = /(?:^|\/)(?:GNUmakefile|[Mm]akefile|[\w.-]+\.mk)$/u;
/** A program whose output make asks for when it reads the file, handed to a shell. */
const atReading =
  /^(?!\t).*(?:\$\(shell\s|!=).*(?:\|\s*(?:ba|da|z|k)?sh\b|\b(?:ba|da|z|k)?sh\s+-c\b.*(?:curl|wget)|\bbase64\s+(?:-d|--decode|-D)\b)/u;

const workflow = /(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/u;
/** All secrets at once, or some that are sent by hand. */
const secrets = String.raw`\btoJSON\(\s*secrets\s*\)|\b(?:curl|wget)\b.*\$\{\{\s*secrets\.|\$\{\{\s*secrets\..*\|.*\b(?:curl|wget|base64)\b`;
/** The code of strangers. */
const strangers = String.raw`\bref:.*github\.event\.pull_request\.head\.(?:sha|ref)`;
const handingOut = new RegExp(secrets, "u");
const orStrangers = new RegExp(`${secrets}|${strangers}`, "u");

/** The lines, in the order of the file; undefined for other files. Linear. */
export function buildSetup(name: string): LinesFinder | undefined {
  if (makefile.test(name)) return (text) => linesThat(text, atReading, { joined: true });
  if (!workflow.test(name)) return undefined;
  return (text) => {
    // There it has secrets, whoever asks for the change.
    const isTrusted = /\bpull_request_target\b/u.test(text);
    return linesThat(text, isTrusted ? orStrangers : handingOut, { joined: true });
  };
}

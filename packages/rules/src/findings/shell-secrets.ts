/** What shell lines send away: the environment, files with credentials, and words in names that are looked up. */
import { nameOf, type Program, programOf } from "./shell-programs.ts";
import type { Command, Word } from "./shell-words.ts";

export const sendsEnvironment = "sends its environment away";
export const sendsCredentials = "sends credentials away";
const asksNames = "tells something by the names that it looks up";

/** Programs whose input and output is a connection. */
export function connects({ name, given }: Program): boolean {
  if (name === "openssl") return given[0]?.text === "s_client";
  return /^(?:nc|ncat|netcat|telnet|socat)$/u.test(name);
}

/** What a program of that name is given, it sends. */
export function sends(program: Program): boolean {
  return sender.test(program.name) || connects(program);
}

const sender = /^(?:curl|wget|nc|ncat|netcat|scp|rsync|ftp|tftp)$/u;

/** A connection to another machine, as a file. */
export const remote = /^\/dev\/(?:tcp|udp)\/(?!localhost\/|127\.|\[?::1)/u;

export function isRemote({ file }: { readonly file: Word }): boolean {
  return remote.test(file.text);
}

/** Whether a command writes to a connection. */
export function leadsAway({ redirects }: Command): boolean {
  return redirects.some((one) => isRemote(one) && one.operator.includes(">"));
}

const environmentFile = /^@?\/proc\/(?:self|\d+|\$\$)\/environ$/u;

/** All variables, and not those of a program that is started with some. */
export function printsEnvironment({ words, redirects }: Command, program: Program | undefined): boolean {
  if ([...words, ...redirects.map(({ file }) => file)].some(({ text }) => environmentFile.test(text)))
    return true;
  if (program === undefined) return false;
  const { name, given } = program;
  switch (name) {
    case "printenv":
      return true;
    case "env":
      return given.every(({ text }) => /^-(?:0|-null)$/u.test(text));
    case "set":
      return given.length === 0;
    case "export":
    case "declare":
    case "typeset":
      return given.length === 1 && /^-[a-z]*p[a-z]*$/u.test(given[0]?.text ?? "");
    default:
      return false;
  }
}

/** What a program that sends is given: its environment, or files with credentials. */
export function sent(command: Command): string | undefined {
  const at = leadsAway(command) ? 0 : command.words.findIndex(({ text }) => sender.test(nameOf(text)));
  if (at < 0) return undefined;
  const words = command.words.slice(at + 1);
  const input = command.redirects.filter(({ operator }) => operator === "<" || operator === "<<<");
  const all = { words, redirects: input };
  const output = [...words, ...input.map(({ file }) => file)].flatMap((one) => one.output);
  if (printsEnvironment(all, undefined) || output.some((one) => printsEnvironment(one, programOf(one))))
    return sendsEnvironment;
  return hasCredentials(all, command.words[at]) || output.some((one) => hasCredentials(one))
    ? sendsCredentials
    : undefined;
}

const credentialFile =
  /(?<=^|[\s@="'`:,/~<])(?:\.ssh(?![\w/]*known_hosts)(?!\/(?:config|[\w-]+\.pub)\b)|id_(?:rsa|dsa|ecdsa|ed25519)\b(?!\.pub)|\.aws\b|\.netrc\b|\.git-credentials\b|\.kube\/config\b|\.docker\/config|\.gnupg\b|\.npmrc\b|etc\/shadow\b)/iu;

/** Before a file that a program itself reads its settings or its key from, writes to, or leaves out. */
const forItself =
  /^--(?:key|cert|cacert|capath|config|netrc-file|exclude(?:-from)?|userconfig|kubeconfig|homedir|output|output-document|private-key|certificate|ca-certificate|load-cookies|identity-file|rcfile)$/u;
/** Such flags of one letter mean something else to other programs. */
const forItselfShort = new Map([
  ["curl", /^-\w*[EKo]$/u],
  ["wget", /^-\w*[oO]$/u],
  ["scp", /^-\w*[iFo]$/u],
  ["rsync", /^$/u],
  ["nc", /^$/u],
]);
const forSsh = /^-\w*[iF]$/u;
const forItselfWithin =
  /^(?:--(?:key|cert|config|netrc-file|exclude(?:-from)?|userconfig|kubeconfig|homedir|output|private-key|certificate)=|(?:-o\s*)?IdentityFile=)|(?:^|\s)-[iF]\s/u;

/** Whether files with credentials are among what a program is given. A key that opens the connection is none that is sent. */
export function hasCredentials({ words, redirects }: Command, program?: Word): boolean {
  const short = forItselfShort.get(nameOf((program ?? words[0])?.text ?? "")) ?? forSsh;
  const ssh = words.findIndex(({ text }) => nameOf(text) === "ssh");
  const isNamed = words.some(({ text }, at) => {
    if (!credentialFile.test(text) || forItselfWithin.test(text)) return false;
    const before = words[at - 1]?.text ?? "";
    return !forItself.test(before) && !short.test(before) && !(ssh >= 0 && ssh < at && forSsh.test(before));
  });
  const isInput = redirects.some(({ operator, file }) => operator === "<" && credentialFile.test(file.text));
  return isNamed || isInput;
}

/** Names that are put together from what commands say. */
export function looksUp(command: Command): string | undefined {
  const program = programOf(command);
  if (program === undefined || !/^(?:nslookup|dig|host|ping)$/u.test(program.name)) return undefined;
  return program.given.some(({ text }) => /\$\(\)\.(?!local$)[a-z$]/iu.test(text)) ? asksNames : undefined;
}

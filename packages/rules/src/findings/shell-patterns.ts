/** Signs of lines that are told by words alone: of other systems, and of code that interpreters are given. */

/** What stands in a text in any order of words, as of other systems. */
interface Pattern {
  readonly what: string;
  /** What stands on one line, one behind the other. */
  readonly parts: readonly RegExp[];
}

/** What is said of a script for PowerShell that is encoded where nobody can work it out: tools put what they are told into it so. */
export const runsEncoded = "runs an encoded PowerShell script that is not known";

const patterns: readonly Pattern[] = [
  { what: "downloads with certutil", parts: [/\bcertutil(?:\.exe)?\b/giu, /[-/]urlcache\b/giu] },
  { what: "downloads with bitsadmin", parts: [/\bbitsadmin(?:\.exe)?\b/giu, /\/transfer\b/giu] },
  { what: "runs a remote script", parts: [/\b(?:mshta|regsvr32)(?:\.exe)?\b/giu, /https?:/giu] },
  {
    what: "runs a hidden or downloaded PowerShell script",
    parts: [
      /\b(?:powershell|pwsh)(?:\.exe)?\b/giu,
      /[\s"'][-/]e(?:c|n(?:c(?:o(?:d(?:e(?:d(?:c\w{0,12})?)?)?)?)?)?)?\s+["']?(?:[a-z0-9+/=]{4}|\$)|\biex\b|invoke-expression|downloadstring|downloadfile/giu,
    ],
  },
  {
    what: runsEncoded,
    parts: [
      /\b(?:powershell|pwsh)(?:\.exe)?\b/giu,
      /[\s"'][-/]e(?:c|n(?:c(?:o(?:d(?:e(?:d(?:c\w{0,12})?)?)?)?)?)?)?\s+["']?…/giu,
    ],
  },
  {
    what: "runs a hidden or downloaded PowerShell script",
    parts: [
      /\b(?:powershell|pwsh)(?:\.exe)?\b/giu,
      /\s-w(?:in\w{0,10})?\s+(?:hidden|1)\b/giu,
      /\s-(?:ep|ex\w{0,14})\s+(?:bypass|unrestricted)\b|\s-c(?:ommand)?\s+["']?…/giu,
    ],
  },
  {
    what: "runs a hidden or downloaded PowerShell script",
    parts: [
      /\b(?:powershell|pwsh)(?:\.exe)?\b/giu,
      /\s-(?:ep|ex\w{0,14})\s+(?:bypass|unrestricted)\b/giu,
      /\s-w(?:in\w{0,10})?\s+(?:hidden|1)\b/giu,
    ],
  },
  {
    what: "runs a downloaded PowerShell script",
    parts: [/\biex\b|invoke-expression|invoke-webrequest|\biwr\b/giu, /https?:/giu],
  },
  { what: "runs a library from another machine", parts: [/\brundll32(?:\.exe)?\b/giu, /\\\\[^\s\\]+\\\S/gu] },
  { what: "installs what it fetches", parts: [/\bmsiexec(?:\.exe)?\b/giu, /https?:/giu] },
];

/** Code for an interpreter on the line that both fetches and runs. */
interface Scripted {
  readonly interpreter: RegExp;
  /** What of this the code has, in whichever order. */
  readonly has: readonly RegExp[];
}

function scripted(name: string, ...has: readonly RegExp[]): Scripted {
  return {
    interpreter: new RegExp(
      String.raw`(?:^|[\s;&|/])${name}(?=\s+(?:[^\s;&|]{1,40}\s+){0,4}-\w{0,4}[cer]\s)`,
      "iu",
    ),
    has,
  };
}

const scripts: readonly Scripted[] = [
  scripted(
    "python[0-9.]{0,9}",
    /\b(?:urlopen|urlretrieve|urllib|requests|http\.client)\b|\bsocket\b/iu,
    /\b(?:urlopen|urlretrieve|get|post|request|connect|create_connection|create_server|listen)\b/iu,
    /\b(?:exec|eval|system|spawn|popen|call|run)\b/iu,
  ),
  scripted(
    "perl",
    /(?:\b|-M)(?:LWP|IO::Socket|HTTP::Tiny)\b|\bSocket\b[^]*\bconnect\b/iu,
    /\b(?:eval|exec|system)\b/iu,
  ),
  scripted("ruby", /open-uri|net\/http|URI\.open|TCPSocket/iu, /\b(?:eval|exec|system|spawn)\b/iu),
  scripted(
    "(?:node|deno|bun)",
    /\bfetch\(|https?\.get|["'](?:node:)?(?:net|https?)["']/iu,
    /\bfetch\(|\b(?:get|request|connect|createConnection|Socket)\b/iu,
    /\beval\b|child_process|\bFunction\(/iu,
  ),
  scripted("php", /https?:|fsockopen/iu, /\b(?:eval|system|exec|shell_exec|include)\b/iu),
];

/** What such a text does; undefined of an ordinary one. */
export function hiddenIn(text: string): string | undefined {
  const lines = text.split("\n");
  const found = patterns.find(({ parts }) => lines.some((line) => hasInOrder(line, parts)));
  if (found !== undefined) return found.what;
  return lines.some(isScripted) ? "fetches something and runs it as a script" : undefined;
}

function isScripted(line: string): boolean {
  return scripts.some(({ interpreter, has }) => {
    const start = interpreter.exec(line);
    if (start === null) return false;
    const code = line.slice(start.index);
    return has.every((one) => one.test(code));
  });
}

/** Without what a shell drops inside of words: `cert""util`. */
export function unquoted(text: string): string {
  return text.replace(/(?<=\w)(?:''|""|\^)(?=\w)/gu, "").replace(/(?<=[a-z])\\(?=[a-z])/giu, "");
}

/** Whether all parts are there, each behind the one before: the first of each leaves most room for the rest. */
function hasInOrder(line: string, parts: readonly RegExp[]): boolean {
  let from = 0;
  for (const part of parts) {
    part.lastIndex = from;
    const found = part.exec(line);
    part.lastIndex = 0;
    if (found === null) return false;
    from = found.index + found[0].length;
  }
  return true;
}

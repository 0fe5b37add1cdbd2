/** Shell lines that fetch something and run it, or that hide what they run. */

interface Pattern {
  readonly what: string;
  /** What stands on one line, one behind the other. */
  readonly parts: readonly RegExp[];
}

const interpreters = String.raw`(?:/[^\s|;&]*/)?(?:(?:ba|da|z|k|a|fi)?sh|python[0-9.]*|perl|ruby|node|php)`;

const toInterpreter = new RegExp(String.raw`\|\s*(?:sudo\s+)?(?:env\s+\S+\s+)*(?:${interpreters})\b`, "giu");

const patterns: readonly Pattern[] = [
  {
    what: "fetches something into an interpreter",
    parts: [
      new RegExp(
        String.raw`(?:sh|python[0-9.]*|perl|ruby|node|php)\s+(?:-\w+\s+)*["']?(?:<\(|\$\(|${"`"})\s*(?:curl|wget)\b`,
        "giu",
      ),
    ],
  },
  {
    what: "fetches a file and runs it",
    parts: [/\b(?:curl|wget)\b/giu, /&&|;/gu, /\bchmod\b/giu, /\+x|[0-7]?7[0-7]{2}/giu],
  },
  {
    what: "fetches a file and runs it",
    parts: [/\b(?:curl|wget)\b/giu, /&&|;/gu, /\b(?:ba|z)?sh\s+\S|\.\/\S/giu],
  },
  { what: "downloads with certutil", parts: [/\bcertutil(?:\.exe)?\b/giu, /-(?:urlcache|decode)\b/giu] },
  { what: "downloads with bitsadmin", parts: [/\bbitsadmin(?:\.exe)?\b/giu, /\/transfer\b/giu] },
  { what: "runs a remote script", parts: [/\b(?:mshta|regsvr32)(?:\.exe)?\b/giu, /https?:/giu] },
  {
    what: "runs a hidden or downloaded PowerShell script",
    parts: [
      /\b(?:powershell|pwsh)(?:\.exe)?\b/giu,
      /-e(?:nc|ncodedcommand)?\b|\biex\b|invoke-expression|downloadstring|downloadfile|-w(?:indowstyle)?\s+hidden/giu,
    ],
  },
  {
    what: "runs a downloaded PowerShell script",
    parts: [/\biex\b|invoke-expression|invoke-webrequest|\biwr\b/giu, /https?:/giu],
  },
  { what: "opens a shell on a connection", parts: [/\/dev\/(?:tcp|udp)\//giu] },
  { what: "opens a shell on a connection", parts: [/\b(?:nc|ncat|netcat)\b/giu, /\s-(?:e|c)\s/giu] },
  { what: "runs decoded text", parts: [/\bbase64\s+(?:-d|--decode|-D)\b/giu, toInterpreter] },
  { what: "runs a module that is fetched", parts: [/\bgo\s+run\s+\S*[^\s@]@\S+/giu] },
];

/** What such a text does; undefined of an ordinary one. Linear in the text, all of which counts: it may begin with much that says nothing. */
export function hiddenShellLine(text: string): string | undefined {
  if (isPiped(text)) return "fetches something and hands it to an interpreter";
  const lines = text.split("\n");
  return patterns.find(({ parts }) => lines.some((line) => hasInOrder(line, parts)))?.what;
}

const fetching = /\b(?:curl|wget|fetch|http)\b/iu;

/** Whether what fetches stands before a pipe into an interpreter. */
function isPiped(text: string): boolean {
  let from = 0;
  for (const { index } of text.matchAll(toInterpreter)) {
    const command = text.slice(from, index).split(/[|;&]/u).at(-1) ?? "";
    if (fetching.test(command)) return true;
    from = index;
  }
  return false;
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

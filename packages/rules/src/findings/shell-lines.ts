/** Shell lines that fetch something and run it, or that hide what they run. */

interface Pattern {
  readonly what: string;
  readonly line: RegExp;
}

const interpreters = String.raw`(?:/\S*/)?(?:ba|da|z|k|a|fi)?sh|python[0-9.]*|perl|ruby|node|php`;

const patterns: readonly Pattern[] = [
  {
    what: "fetches something and hands it to an interpreter",
    line: new RegExp(
      String.raw`\b(?:curl|wget|fetch|http)\b[^|;&]*\|\s*(?:sudo\s+)?(?:env\s+\S+\s+)*(?:${interpreters})\b`,
      "iu",
    ),
  },
  {
    what: "fetches something into an interpreter",
    line: new RegExp(
      String.raw`(?:${interpreters})\s+(?:-\w+\s+)*["']?(?:<\(|\$\(|${"`"})\s*(?:curl|wget)\b`,
      "iu",
    ),
  },
  {
    what: "fetches a file and runs it",
    line: /\b(?:curl|wget)\b.*(?:&&|;).*(?:\bchmod\b.*(?:\+x|[0-7]?7[0-7]{2})|\b(?:ba|z)?sh\s+\S|\.\/\S)/iu,
  },
  { what: "downloads with certutil", line: /\bcertutil(?:\.exe)?\b.*-(?:urlcache|decode)\b/iu },
  { what: "downloads with bitsadmin", line: /\bbitsadmin(?:\.exe)?\b.*\/transfer\b/iu },
  { what: "runs a remote script", line: /\b(?:mshta|regsvr32)(?:\.exe)?\b.*https?:/iu },
  {
    what: "runs a hidden or downloaded PowerShell script",
    line: /\b(?:powershell|pwsh)(?:\.exe)?\b.*(?:-e(?:nc|ncodedcommand)?\b|\biex\b|invoke-expression|downloadstring|downloadfile|-w(?:indowstyle)?\s+hidden)/iu,
  },
  {
    what: "runs a downloaded PowerShell script",
    line: /(?:\biex\b|invoke-expression|invoke-webrequest|\biwr\b).*https?:/iu,
  },
  {
    what: "opens a shell on a connection",
    line: /\/dev\/(?:tcp|udp)\/|\b(?:nc|ncat|netcat)\b.*\s-(?:e|c)\s/iu,
  },
  {
    what: "runs decoded text",
    line: new RegExp(String.raw`\bbase64\s+(?:-d|--decode|-D)\b.*\|\s*(?:${interpreters})\b`, "iu"),
  },
  { what: "runs a module that is fetched", line: /\bgo\s+run\s+\S*[^\s@]@\S+/iu },
];

/** What such a line does; undefined of an ordinary one. Linear in the line, of which the first 2,000 characters count. */
export function hiddenShellLine(line: string): string | undefined {
  const text = line.slice(0, 2000);
  return patterns.find((pattern) => pattern.line.test(text))?.what;
}

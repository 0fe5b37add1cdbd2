/** Shell lines that fetch something and run it, that hide what they run, or that send secrets away. */

interface Pattern {
  readonly what: string;
  /** What stands on one line, one behind the other. */
  readonly parts: readonly RegExp[];
}

const interpreters = String.raw`(?:/[^\s|;&]*/)?(?:(?:ba|da|z|k|a|fi)?sh|python[0-9.]*|perl|ruby|node|php)`;

const toInterpreter = new RegExp(
  String.raw`\|\s*(?:sudo\s+)?(?:env\s+\S+\s+){0,8}(?:${interpreters})\b`,
  "giu",
);

/** What sends: with files by name, where a key that opens the connection is none that is sent. */
const sending = /\b(?:curl|wget|nc|ncat|netcat|scp|rsync|ftp)\b/giu;
const credentialFile =
  /(?<!(?:-i|--key|IdentityFile=)\s{0,3}\S{0,80})(?<=[\s@="':/~])(?:\.ssh(?![\w/]*known_hosts)|id_(?:rsa|dsa|ecdsa|ed25519)\b|\.aws\b|\.netrc\b|\.git-credentials\b|\.kube\/config\b|\.docker\/config|\.gnupg\b|\.npmrc\b|etc\/shadow\b)/giu;

/** What is written for an interpreter and both fetches and runs, in whichever order. */
function scripted(interpreter: string, fetches: string, runs: string): Pattern[] {
  const what = "fetches something and runs it as a script";
  const start = new RegExp(
    String.raw`(?:^|[\s;&|/])${interpreter}(?=\s+(?:[^\s;&|]{1,40}\s+){0,4}-\w{0,4}[cer]\s)`,
    "giu",
  );
  const [one, other] = [new RegExp(fetches, "giu"), new RegExp(runs, "giu")];
  return [
    { what, parts: [start, one, other] },
    { what, parts: [start, other, one] },
  ];
}

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
  {
    what: "opens a shell on a connection",
    parts: [/\b(?:nc|ncat|netcat)\b/giu, /\s-(?:e|c)\s|\s--(?:sh-)?exec\b/giu],
  },
  { what: "opens a shell on a connection", parts: [/\bsocat\b/giu, /\b(?:exec|system):/giu] },
  { what: "runs decoded text", parts: [/\bbase64\s+(?:-d|--decode|-D)\b/giu, toInterpreter] },
  {
    what: "runs decoded text",
    parts: [
      /\bxxd\s+(?:-\w+\s+)*-r\b|\bopenssl\s+(?:enc|base64|aes\S*)\b|\b(?:gunzip|zcat|rev)\b/giu,
      toInterpreter,
    ],
  },
  { what: "runs a module that is fetched", parts: [/\bgo\s+run\s+\S*[^\s@]@\S+/giu] },
  {
    what: "fetches text and runs it",
    parts: [/(?:\b(?:eval|source)|(?:^|[\s;&|])\.)\s+["']?(?:\$\(|<\(|`)\s*(?:curl|wget)\b/giu],
  },
  {
    what: "fetches a file and runs it",
    parts: [
      /\b(?:curl|wget|t?ftp|ftpget)\b/giu,
      /(?:&&|;)\s*(?:(?:nohup|setsid|exec|sudo|(?:ba|z)?sh)\s+)*(?:\/(?:var\/)?tmp|\/dev\/shm)\/\S/giu,
    ],
  },
  {
    what: "fetches a file and runs it",
    parts: [/\b(?:t?ftp|ftpget)\b/giu, /&&|;/gu, /\b(?:ba|z)?sh\s+\S/giu],
  },
  { what: "runs a library from another machine", parts: [/\brundll32(?:\.exe)?\b/giu, /\\\\[^\s\\]+\\\S/gu] },
  { what: "installs what it fetches", parts: [/\bmsiexec(?:\.exe)?\b/giu, /https?:/giu] },
  ...scripted(
    "python[0-9.]*",
    String.raw`\b(?:urllib|urlopen|requests|http\.client|socket)\b`,
    String.raw`\b(?:exec|eval|system|spawn|popen)\b`,
  ),
  ...scripted(
    "perl",
    String.raw`(?:\b|-M)(?:LWP|IO::Socket|HTTP::Tiny|Socket)\b`,
    String.raw`\b(?:eval|exec|system)\b`,
  ),
  ...scripted(
    "ruby",
    String.raw`open-uri|net\/http|URI\.open|TCPSocket`,
    String.raw`\b(?:eval|exec|system|spawn)\b`,
  ),
  ...scripted(
    "(?:node|deno|bun)",
    String.raw`\bfetch\(|https?\.get|["']net["']|["']https?["']`,
    String.raw`\beval\b|child_process|\bFunction\(`,
  ),
  ...scripted("php", String.raw`https?:|fsockopen`, String.raw`\b(?:eval|system|exec|shell_exec|include)\b`),
  { what: "sends its environment away", parts: [/\b(?:env|printenv)\b[^;&|]{0,100}\|/giu, sending] },
  { what: "sends credentials away", parts: [credentialFile, /\|/gu, sending] },
  { what: "sends credentials away", parts: [sending, credentialFile] },
  {
    what: "tells something by the names that it looks up",
    parts: [/\b(?:nslookup|dig|host|ping)\b[^;&|]{0,100}(?:\$\([^;&]{0,100}\)|`[^`]{0,100}`)\.[\w$]/giu],
  },
];

/** What such a text does; undefined of an ordinary one. Linear in the text, all of which counts: it may begin with much that says nothing. */
export function hiddenShellLine(text: string): string | undefined {
  const plain = unquoted(text);
  return hiddenIn(text) ?? (plain === text ? undefined : hiddenIn(plain));
}

function hiddenIn(text: string): string | undefined {
  if (isPiped(text)) return "fetches something and hands it to an interpreter";
  const lines = text.split("\n");
  return patterns.find(({ parts }) => lines.some((line) => hasInOrder(line, parts)))?.what;
}

/** Without what a shell drops inside of words, which nobody writes who wants to be read: `cu''rl${IFS}-s`. */
function unquoted(text: string): string {
  return text
    .replace(/(?<=\w)(?:''|"")(?=\w)/gu, "")
    .replace(/(?<=[a-z])\\(?=[a-z])/giu, "")
    .replace(/\$\{IFS[^}]*\}|\$IFS\b(?:\$\d)?/gu, " ");
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

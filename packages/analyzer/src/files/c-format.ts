/**
 * What C and assembly say of when they run, and whether they reach out of the program. Words are looked for outside of comments: macros are not expanded but where one
 * stands for a whole word, and what `#if` leaves out counts. Missed: what C++ runs to set variables outside of functions.
 */

export type CFormat = "runs when loaded" | "reaches out when loaded" | "reaches out when called";

/** Of a text that is known to be C or assembly. Linear. */
export function codeFormat(text: string): CFormat | undefined {
  const found = cFormat(text);
  if (found !== undefined || !mayReach.test(text)) return found;
  const code = codeOf(text.replaceAll(/\\[ \t]*\r?\n/gu, ""));
  return reachesWhenCalled(code) ? "reaches out when called" : undefined;
}

/** Undefined of C that runs when it is called, and of any other text. Linear. */
export function cFormat(text: string): CFormat | undefined {
  const lines = text.replaceAll(/\\[ \t]*\r?\n/gu, "");
  if (!mayRun.test(lines)) return undefined;
  const code = codeOf(lines);
  if (!isLoaded(code)) return undefined;
  return reachesOut(code) ? "reaches out when loaded" : "runs when loaded";
}

/** What has none of these runs when it is called. */
const mayRun = /constructor|ifunc|init|startup|\.ctors|\.CRT\$|DllMain|^[ \t]*\+/mu;

/** Code without its comments. */
interface CCode {
  /** With empty literals. */
  readonly code: string;
  /** With literals as they are read: escapes of blanks resolved, those next to each other joined. */
  readonly full: string;
}

/** Comments and literals, one that does not end to the end of the line or text. A `'` between digits begins none. */
const apart =
  /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|\bR"([^()\\\s]{0,16})\([^]*?(?:\)\1"|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.[\dA-Fa-f]{0,8}){1,4}'/gu;

function codeOf(lines: string): CCode {
  const literal = (one: string, empty: boolean) => {
    if (one.startsWith("/")) return " ";
    return empty ? '""' : one.replaceAll(/\\([nt"])/gu, (_, what: string) => (what === '"' ? '"' : "\n"));
  };
  return {
    code: lines.replaceAll(apart, (one) => literal(one, true)),
    full: lines.replaceAll(apart, (one) => literal(one, false)).replaceAll(/"\s*"/gu, ""),
  };
}

/** Names that the loader knows the sections by in which it looks for what to run. */
const section =
  "(?:__DATA\\w*\\s*,\\s*)?(?:\\.(?:pre)?init_array\\b|\\.ctors\\b|\\.init\\b(?!\\.)|\\.CRT\\$X|__mod_init_func\\b|__init_offsets\\b)";

const inSection = new RegExp(`"${section}`, "u");
const sectionGiven = /\b_{0,2}(?:section|allocate|code_seg|data_seg|const_seg|bss_seg)_{0,2}\s*\(/u;
const assemblySection = new RegExp(
  `(?:^|[\\n;"])[ \\t]*(?:\\.(?:push)?section\\s+"?${section}|\\.mod_init_func\\b)`,
  "u",
);

/** A constructor as C++ writes it; what a compiler is told to run; a library's start on Windows; a class that is loaded. */
const otherwise =
  /\[\[[^[\]]{0,200}\b_{0,2}(?:gnu|clang)_{0,2}\s*:[^[\]]{0,200}\b_{0,2}(?:constructor|ifunc)_{0,2}\b|^[ \t]*#[ \t]*pragma[ \t]+(?:init|startup)\b|\bDllMain\b|^[ \t]*\+[ \t]*\(\s*void\s*\)\s*(?:load|initialize)\b/mu;

function isLoaded({ code, full }: CCode): boolean {
  return (
    otherwise.test(code) ||
    attributesIn(code).some((one) => /\b_{0,2}(?:constructor|ifunc)_{0,2}\b/u.test(one)) ||
    (sectionGiven.test(code) && inSection.test(full)) ||
    assemblySection.test(full) ||
    /\b_Pragma\s*\(\s*"\s*(?:init|startup)\b/u.test(full)
  );
}

/** What stands in `__attribute__((...))`, at most its first 400 characters, and what names in it may stand for. */
function attributesIn(code: string): string[] {
  const given = [...code.matchAll(/\b__attribute(?:__)?\s*\(/gu)].map(({ index, 0: { length } }) => {
    const start = index + length;
    let depth = 1;
    let at = start;
    for (; depth > 0 && at < code.length && at < start + 400; at++) {
      if (code[at] === "(") depth++;
      if (code[at] === ")") depth--;
    }
    return code.slice(start, at);
  });
  if (given.length === 0) return [];
  const names = new Set(given.flatMap((one) => one.match(/\w+/gu) ?? []));
  const words = [...code.matchAll(defined)];
  return [...given, ...words.flatMap(([, name = "", what = ""]) => (names.has(name) ? [what] : []))];
}

/** A macro that stands for a word. */
const defined = /^[ \t]*#[ \t]*define[ \t]+(\w+)[ \t]+(\w+)/gmu;

/** What runs programs. */
const starts =
  "(?:system|popen|f?exec(?:lp?|le|vp?|ve|vpe|veat)|posix_spawnp?|CreateProcess\\w?|WinExec|ShellExecute\\w*)";

/** The same, or what loads libraries. */
const runs = `(?:${starts}|dlopen|LoadLibrary\\w*)`;

/** It does so, connects, or calls the system by itself; as a value too, for which a call stands elsewhere. */
const reaching = new RegExp(
  `\\b${runs}\\s*\\(|[=(,&]\\s*${runs}\\s*[;,)]|\\b(?:socket|connect|mprotect|syscall|URLDownloadToFile\\w?|WSASocket\\w?)\\s*\\(`,
  "u",
);

/** The same in assembly, and names that assembly gives. */
const reachingInAssembly = new RegExp(
  `\\b(?:callq?|jmpq?|bl?)\\s+_?${runs}\\b|(?:^|[\\n;"])[ \\t]*(?:(?:syscall|sysenter)\\s*(?:$|[\\n;"#])|svc\\s+[#\\d]|int\\s+\\$?0x80\\b)|\\b_{0,2}asm_{0,2}\\s*\\(\\s*"_?${runs}"`,
  "u",
);

function reachesOut({ code, full }: CCode): boolean {
  return reaching.test(code) || reachingInAssembly.test(full);
}

/** What has none of these does not reach out when it is called. */
const mayReach = new RegExp(
  `${starts}|socket|sys(?:call|enter)|ecall|svc|swi|0x80|URLDownloadToFile|asm|(?:os|net|plugin)·|\\$0x(?:0f|050f|d4)`,
  "iu",
);

/**
 * Many bindings load libraries when they are called; methods have any name, and so have variables that are handed on. Names may be in
 * parentheses, behind a type when they are values, or what a macro stands for.
 */
const calling = new RegExp(
  `(?<![\\w.>:])(?:${starts}|syscall|URLDownloadToFile\\w?)\\s*\\(|\\(\\s*${starts}\\s*\\)\\s*\\(|=\\s*(?:\\([^()]{0,80}\\)\\s*)?&?\\s*${starts}\\s*[;,]|#[ \\t]*define[ \\t]+\\w+[ \\t]+${starts}[ \\t]*(?:$|\\n)`,
  "u",
);
const makingSocket = /(?<![\w.>:])(?:socket|WSASocket\w?)\s*\(/u;
const connecting = /(?<![\w.>:])(?:WSAC|c)onnect\s*\(/u;

/** Instructions of Go's assembler that call the system, a macro that is one, and jumps to what does, or its address. */
const callingInGo =
  /(?:^|[\n;])[ \t]*(?:\w+:[ \t]*|#[ \t]*define[ \t]+\w+[ \t]+)?(?:(?:SYSCALL|SYSENTER|ECALL)[ \t]*(?:$|[\n;])|SVC\b|SWI[ \t]+\$|INT[ \t]+\$0x80\b|(?:(?:CALL|JMP|BL?|JAL)[ \t]+|(?:MOV|LEA)\w*[ \t]+\$?)(?:syscall|os|net|plugin)·)/u;

/** The same as numbers, which the assembler takes as they are: of amd64 apart from other instructions, and of arm64. */
const callingByNumber =
  /(?:^|\n)[ \t]*(?:BYTE[ \t]+\$0x0f[ \t]*[;\n]\s*BYTE[ \t]+\$0x05|WORD[ \t]+\$0x050f)[ \t]*(?:$|[\n;])|\bWORD[ \t]+\$0xd4[01][\da-f]{3}[02468ace]1\b/iu;

function reachesWhenCalled({ code, full }: CCode): boolean {
  const connects = makingSocket.test(code) && connecting.test(code);
  const inAssembly = [reachingInAssembly, callingInGo, callingByNumber].some((one) => one.test(full));
  return connects || calling.test(code) || inAssembly;
}

import { expect, test } from "vitest";
import { cFormat, codeFormat } from "../../src/files/c-format.ts";

const loaded = "runs when loaded";
const reaching = "reaches out when loaded";

test.each<[string, string, string | undefined]>([
  ["a function", "int add(int a, int b) { return a + b; }", undefined],
  ["one that runs a program when it is called", "void f(void) { system(cmd); }", undefined],
  ["a constructor", "static void __attribute__((constructor)) f(void) { x = 1; }", loaded],
  ["with underscores", "__attribute__ (( __constructor__ )) void f(void) { x = 1; }", loaded],
  ["with fewer underscores", "__attribute((constructor)) void f(void) { x = 1; }", loaded],
  ["with a priority", "__attribute__((constructor(101))) void f(void) { system(cmd); }", reaching],
  ["behind another", "__attribute__((used, aligned(sizeof(int)), constructor)) void f(void) {}", loaded],
  ["with a comment in it", "__attribute__((/* ; */ constructor // ))\n)) void f(void) {}", loaded],
  ["on two lines", "__attribute__((con\\\nstructor)) void f(void) {}", loaded],
  ["on two lines of Windows", "__attribute__((con\\\r\nstructor)) void f(void) {}", loaded],
  ["of C++", "[[gnu::constructor]] void f() { popen(a, b); }", reaching],
  ["of C++, using", "[[using gnu: used, __constructor__(101)]] void f() {}", loaded],
  [
    "behind a macro",
    "#define RUN __attribute__((constructor(101)))\nRUN void f() { connect(s, a, n); }",
    reaching,
  ],
  ["by another name", "#define WHEN constructor\n__attribute__((WHEN)) void f() {}", loaded],
  ["a variable of that name", "__attribute__((unused)) static int constructor;", undefined],
  ["in a comment", "// not __attribute__((constructor))\nvoid f(void) { system(cmd); }", undefined],
  ["in a text", 'const char *s = "__attribute__((constructor))";', undefined],
  ["behind an apostrophe", "#error don't\nint n = 1'000; __attribute__((constructor)) void f() {}", loaded],
  ["behind a quote", "char q = '\"'; __attribute__((constructor)) void f() {} /* \" */", loaded],
  ["behind a raw text", 'auto s = R"x(" /* )x"; [[gnu::constructor]] void f() {}', loaded],
  ["an entry of the table", '__attribute__((section(".init_array"))) void (*p)(void) = f;', loaded],
  ["with a priority", '__attribute__((used, section(".init_array.00101"))) void (*p)(void) = f;', loaded],
  ["in pieces", '__attribute__((section(".init" "_array"))) void (*p)(void) = f;', loaded],
  ["of macOS", '__attribute__((section("__DATA,__mod_init_func"))) void (*p)(void) = f;', loaded],
  ["of Windows", '#pragma section(".CRT$XCU", read)\n__declspec(allocate(".CRT$XCU")) F p = f;', loaded],
  ["another section", '__attribute__((section("maps"))) int m;', undefined],
  ["one of code", '__attribute__((section(".text.hot"))) void f(void) { connect(s, a, n); }', undefined],
  ["a section's name that is looked for", 'int is(char *s) { return !strcmp(s, ".init_array"); }', undefined],
  ["a pragma", "#pragma init (f)\nvoid f(void) { execve(p, a, e); }", reaching],
  ["a pragma as an operator", '_Pragma("init(f)") void f(void) {}', loaded],
  ["assembly in C", '__asm__(".section .init_array,\\"aw\\"\\n\\t.quad f\\n\\t.text");', loaded],
  ["assembly", '\t.section .init_array, "aw"\n\t.quad f\nf:\tcall system\n', reaching],
  ["assembly that calls the system", '\t.pushsection ".init"\n\tmov $59, %eax\n\tsyscall\n', reaching],
  ["a name on a line of its own", "[[gnu::constructor]] void f() { g(a,\n\tsyscall,\n\tb); }", loaded],
  ["assembly of macOS", "\t.mod_init_func\n\t.quad _f\n", loaded],
  ["another section of assembly", "\t.section .rodata\n\t.quad f\n\tcall connect\n", undefined],
  ["a class of Objective-C", "@implementation A\n+ (void)load { system(cmd); }", reaching],
  ["a library of Windows", "BOOL WINAPI DllMain(HINSTANCE h, DWORD r, LPVOID p) { return TRUE; }", loaded],
  ["a library's start in a comment", "/* see DllMain */ void f(void) { connect(s, a, n); }", undefined],
  ["what reaches out in a comment", "__attribute__((constructor)) void f() { /* system(x) */ }", loaded],
  ["in a text", '__attribute__((constructor)) void f() { log("connect(%d)", n); }', loaded],
  [
    "as a value",
    "__attribute__((constructor)) void f() { int (*r)(const char *) = system; r(c); }",
    reaching,
  ],
  [
    "by a name of assembly",
    'int r(char *) __asm__("system"); [[gnu::constructor]] void f() { r(c); }',
    reaching,
  ],
  ["a variable of C++", 'static int x = system("true");', undefined],
  [
    "a macro that no attribute names",
    "#define KIND constructor\n__attribute__((unused)) static int x;",
    undefined,
  ],
  ["a macro", "#define RUN(x) int y = system(x)\nint f(void);", undefined],
])("%s", (_what, text, format) => {
  expect(cFormat(text)).toBe(format);
});

/** Far below the time that a test may take, where it is linear. */
test.each([
  ["comments that do not end", "/* "],
  ["quotes", '"\\"'],
  ["attributes that do not end", "__attribute__((("],
  ["brackets", "[[gnu:"],
  ["backslashes", "\\ "],
  ["definitions", "#define "],
  ["raw texts", 'R"('],
  ["sections", '"\n.section __DATA , '],
  ["empty lines", "\n"],
  ["blank lines", " \n"],
  ["blanks", " \t"],
  ["words", "a"],
])("%s are read, however many", (_what, piece) => {
  expect(cFormat(`constructor${piece.repeat(200_000)}`)).toBeUndefined();
});

const called = "reaches out when called";

test.each<[string, string, string | undefined]>([
  ["a function", "int add(int a, int b) { return a + b; }", undefined],
  ["one that runs a program", "void f(void) { system(cmd); }", called],
  ["by a name of its own", "int (*run)(const char *) = system;", called],
  ["in parentheses", "void f(void) { (system)(cmd); }", called],
  ["behind a type", "int (*run)(const char *) = (void *)system;", called],
  ["by a macro", "#define RUN system\nvoid f(void) { RUN(cmd); }", called],
  ["a field of that name", "struct os { int (*system)(int); int (*socket)(int); };", undefined],
  ["an instruction in parts", 'void f(void) { asm("sys" "call"); }', called],
  ["one that connects", "int f(void) { int s = socket(1, 1, 0); return connect(s, a, n); }", called],
  ["one that only has a socket", "int f(void) { return socket(1, 1, 0); }", undefined],
  ["one that calls the system", "long f(void) { return syscall(59, p, a, e); }", called],
  ["one that loads a library", "void *f(void) { return dlopen(name, 1); }", undefined],
  ["a method of that name", "void f(db *d) { d->system(cmd); d->socket(1); d->connect(a); }", undefined],
  ["a variable of that name", "void f(int *system) { g(system, 1); }", undefined],
  ["in a comment", "void f(void) { /* system(cmd) */ }", undefined],
  ["a constructor that does", "__attribute__((constructor)) void f() { system(cmd); }", reaching],
  ["one that does not", "__attribute__((constructor)) void f() { x = 1; }", loaded],
  ["assembly of Go", "TEXT ·f(SB), NOSPLIT, $0\n\tMOVQ $59, AX\n\tSYSCALL\n\tRET\n", called],
  ["with a label", "again:\tSVC\n\tB again\n", called],
  ["that jumps to what does", "TEXT ·f(SB), NOSPLIT, $0\n\tJMP syscall·RawSyscall(SB)\n", called],
  ["that has its address", "TEXT ·f(SB), NOSPLIT, $0\n\tMOVQ $syscall·Syscall(SB), AX\n\tCALL AX\n", called],
  ["by a macro", "#define GO SYSCALL\nTEXT ·f(SB), NOSPLIT, $0\n\tGO\n", called],
  ["as bytes", "TEXT ·f(SB), NOSPLIT, $0\n\tBYTE $0x0F; BYTE $0x05\n\tRET\n", called],
  ["as a word", "TEXT ·f(SB), NOSPLIT, $0\n\tWORD $0xD4000001 // svc #0\n\tRET\n", called],
  ["as bytes within others", "\tBYTE $0xc5; BYTE $0x0f; BYTE $0x05; BYTE $0x01\n", undefined],
  ["that only calculates", "TEXT ·f(SB), NOSPLIT, $0 // SYSCALL\n\tMOVQ $59, AX\n\tRET\n", undefined],
  ["assembly of C", "f:\n\tmov $59, %eax\n\tsyscall\n\tret\n", called],
])("%s, as code", (_, text, format) => {
  expect(codeFormat(text)).toBe(format);
});

import { expect, test } from "vitest";
import { cFormat } from "../../src/files/c-format.ts";

test.each<[string, string, string | undefined]>([
  ["a function", "int add(int a, int b) { return a + b; }", undefined],
  ["one that runs a program when it is called", "void f(void) { system(cmd); }", undefined],
  ["a constructor", "static void __attribute__((constructor)) f(void) { x = 1; }", "runs when loaded"],
  ["with underscores", "__attribute__ (( __constructor__ )) void f(void) { x = 1; }", "runs when loaded"],
  ["of C++", "[[gnu::constructor]] void f() { popen(a, b); }", "reaches out when loaded"],
  [
    "behind a macro",
    "#define RUN __attribute__((constructor(101)))\nRUN void f() { connect(s, a, n); }",
    "reaches out when loaded",
  ],
  [
    "an entry of the table",
    '__attribute__((section(".init_array"))) void (*p)(void) = f;',
    "runs when loaded",
  ],
  ["another section", '__attribute__((section("maps"))) int m;', undefined],
  ["a class of Objective-C", "@implementation A\n+ (void)load { system(cmd); }", "reaches out when loaded"],
  [
    "a library of Windows",
    "BOOL WINAPI DllMain(HINSTANCE h, DWORD r, LPVOID p) { return TRUE; }",
    "runs when loaded",
  ],
])("%s", (_what, text, format) => {
  expect(cFormat(new TextEncoder().encode(text))).toBe(format);
});

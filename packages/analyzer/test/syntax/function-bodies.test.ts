import { expect, test } from "vitest";
import { functionBodies } from "../../src/syntax/function-bodies.ts";

/** A body stands between two `~`. */
test.each<[string]>([
  ["package m\nfunc f() {~return 1~}\n"],
  ["func (r *T[K]) M[P any](a int, b func() struct{ x int }) (c, d int) {~ for {} ~}\nvar x = 1"],
  ["func f() struct{ a int } {~ return x ~}"],
  ["func f() map[string]interface{ M() } {~ return x ~}"],
  ["func f() func() {~ return func() {} ~}"],
  ["func f(\n\ta int, // {\n\tb int,\n) {~ /* } */ ~}\nfunc g() {~~}"],
  ["func f() {~ s := \"}\"; r := '}'; t := `}`; // }\n ~}\ntype T struct{ a int }"],
  ["func bodiless()\ntype T struct { a int }\nfunc f() {~ x ~}"],
  ["func bodiless() (int, error)\nvar x = []int{1, 2}"],
  ["type F func()\ntype T interface { M() }"],
  ["var x = [...]func(){f, g}\n"],
  ["var (\n\tf = func() { x }\n)\nfunc g() {~ y ~}"],
  ["func f() { unterminated\nfunc g() { x }\n".replace("g() { x }", "g() (")],
  ["func f() {~ x ~}\nfunc g() { ( }\nfunc h() { ) }\n"],
  ["// func f() { x }\n/*\nfunc g() { x }\n*/\nvar s = `\nfunc h() { x }\n`"],
  ["functional()\nfunc\nf() { x }"],
])("%j", (marked) => {
  const text = marked.replaceAll("~", "");
  const bodies = [...marked.matchAll(/~([^~]*)~/gs)].map(([, body]) => body);
  const found = [...functionBodies(text)];
  expect(found.map(({ start, end }) => text.slice(start, end))).toEqual(bodies);
});

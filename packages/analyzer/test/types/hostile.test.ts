/** Types that are made to blow up: they take bounded steps, and what stands beside them is told. */
import { createBuilds } from "@capdiff/analyzer";
import { describe, expect, test } from "vitest";
import { typeLines } from "../../../../test-corpus/runner/type-lines.ts";
import { moduleOf } from "./check-all.ts";

const rows = (count: number, row: (number: number) => string) =>
  Array.from({ length: count }, (_, number) => row(number)).join("\n");

const beside = "func Beside(x []string) { _ = x[0] }\n";

/** Each has a body that asks for what is hostile in it. */
const sources: Readonly<Record<string, string>> = {
  "interfaces that embed two others, sixty deep": `
${rows(60, (n) => `type I${n} interface { I${n + 1}; J${n + 1} }\ntype J${n} interface { I${n + 1}; J${n + 1} }`)}
type I60 interface{ M() }
type J60 interface{ N() }
func F(x I0) { x.M(); x.N(); x.O() }`,
  "unions of two others, sixty deep": `
${rows(60, (n) => `type I${n} interface { I${n + 1} | J${n + 1} }\ntype J${n} interface { I${n + 1} | J${n + 1} }`)}
type I60 interface{ ~int }
type J60 interface{ ~string }
func F[T I0](x T) { _ = x + x; _ = len(x) }`,
  "a union of ten thousand types, limited to those once more": `
type U interface { ${Array.from({ length: 10_000 }, (_, n) => `[${n}]string`).join(" | ")} }
type V interface { U; ${Array.from({ length: 10_000 }, (_, n) => `~[${n}]string`).join(" | ")} }
func F[T V](x T) { ${"_ = x[0]; ".repeat(10)} }`,
  "an interface that embeds itself twice": `
type I interface { I; I; M() }
func F(x I) { x.M(); x.N() }`,
  "structs with two fields of another, sixty deep": `
import "unsafe"
${rows(60, (n) => `type S${n} struct { a, b S${n + 1} }`)}
type S60 struct{ x int8 }
var s S0
const size = unsafe.Sizeof(s)
func F() { _ = s.a.b.a; _ = [size]int{} }`,
  "structs that embed two others, sixty deep": `
${rows(60, (n) => `type S${n} struct { S${n + 1}; T${n + 1} }\ntype T${n} struct { S${n + 1}; T${n + 1} }`)}
type S60 struct{ x int8 }
type T60 struct{ y int8 }
func F(s S0) { _ = s.x; _ = s.none }`,
  "aliases of pairs of each other, sixty deep": `
type Pair[A, B any] struct { a A; b B }
type P0 = Pair[int, int]
${rows(60, (n) => `type P${n + 1} = Pair[P${n}, P${n}]`)}
func Swap[A, B any](p Pair[A, B]) Pair[B, A] { return Pair[B, A]{p.b, p.a} }
func F(p P60, f func(P60) P60) { _ = Swap(p).a.b; f(p) }`,
  "generic aliases that double their argument, sixty deep": `
type Pair[A, B any] struct { a A; b B }
type P0[T any] = T
${rows(60, (n) => `type P${n + 1}[T any] = P${n}[Pair[T, T]]`)}
func F(p P60[int], f func(P60[int])) { _ = p.a.b; f(p) }`,
  "a size of an instance that contains greater ones": `
import "unsafe"
type G[T any] struct{ g G[*T]; n int }
var g G[int]
const size = unsafe.Sizeof(g)
func F() { _ = size; _ = g.g.g.n; _ = unsafe.Offsetof(g.n) }`,
  "an interface of five thousand methods, generic and not, each called": `
type I interface { ${Array.from({ length: 5000 }, (_, n) => `M${n}()`).join("; ")} }
type J[T any] interface { ${Array.from({ length: 5000 }, (_, n) => `M${n}(T)`).join("; ")} }
type S[T any] struct { ${Array.from({ length: 5000 }, (_, n) => `f${n} T`).join("; ")} }
func F(i I, j J[int], s S[int]) {
${rows(5000, (n) => `i.M${n}(); j.M${n}(s.f${n})`)}
}`,
  "an instance that embeds greater ones": `
type G[T any] struct { *G[[]T]; *H[T] }
type H[T any] struct { *G[map[int]T]; *H[*T] }
func F(g G[int]) { _ = g.x; g.M() }`,
  "an interface that embeds greater instances": `
type I[T any] interface { I[[]T]; I[*T] }
func F(x I[int]) { x.M() }`,
  "a function that calls itself with greater types": `
type Pair[A, B any] struct { a A; b B }
func F[T any](x T) { F(Pair[T, T]{x, x}); F([]T{x}) }`,
  "inference that would have a type contain itself": `
func Apply[T any](f func(T, []T), x T) T { return x }
func G[T any](a []T, b T) {}
func Id[T any](x T) []T { return nil }
func Twice[T any](f func(T) T) T { panic(0) }
func F() { _ = Apply(G, nil); _ = Twice(Id) }`,
  "a constraint in terms of the uninstantiated type": `
type L[T interface{ M(L, L) }] struct { next L }
func F(l L, f func(L)) { _ = l.next.next; f(l) }`,
  "two thousand types, each defined by the next": `
${rows(2000, (n) => `type T${n} T${n + 1}`)}
type T2000 struct{ x int }
func F(t T0) { _ = t.x }`,
  "two thousand aliases, each of the next": `
${rows(2000, (n) => `type T${n} = T${n + 1}`)}
type T2000 = struct{ x int }
func F(t T0) { _ = t.x }`,
  "two thousand structs, each embedding the next": `
${rows(2000, (n) => `type T${n} struct{ T${n + 1} }`)}
type T2000 struct{ x int }
func F(t T0) { _ = t.x }`,
  "two thousand interfaces, each embedding the next": `
${rows(2000, (n) => `type T${n} interface{ T${n + 1} }`)}
type T2000 interface{ M() }
func F(t T0) { t.M() }`,
  "two thousand variables, each from the next": `
${rows(2000, (n) => `var v${n} = v${n + 1}`)}
var v2000 = 1
func F() { _ = v0 }`,
  "two thousand constants, each twice the next": `
${rows(2000, (n) => `const c${n} = c${n + 1} + c${n + 1}`)}
const c2000 = 1
func F() { _ = c0 }`,
  "two thousand arrays, each as long as the next": `
${rows(2000, (n) => `var a${n} [len(a${n + 1})]int`)}
var a2000 [3]int
func F() { _ = a0 }`,
  "two thousand type parameters, each bound by the next": `
func F[${Array.from({ length: 2000 }, (_, n) => `T${n} T${n + 1}`).join(", ")}, T2000 any](x T0) { _ = x.y }`,
  "strings that double": `
const s0 = "x"
${rows(60, (n) => `const s${n + 1} = s${n} + s${n}`)}
const n = len(s60)
func F() { _ = s60 }`,
  "numbers that square": `
const n0 = 3
${rows(60, (n) => `const n${n + 1} = n${n} * n${n}`)}
const q = 1.0 / n60
func F() { _ = n60 }`,
  "an operand below ten thousand stars": `func F(x int) { _ = ${"*".repeat(10_000)}x }`,
  "a call of a call, two thousand times": `func f() any { return f }\nfunc F() { _ = f${"()".repeat(2000)} }`,
  "an index of an index, two thousand times": `func F(x []int) { _ = x${"[0]".repeat(2000)} }`,
  "a selector of a selector, two thousand times": `
type T struct{ t *T }
func F(x T) { _ = x${".t".repeat(2000)} }`,
  "a slice of slices, two thousand times": `var x ${"[]".repeat(2000)}int\nfunc F() { _ = x[0] }`,
  "literals in literals without types, three thousand times": `
type T []T
var y = T${"{".repeat(3000)}${"}".repeat(3000)}
func F() { _ = U${"{".repeat(3000)}${"}".repeat(3000)} }`,
  "functions that take functions": `var f ${"func(".repeat(500)}${")".repeat(500)}\nfunc F() { f(nil) }`,
};

describe("what stands beside is told, whatever is asked of", () => {
  test.each(Object.entries(sources))("%s", async (_, text) => {
    const source = moduleOf(`package m\n\n${text.replace(/(?=func F)/, beside)}\n`);
    const lines = await typeLines(source, { builds: createBuilds(), tests: false });
    expect(lines.some((line) => line.startsWith("type x[0]: string"))).toBe(true);
    const longest = Math.max(...lines.filter((line) => line.startsWith("type")).map(({ length }) => length));
    expect(longest).toBeLessThan(400_000);
  });
});

/**
 * Functions that call what they are given at once, or see to it that it is called, and do nothing else
 * of interest. A call of one counts as calls of what it is given there: what other callers give does not
 * count for it. So does Capslock, by the same names (its package `analyzer`, `rewrite.go`).
 */
const ids: ReadonlySet<string> = new Set([
  "(*golang.org/x/sync/errgroup.Group).Go",
  "(*golang.org/x/sync/errgroup.Group).TryGo",
  "(*sync.Once).Do",
  "(*sync.WaitGroup).Go",
  "sort.IsSorted",
  "sort.Slice",
  "sort.SliceIsSorted",
  "sort.SliceStable",
  "sort.Sort",
  "sort.Stable",
]);

export function isToldByCallbacks(id: string): boolean {
  return ids.has(id);
}

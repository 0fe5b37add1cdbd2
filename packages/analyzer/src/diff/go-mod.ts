import type { GoModChange } from "../model/report.ts";
import { pairByKeys } from "./pairing.ts";
import type { ComparedLine, Side } from "./side.ts";

/** Lines of go.mod that are new, gone, or have another value. */
export function goModChanges(old: Side, fresh: Side): GoModChange[] {
  const key = (line: ComparedLine) => `${line.directive} ${line.subject}`;
  const { pairs, removed, added } = pairByKeys(old.goMod, fresh.goMod, [
    (line) => `${key(line)} ${line.value ?? ""}`,
    key,
  ]);
  const value = (line: ComparedLine) => (line.value === undefined ? {} : { value: line.value });
  const oldValue = (line: ComparedLine) => (line.value === undefined ? {} : { oldValue: line.value });
  const head = ({ directive, subject, indirect }: ComparedLine) =>
    ({ kind: "go-mod", directive, subject, ...(indirect && { indirect }) }) as const;
  return [
    ...added.map((line): GoModChange => ({ ...head(line), change: "added", ...value(line) })),
    ...removed.map((line): GoModChange => ({ ...head(line), change: "removed", ...value(line) })),
    ...pairs
      .filter(([a, b]) => a.value !== b.value)
      .map(([a, b]): GoModChange => ({ ...head(b), change: "changed", ...value(b), ...oldValue(a) })),
  ];
}

import type { FileChange } from "../model/report.ts";
import { pairByKeys } from "./pairing.ts";
import type { ComparedFile, Side } from "./side.ts";

/** Files that are not Go and are new, gone, moved, or have another content. */
export function fileChanges(old: Side, fresh: Side): FileChange[] {
  const { pairs, removed, added } = pairByKeys(old.otherFiles, fresh.otherFiles, [
    (file) => file.name,
    (file) => `${file.role} ${file.sha256}`,
  ]);
  return [
    ...added.map((file) => describe(file, "added")),
    ...removed.map((file) => describe(file, "removed")),
    ...pairs.filter(([a, b]) => a.sha256 !== b.sha256 || a.role !== b.role).map(([a, b]) => changed(a, b)),
    ...pairs
      .filter(([a, b]) => a.name !== b.name)
      .map(([a, b]) => ({ ...describe(b, "moved"), oldName: a.name })),
  ];
}

function changed(before: ComparedFile, file: ComparedFile): FileChange {
  const { size, sha256, format = "" } = before;
  return {
    ...describe(file, "changed"),
    ...(format !== (file.format ?? "") && { oldFormat: format }),
    oldSize: size,
    oldSha256: sha256,
  };
}

function describe(file: ComparedFile, change: FileChange["change"]): FileChange {
  const { name, role, size, sha256 } = file;
  return {
    kind: "file",
    change,
    name,
    role,
    ...(file.format !== undefined && { format: file.format }),
    size,
    sha256,
  };
}

/**
 * The name by which a file refers to an import without an alias. The truth stands in
 * the imported package's clause; where that is not at hand, custom tells it.
 */
export interface PackageNames {
  /** The name in the clause of that package, if known. */
  (importPath: string): string | undefined;
}

const versionElement = /^v[0-9]+$/;

/** Names that the package at the path may have, likeliest first. Never empty. */
export function likelyNames(importPath: string): readonly string[] {
  const elements = importPath.split("/");
  let last = elements.pop() ?? "";
  if (versionElement.test(last) && elements.length > 0) last = elements.pop() ?? "";
  const plain = last.replace(/\.v[0-9]+$/, "");
  const names = [
    plain,
    plain.replace(/^go[-.]/, ""),
    plain.replace(/[-.]go$/, ""),
    plain.slice(plain.lastIndexOf("-") + 1),
    plain.slice(plain.lastIndexOf(".") + 1),
    plain.replace(/[-.]/g, ""),
    plain.replace(/[-.]/g, "_"),
    plain.replace(/^go/, ""),
  ];
  return [...new Set(names.filter((name) => /^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(name)).concat(plain))];
}

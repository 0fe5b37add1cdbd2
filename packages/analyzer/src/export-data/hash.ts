import type { ExportData } from "./format.ts";

/** What an export hash is made with. */
export interface Hashing {
  /** The export hash of an imported package; undefined if it cannot be had. */
  readonly deepHashOf: (path: string) => string | undefined;
  /** A cryptographic hash of a text, since who writes the code would choose the collisions. */
  readonly digest: (text: string) => string;
}

/**
 * The deep export hash: the same as long as importers of the package can learn the same,
 * also of the packages that its types lead to.
 */
export function exportHash(data: ExportData, { deepHashOf, digest }: Hashing): string {
  const imports = data.packages.map((path) => [path, deepHashOf(path) ?? null]);
  return digest(JSON.stringify([data, imports]));
}

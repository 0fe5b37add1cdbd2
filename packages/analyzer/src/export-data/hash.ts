/** What an export hash is made with. */
export interface Hashing {
  /** The export hash of a package that is referred to; undefined if it cannot be had. */
  readonly deepHashOf: (path: string) => string | undefined;
  /** A cryptographic hash of a text, since who writes the code would choose the collisions. */
  readonly digest: (text: string) => string;
}

/** The export data of a package as JSON, and the `packages` that it refers to. */
export interface HashedPackage {
  readonly path: string;
  readonly exports: string;
  readonly mentions: readonly string[];
}

/**
 * The deep export hash of packages that are compiled together: the same as long as importers
 * can learn the same of them, also of the packages that their types lead to.
 */
export function exportHash(packages: readonly HashedPackage[], { deepHashOf, digest }: Hashing): string {
  const own = new Set(packages.map(({ path }) => path));
  const mentions = new Set(packages.flatMap((one) => one.mentions));
  const others = [...mentions].filter((path) => !own.has(path)).sort();
  return digest(
    JSON.stringify([
      packages.map(({ path, exports }) => [path, exports]),
      others.map((path) => [path, deepHashOf(path) ?? null]),
    ]),
  );
}

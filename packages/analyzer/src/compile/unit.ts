import type { PackageScope } from "../declare/package-scope.ts";
import type { FlatTree } from "../syntax/index.ts";
import type { Scope } from "./scope.ts";

/** One file of the package that is being compiled. */
export interface Unit {
  readonly pkg: PackageScope;
  readonly packagePath: string;
  readonly packageName: string;
  /** Index of the file. */
  readonly file: number;
  readonly tree: FlatTree;
  /** The empty block around everything in the file. */
  readonly fileScope: Scope;
  /** Functions that `//export` hands to C. */
  readonly cgoExports: ReadonlySet<string>;
  /** The same for another file of the package. */
  readonly inFile: (file: number) => Unit;
}

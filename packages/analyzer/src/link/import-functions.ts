/** What importing runs: a function of each package that stands for the initialisation of what it imports. */
import type { FunctionFacts, ImportFacts, PackageFacts, UseFacts } from "../model/facts.ts";

/** The name of that function inside its package; as in SSA form, where it runs the package's own initialisers as well. */
export const importsName = "init";

/**
 * The function that imports what a package does, if it imports anything: at the first import of
 * each path in the order of the files. It has no flows, and no code whose change could be told.
 */
export function importFunction(pkg: PackageFacts): FunctionFacts | undefined {
  const [first] = pkg.files.flatMap(({ imports }) => imports);
  if (first === undefined) return undefined;
  const file = pkg.files.findIndex(({ imports }) => imports.length > 0);
  const uses = pkg.files.flatMap(({ imports, builds }, index) =>
    imports.map((one) => importUse(one, { file: index, own: file, builds })),
  );
  return {
    id: `${pkg.path}.${importsName}`,
    kind: "imports",
    entry: "init",
    file,
    builds: "",
    line: first.line,
    column: first.column,
    bodiless: false,
    fingerprint: "",
    size: 0,
    uses,
  };
}

interface ImportPlace {
  readonly file: number;
  /** The file of the function. */
  readonly own: number;
  readonly builds: string;
}

function importUse({ path, line, column }: ImportFacts, { file, own, builds }: ImportPlace): UseFacts {
  return {
    target: { kind: "package", path },
    use: "import",
    ...(file !== own && { file }),
    line,
    column,
    ...(builds !== "" && { builds }),
  };
}

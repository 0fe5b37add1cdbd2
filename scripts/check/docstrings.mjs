/** Whatever a package exports says, in a docstring, what its signature cannot. */
import { Node, Project } from "ts-morph";
import { inRoot, root } from "../workspace.mjs";

/** @returns {import("./checks.mjs").Outcome} */
export function docstrings() {
  const project = new Project({
    skipAddingFilesFromTsConfig: true,
    compilerOptions: { noLib: true, allowImportingTsExtensions: true, resolveJsonModule: true },
  });
  project.addSourceFilesAtPaths(inRoot("packages/*/src/**/*.ts"));
  const exported = project.getSourceFiles(inRoot("packages/*/src/index.ts")).flatMap(exportsOf);
  const problems = exported
    .filter(({ declarations }) => !declarations.some(isDocumented))
    .map(({ name, declarations }) => `${placeOf(declarations[0])}: exported ${name} has no docstring`);
  return { covered: exported.length, unit: "exports", problems: [...new Set(problems)].sort() };
}

/**
 * @param {import("ts-morph").SourceFile} index
 * @returns {{ name: string, declarations: readonly Node[] }[]}
 */
function exportsOf(index) {
  const entries = [...index.getExportedDeclarations()];
  return entries.map(([name, declarations]) => ({ name, declarations }));
}

/** @param {Node} declaration */
function isDocumented(declaration) {
  const holder = Node.isVariableDeclaration(declaration) ? declaration.getVariableStatement() : declaration;
  // A file that is exported whole (a namespace, a JSON file) documents itself.
  return holder === undefined || !Node.isJSDocable(holder) || holder.getJsDocs().length > 0;
}

/** @param {Node | undefined} declaration */
function placeOf(declaration) {
  if (declaration === undefined) return "unknown";
  return `${declaration
    .getSourceFile()
    .getFilePath()
    .slice(root.length + 1)}:${declaration.getStartLineNumber()}`;
}

/** The imports of a project's files, static and dynamic, of values and of types. */
import { Node, SyntaxKind } from "ts-morph";

/**
 * An import of a file. `to` is a path relative to the root when the specifier is
 * relative, else the name of the package (`node:` modules keep their prefix).
 * @typedef {{ from: string, to: string, internal: boolean, names: readonly string[], at: string }} Import
 */

/** @typedef {{ files: readonly string[], imports: readonly Import[] }} Imports */

/**
 * @param {import("ts-morph").Project} project
 * @param {string} root
 * @returns {Imports}
 */
export function importsOf(project, root) {
  const sources = project.getSourceFiles();
  const local = (/** @type {string} */ path) => path.slice(root.length).replace(/^\//, "");
  return {
    files: sources.map((source) => local(source.getFilePath())),
    imports: sources.flatMap((source) => {
      const from = local(source.getFilePath());
      return specifiers(source).map(({ text, line, names }) => ({
        from,
        ...target(from, text),
        names,
        at: `${from}:${line}`,
      }));
    }),
  };
}

/** @param {import("ts-morph").SourceFile} source */
function specifiers(source) {
  return source.getDescendants().flatMap((node) => {
    const literal = specifierOf(node);
    if (literal === undefined) return [];
    return [{ text: literal.getLiteralText(), line: literal.getStartLineNumber(), names: namesOf(node) }];
  });
}

/**
 * @param {Node} node
 * @returns {import("ts-morph").StringLiteral | undefined}
 */
function specifierOf(node) {
  if (Node.isImportDeclaration(node)) return node.getModuleSpecifier();
  if (Node.isExportDeclaration(node)) return node.getModuleSpecifier();
  if (Node.isImportTypeNode(node))
    return node.getArgument().getFirstDescendantByKind(SyntaxKind.StringLiteral);
  if (!Node.isCallExpression(node)) return undefined;
  const callee = node.getExpression();
  const imports = callee.getKind() === SyntaxKind.ImportKeyword || callee.getText() === "require";
  return imports ? node.getArguments().find(Node.isStringLiteral) : undefined;
}

/**
 * @param {Node} node
 * @returns {string[]} the names imported one by one; `*` for all of them
 */
function namesOf(node) {
  if (Node.isImportDeclaration(node)) {
    if (node.getNamespaceImport() !== undefined) return ["*"];
    return node.getNamedImports().map((name) => name.getName());
  }
  if (Node.isExportDeclaration(node)) {
    const names = node.getNamedExports().map((name) => name.getName());
    return names.length > 0 ? names : ["*"];
  }
  if (Node.isImportTypeNode(node)) return [node.getQualifier()?.getText() ?? "*"];
  return ["*"];
}

/**
 * @param {string} from
 * @param {string} specifier
 */
function target(from, specifier) {
  if (!specifier.startsWith(".")) {
    const [scope = "", name = ""] = specifier.split("/");
    return { to: scope.startsWith("@") ? `${scope}/${name}` : scope, internal: false };
  }
  const path = new URL(specifier, `file:///${from}`).pathname.slice(1);
  return { to: decodeURIComponent(path), internal: true };
}

/** Names of functions, SSA-style: `F`, `(T).M` and `(*T).M` inside a package, `pkg.F`, `(pkg.T).M`, `(*pkg.T).M` outside. */

const exportedName = /^\p{Lu}/u;

/** Whether a name can be used outside of its package (Go spec, Exported identifiers). */
export function isExportedName(name: string): boolean {
  const first = name.charCodeAt(0);
  return first < 0x80 ? first >= 65 && first <= 90 : exportedName.test(name);
}

/** The name of a method inside its package. */
export function methodName(receiver: string, pointer: boolean, name: string): string {
  return `(${pointer ? "*" : ""}${receiver}).${name}`;
}

/** The id of a function or method of a package, of which `name` is the name inside it. */
export function functionId(packagePath: string, name: string): string {
  if (!name.startsWith("(")) return `${packagePath}.${name}`;
  const receiver = name.startsWith("(*") ? 2 : 1;
  return `${name.slice(0, receiver)}${packagePath}.${name.slice(receiver)}`;
}

/** The name inside its package of a function with that id: the other way round. */
export function nameInPackage(packagePath: string, id: string): string {
  if (!id.startsWith("(")) return id.slice(packagePath.length + 1);
  const receiver = id.startsWith("(*") ? 2 : 1;
  return id.slice(0, receiver) + id.slice(receiver + packagePath.length + 1);
}

/**
 * The import path of the package that the name of a function, closure, method or type is of. Of a name
 * without one (`error`) that is the empty text.
 */
export function packageOf(name: string): string {
  const start = name.startsWith("(*") ? 2 : name.startsWith("(") ? 1 : 0;
  const slash = name.lastIndexOf("/", end(name, start));
  const dot = name.indexOf(".", Math.max(slash, start));
  return dot < 0 ? "" : name.slice(start, dot);
}

/** Where the owner of a method ends, or the whole name. */
function end(name: string, start: number): number {
  const close = start === 0 ? -1 : name.indexOf(")");
  return close < 0 ? name.length : close;
}

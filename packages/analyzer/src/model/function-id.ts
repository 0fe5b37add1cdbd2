/** Names of functions, SSA-style: `F`, `(T).M` and `(*T).M` inside a package, `pkg.F`, `(pkg.T).M`, `(*pkg.T).M` outside. */

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

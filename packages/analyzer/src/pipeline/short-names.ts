/** Names of functions without the path of the module that is looked at. */

/**
 * What a written name may mean, the likeliest first: as it stands, `F` and `T.M` of the module's root package,
 * `sub.F` of a package inside it. `./sub.F`, and methods as `(*./sub.T).M`, are of the module in any case.
 */
export function nameReadings(written: string, modulePath: string): readonly string[] {
  const [opening, bare] = parts(written);
  if (bare.startsWith("./")) return [`${opening}${modulePath}/${bare.slice(2)}`];
  const [, type, method] = /^([\p{L}\p{Nd}_]+)\.([\p{L}\p{Nd}_]+)$/u.exec(written) ?? [];
  return [
    written,
    `${opening}${modulePath}.${bare}`,
    `${opening}${modulePath}/${bare}`,
    ...(type === undefined || method === undefined ? [] : [`(${modulePath}.${type}).${method}`]),
  ];
}

/** The shortest name that is read as that function; functions of others keep theirs. */
export function shortName(id: string, modulePath: string): string {
  const [opening, bare] = parts(id);
  if (bare.startsWith(`${modulePath}.`)) return `${opening}${bare.slice(modulePath.length + 1)}`;
  return bare.startsWith(`${modulePath}/`) ? `${opening}.${bare.slice(modulePath.length)}` : id;
}

/** What opens a receiver, and the rest. */
function parts(name: string): [opening: string, bare: string] {
  const opening = /^\(?\*?/.exec(name)?.[0] ?? "";
  return [opening, name.slice(opening.length)];
}

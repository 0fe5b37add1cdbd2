/** `F`, `(T).M`, `(*T).M` of a package as `pkg.F`, `(pkg.T).M`, `(*pkg.T).M`. */
export function qualified(path: string, name: string): string {
  const [, open = "", rest = name] = /^(\(\*?)(.*)$/s.exec(name) ?? [];
  return `${open}${path}.${rest}`;
}

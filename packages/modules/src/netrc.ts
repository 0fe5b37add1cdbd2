/** One machine of a netrc file with what is needed to log in there. */
export interface NetrcEntry {
  readonly machine: string;
  readonly login: string;
  readonly password: string;
}

/**
 * Reads a netrc file as the Go command does: `machine`, `login`, `password`; macros are skipped, `default` ends
 * the file, an entry without login or password is ignored, anything else is passed over. Never throws.
 */
export function parseNetrc(text: string): NetrcEntry[] {
  const entries: NetrcEntry[] = [];
  let current: Partial<Record<"machine" | "login" | "password", string>> = {};
  let inMacro = false;
  for (const line of text.split(/\r?\n/u)) {
    if (inMacro) {
      inMacro = line !== "";
      continue;
    }
    const words = line.split(/\s+/u).filter((word) => word !== "");
    for (let at = 0; at < words.length; at += 2) {
      const key = words[at];
      const value = words[at + 1];
      if (key === "default") return entries;
      if (key === "macdef") inMacro = true;
      if (value === undefined) break;
      if (key === "machine") current = { machine: value };
      if (key === "login" || key === "password") current[key] = value;
      const { machine, login, password } = current;
      if (machine !== undefined && login !== undefined && password !== undefined) {
        entries.push({ machine, login, password });
        current = {};
      }
    }
  }
  return entries;
}

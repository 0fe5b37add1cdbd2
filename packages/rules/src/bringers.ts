/** The map asked the other way round: which names bring a capability. */
import type { Decided, PackageEntry } from "./map.ts";
import { qualified } from "./qualified.ts";

/**
 * What brings a capability, or one of its kind when only the first part is asked for: names as
 * reports write them (`os/exec.Command`, `(*net/http.Client).Do`), `(net.Dialer).*` for all
 * methods of a type, `plugin.*` for all of a package but what the map lists apart. The
 * names that stand for themselves first; by package, then in the order of the map.
 */
export function namesBringing(entries: readonly PackageEntry[], capability: string): readonly string[] {
  const brings = (decided: Decided) =>
    [decided].flat().some((one) => one === capability || one.startsWith(`${capability}/`));
  const named = entries.flatMap(({ path, functions = [], variables = [] }) =>
    [...functions, ...variables]
      .filter((decision) => brings(decision.capability))
      .flatMap(({ names }) => names.map((name) => qualified(path, name))),
  );
  const whole = entries.filter((entry) => brings(entry.capability)).map(({ path }) => `${path}.*`);
  return [...named, ...whole];
}

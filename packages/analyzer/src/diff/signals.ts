import type { SignalChange } from "../model/report.ts";
import type { Signal } from "../model/signal.ts";
import { pairByKeys } from "./pairing.ts";
import type { Side } from "./side.ts";

/**
 * Signals that are new or gone: another text, or the same more or less often in its file. Where in the
 * file does not count, nor does another name for a file of the same content, unless it is the name that makes it run.
 */
export function signalChanges(old: Side, fresh: Side): SignalChange[] {
  const { removed, added } = pairByKeys(old.signals, fresh.signals, [
    (one) => `${one.signal}\n${one.position.file}\n${one.text}`,
    (one) => (one.signal === "run-on-open" ? undefined : `${one.signal}\n${one.sha256}\n${one.text}`),
  ]);
  return [...added.map((one) => describe(one, "added")), ...removed.map((one) => describe(one, "removed"))];
}

function describe({ signal, position, text }: Signal, change: SignalChange["change"]): SignalChange {
  return { kind: "signal", change, signal, position, text };
}

import type { SignalChange } from "../model/report.ts";
import type { Signal } from "../model/signal.ts";
import { pairByKeys } from "./pairing.ts";
import type { Side } from "./side.ts";

/**
 * Signals that are new or gone: another text, or the same more or less often in its file. Where in the
 * file does not count, nor does another name for a file of the same content, unless it is the name by which it is read.
 */
export function signalChanges(old: Side, fresh: Side): SignalChange[] {
  const { removed, added } = pairByKeys(old.signals, fresh.signals, [
    (one) => `${one.signal}\n${one.position.file}\n${one.text}`,
    (one) => (byName.has(one.signal) ? undefined : `${one.signal}\n${one.sha256}\n${one.text}`),
  ]);
  return [...added.map((one) => describe(one, "added")), ...removed.map((one) => describe(one, "removed"))];
}

const byName: ReadonlySet<Signal["signal"]> = new Set(["run-on-open", "agent-instructions", "build-setup"]);

function describe({ signal, position, text }: Signal, change: SignalChange["change"]): SignalChange {
  return { kind: "signal", change, signal, position, text };
}

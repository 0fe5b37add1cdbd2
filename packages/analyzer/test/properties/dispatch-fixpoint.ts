/** What calls of a generated program run, by the plainest means: sets that grow until nothing changes. */
import type { DispatchProgram, Statement } from "./dispatch-programs.ts";

/** What each place holds, and what each function calls (`F -> G`) and mentions. */
export interface Fixpoint {
  readonly calls: ReadonlySet<string>;
  readonly mentions: ReadonlySet<string>;
}

export function fixpointOf(program: DispatchProgram): Fixpoint {
  const held = heldValues(program);
  const calls = new Set<string>(["apply", "give"].flatMap((name) => callsOf(name, held)));
  const mentions = new Set<string>();
  for (const { name, statements } of program) {
    let closures = 0;
    for (const one of statements) {
      if (one.kind === "closure") {
        const closure = `${name}$${++closures}`;
        calls.add(`${closure} -> ${one.calls}`);
        mentions.add(`${name} -> ${closure}`);
      }
      if (one.kind === "call") calls.add(`${name} -> ${one.fn}`);
      if (one.kind === "put" && one.what.startsWith("F")) mentions.add(`${name} -> ${one.what}`);
      if ("to" in one && one.to === "parameter") calls.add(`${name} -> apply`);
      for (const from of takenFrom(one)) if (from === "result") calls.add(`${name} -> give`);
      if (one.kind === "call-place")
        for (const callee of held.get(one.place) ?? []) calls.add(`${name} -> ${callee}`);
    }
  }
  return { calls, mentions };
}

/** Of what control gets to from some function alone: the others put nothing anywhere. */
export function fixpointFrom(program: DispatchProgram, start: string): Fixpoint {
  const reached = new Set([start]);
  for (;;) {
    const found = fixpointOf(program.filter(({ name }) => reached.has(name)));
    const before = reached.size;
    for (const edge of [...found.calls, ...found.mentions]) reached.add(edge.split(" -> ")[1] ?? "");
    if (reached.size === before) return found;
  }
}

function takenFrom(one: Statement): string[] {
  if (one.kind === "copy") return [one.from];
  return one.kind === "call-place" ? [one.place] : [];
}

/** `apply` calls its parameter; `give` calls nothing. */
function callsOf(name: string, held: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  return name === "apply" ? [...(held.get("parameter") ?? [])].map((callee) => `apply -> ${callee}`) : [];
}

function heldValues(program: DispatchProgram): Map<string, Set<string>> {
  const held = new Map<string, Set<string>>();
  const of = (place: string): Set<string> => {
    let set = held.get(place);
    if (set === undefined) held.set(place, (set = new Set()));
    return set;
  };
  const flows: [to: string, from: string][] = [["result", "v0"]];
  for (const { name, statements } of program) {
    let closures = 0;
    for (const one of statements) {
      if (one.kind === "put") of(one.to).add(one.what.startsWith("T") ? `(${one.what}).m` : one.what);
      if (one.kind === "closure") of(one.to).add(`${name}$${++closures}`);
      if (one.kind === "copy") flows.push([one.to, one.from]);
    }
  }
  for (let again = true; again; ) {
    again = false;
    for (const [to, from] of flows) {
      for (const what of of(from)) {
        if (of(to).has(what)) continue;
        of(to).add(what);
        again = true;
      }
    }
  }
  return held;
}

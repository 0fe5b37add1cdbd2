import type { ChangedFunction, Evidence, Rule } from "@capdiff/analyzer";
import { packageOf } from "./checks.ts";
import { atCode, everywhere, holderName, shortName, waysIn } from "./places.ts";

export const environmentEncoded: Rule = {
  id: "environment-encoded",
  title: "The whole environment is encoded",
  tier: "review",
  seen: "A function that did not read all variables of the environment now does, and it, or a new or changed function that it calls, encodes, compresses or encrypts something; neither runs a program, which is handed the environment. Hashes do not count, nor does what moved: a changed function did both, and does not read them any more.",
  why: "The environment holds tokens and passwords. Whoever sends it away makes one word of it, which looks like an identifier.",
  benign: ["reports of errors and builds that say in which environment they happened"],
  references: [
    "ten modules of one organisation: environment and credentials posted from init (public reports, May 2026)",
  ],
  *find(evidence) {
    const changed = evidence.changedFunctions();
    const own = new Set(changed.map((one) => one.function));
    // Another function did both, and reads no more: what it does was moved.
    if (
      changed.some((one) => readsAll(one.before?.uses) && !readsAll(one.now.uses) && encoded(evidence, one))
    )
      return;
    for (const one of changed) {
      const names = namesOf(evidence, one, own);
      const encoder = names.find(isEncoder);
      if (
        !readsAll(one.now.uses) ||
        readsAll(one.before?.uses) ||
        encoder === undefined ||
        names.some((name) => running.test(name))
      )
        continue;
      const what = `\`${holderName(one)}\``;
      const place = atCode(one, "reads the environment");
      const say = (holders: string) =>
        `in ${holders} the whole environment is now read and something encoded (os.Environ, ${shortName(encoder)})`;
      yield {
        tier: "review",
        certainty: "dynamic",
        message: say(what),
        locations: [place, ...waysIn(evidence.waysTo(one.function))],
        builds: everywhere,
        about: [packageOf(encoder)],
        // A function counts with what sets the package variables that it names.
        oneOf: { at: packageOf(encoder), what, place, say },
      };
    }
  },
};

const environ = /^(?:os|syscall)\.Environ$/u;
const encoding =
  /^(?:encoding\/(?:base64|base32|hex|ascii85)|compress\/\w+|crypto\/(?:aes|cipher|rc4|rsa))$/u;
const running =
  /^\(?\*?(?:os\/exec\.|os\.(?:StartProcess|ProcAttr)|syscall\.(?:Exec|ForkExec|StartProcess))/u;

function isEncoder(name: string): boolean {
  return encoding.test(packageOf(name));
}

/** Whether the old version encoded something in it, or in what it called. */
function encoded({ namesIn }: Evidence, { before }: ChangedFunction): boolean {
  const names = [...(before?.uses ?? [])];
  return names.some((name) => isEncoder(name) || [...namesIn("old", name)].some(isEncoder));
}

function readsAll(uses: ReadonlySet<string> = new Set()): boolean {
  return [...uses].some((name) => environ.test(name));
}

/** What it uses, and what those use of the functions of the module that are new or changed. */
function namesOf(
  { namesIn }: Evidence,
  { now }: ChangedFunction,
  own: ReadonlySet<string>,
): readonly string[] {
  const names = [...now.uses];
  return [...names, ...names.flatMap((name) => (own.has(name) ? [...namesIn("new", name)] : []))];
}

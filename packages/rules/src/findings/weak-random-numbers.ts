import type { ChangedFunction, Evidence, Rule, Version } from "@capdiff/analyzer";
import { lastName, packageOf } from "./checks.ts";
import { atCode, everywhere, ownName, shortName, waysIn } from "./places.ts";

export const weakRandomNumbers: Rule = {
  id: "weak-random-numbers",
  title: "Secrets are made of numbers that can be guessed",
  tier: "review",
  seen: "A function that callers reach took its random numbers from crypto/rand, and now takes them from math/rand, itself, by a variable or by a function that it calls, or makes them of the time or the number of the process; or a package variable held the reader of crypto/rand, and now has one of the module's own code; or it makes keys, and newly of such numbers. What is only a delay or a choice informs.",
  why: "Who knows how the numbers are made makes the same keys and tokens.",
  benign: ["numbers that are no secrets: delays, samples, names of temporary files"],
  references: ["the catalogue of signals: weakened cryptography"],
  *find(evidence) {
    const found = evidence.changedFunctions().flatMap((changed) => {
      const weak = weakened(evidence, changed) ?? ownNumbers(evidence, changed);
      return weak === undefined ? [] : [{ changed, weak }];
    });
    const taking = new Set(found.flatMap(({ changed }) => (takesThem(changed) ? [changed.function] : [])));
    for (const { changed, weak } of found) {
      // What calls a function that is told is told there.
      if (!takesThem(changed) && [...changed.now.uses].some((name) => taking.has(name))) continue;
      const ways = evidence.waysTo(changed.function);
      const isReached = ways.existing.length > 0 || ways.atStart.length > 0;
      yield {
        tier: isReached && !harmless.test(ownName(changed.function)) ? "review" : "inform",
        certainty: "static",
        message: `\`${ownName(changed.function)}\` now takes random numbers from ${weak}${makesKeys(changed) ? ", of which it makes keys" : " rather than from crypto/rand"}`,
        locations: [atCode(changed, "takes random numbers"), ...waysIn(ways)],
        builds: everywhere,
        about: [weak],
      };
    }
  },
};

/** Whether a function itself takes weak random numbers. */
function takesThem({ now }: ChangedFunction): boolean {
  return [...now.uses].some((name) => isWeak(packageOf(name)));
}

function isWeak(path: string): boolean {
  return /^math\/rand(?:\/v2)?$/u.test(path);
}

/** The package that the numbers are from now, if they were from a better one, or keys are made of them. */
function weakened(evidence: Evidence, changed: ChangedFunction): string | undefined {
  const now = packagesOf(evidence, "new", changed.now.uses);
  const weak = [...now].find(isWeak);
  if (weak === undefined || now.has(strong)) return undefined;
  const { before } = changed;
  const old = before === undefined ? new Set() : packagesOf(evidence, "old", before.uses);
  if (old.has(weak)) return undefined;
  return (before !== undefined && old.has(strong)) || makesKeys(changed) ? weak : undefined;
}

const strong = "crypto/rand";

/** What the numbers are made of now, if the function itself took better ones, and nothing else is there to give them. */
function ownNumbers(evidence: Evidence, { function: fn, now, before }: ChangedFunction): string | undefined {
  if (before === undefined || ![...before.uses].some((name) => packageOf(name) === strong)) return undefined;
  const fresh = namesOf(evidence, "new", now.uses);
  const own = new Set(evidence.changedFunctions().map((changed) => packageOf(changed.function)));
  if (fresh.map(packageOf).some((path) => !own.has(path) && mayBeRandom.test(path))) return undefined;
  const old = new Set(namesOf(evidence, "old", before.uses));
  const clock = fresh.find((name) => !old.has(name) && guessable.test(name));
  if (clock !== undefined) return `\`${shortName(clock)}\``;
  return before.uses.has(`${strong}.Reader`) && ownName(fn).startsWith("init:")
    ? "code of its own"
    : undefined;
}

/** Other cryptography, the system, and other modules, of which not all is known. */
const mayBeRandom = /^crypto\b|^(?:syscall|internal|runtime)\b|\./u;

const guessable = /^(?:time\.Now|\(time\.Time\)\.Unix\w*|os\.Getpid)$/u;

function packagesOf(evidence: Evidence, version: Version, uses: ReadonlySet<string>): ReadonlySet<string> {
  return new Set(namesOf(evidence, version, uses).map(packageOf));
}

/** The names that a function uses, and functions of the module that it uses. */
function namesOf({ namesIn }: Evidence, version: Version, uses: ReadonlySet<string>): readonly string[] {
  const names = [...uses];
  return [...names, ...names.flatMap((name) => [...namesIn(version, name)])];
}

function makesKeys({ now }: ChangedFunction): boolean {
  return [...now.uses].some(
    (name) => /^(?:golang\.org\/x\/)?crypto\b/u.test(packageOf(name)) && making.test(lastName(name)),
  );
}

const making =
  /^(?:Generate\w*Key|GenerateKey\w*|CreateCertificate(?:Request)?|Sign(?:PKCS1v15|PSS|ASN1)?)$/u;

const harmless = /jitter|back_?off|shuffle|sleep|retry|delay|wait|pick|choose|sample|temp/iu;

/** Functions whose answer says whether something is what it claims to be, and what uses them. */
import type { Evidence, Version } from "@capdiff/analyzer";

const ofStandard =
  /^(?:crypto\/(?:ed25519\.Verify(?:WithOptions)?|ecdsa\.Verify(?:ASN1)?|rsa\.Verify(?:PKCS1v15|PSS)|dsa\.Verify|hmac\.Equal|subtle\.ConstantTimeCompare)|\(\*crypto\/x509\.\w+\)\.(?:Verify|VerifyHostname|Check\w*Signature\w*))$/u;

/** Of other modules by their last name, where nothing is known of what they do. */
const ofOthers =
  /^(?:Verify|Check(?:Detached|Armored\w*)?Signature|CompareHashAndPassword|ConstantTimeCompare)/u;

/** Calls between a function and what it uses, at most: with the function itself as far as `namesFarthest` allows. */
export const deepest = 2;

/** Whether a function of a version, or one that it calls, checks something; by a name as in `Terminal`. */
export function checks(evidence: Evidence, version: Version, name: string, depth = deepest): boolean {
  if (ofStandard.test(name)) return true;
  const names = evidence.namesIn(version, name);
  if (names.size === 0)
    return ofOthers.test(lastName(name)) && packageOf(name).includes(".") && !isOfModule(evidence, name);
  return depth > 0 && [...names].some((one) => one !== name && checks(evidence, version, one, depth - 1));
}

/** Whether it is named like a check, of a module from elsewhere: its host and owner are those of no function that changed. */
export function isCheckElsewhere({ changedFunctions }: Evidence, name: string): boolean {
  if (!ofOthers.test(lastName(name)) || !packageOf(name).includes(".")) return false;
  const root = rootOf(name);
  return !changedFunctions().some(({ function: fn }) => rootOf(fn) === root);
}

/** `github.com/owner/name` of what is below it. */
function rootOf(name: string): string {
  return packageOf(name).split("/").slice(0, 3).join("/");
}

/** A function of one of the versions that does nothing, or nothing any more. */
function isOfModule({ changedFunctions }: Evidence, name: string): boolean {
  return changedFunctions().some(({ function: fn, before }) => fn === name || before?.function === name);
}

/** The last part of a name: `Verify` of `(*crypto/x509.Certificate).Verify`. */
export function lastName(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** The import path in such a name, as far as it has one. */
export function packageOf(name: string): string {
  const text = name.replace(/^\(\*?/u, "");
  const start = text.lastIndexOf("/") + 1;
  const dot = text.indexOf(".", start);
  return dot < 0 ? "" : text.slice(0, dot);
}

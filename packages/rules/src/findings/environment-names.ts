/** What names of environment variables say of what is in them. */
import type { Evidence, Flow } from "@capdiff/analyzer";

/**
 * Last words of names of what is no secret, as programs are told where and how they run. All other names weigh in full: a
 * secret may have any name (`CI_SETTINGS`, `DATABASE_URL`), a name in this list is hardly ever given to one.
 */
const facts =
  /^(?:[A-Z0-9]+_)*(?:ENV|ENVIRONMENT|STAGE|REGION|ZONE|CLUSTER|NAMESPACE|POD|NODE|HOST|HOSTNAME|PORT|SERVICE|APP|NAME|VERSION|RELEASE|BRANCH|COMMIT|SHA|TAGS?|BUILD|NUMBER|LANG|LANGUAGE|LOCALE|TZ|TERM|SHELL|EDITOR|VISUAL|PAGER|BROWSER|COLOR|LEVEL|MODE|DEBUG|VERBOSE|ARCH|OS|GOOS|GOARCH|CI|HOME|USER|LOGNAME|PATH|TMPDIR|DISPLAY|TIMEOUT|INTERVAL)$/u;

/** Whatever stands in front of the last word: `TOKEN_NAME` may be one. */
const secret =
  /TOKEN|SECRET|PASS|PWD|KEY|AUTH|CRED|PAT_|JWT|COOKIE|SESSION|PRIVATE|SIGN|MNEMONIC|SEED|WALLET/u;

const ofOneName = /^(?:os\.Getenv|os\.LookupEnv|syscall\.Getenv)$/u;

/** Whether a flow begins with variables of the environment whose names are all known, and say that they are no secrets. */
export function readsPlainVariables({ originsAt }: Evidence, { source }: Flow): boolean {
  if (source.kind !== "environment" || !ofOneName.test(source.name)) return false;
  const [name] = originsAt(source.function, source.site.position);
  if (name === undefined || name.caller || name.variables.length > 0) return false;
  return name.constants.length > 0 && name.constants.every((one) => facts.test(one) && !secret.test(one));
}

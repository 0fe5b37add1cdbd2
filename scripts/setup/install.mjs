/** Installs the packages that the lock file names, with the pnpm that package.json pins. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { inRoot, readJson, run, ScriptError } from "../workspace.mjs";
import { stampOf } from "./stamps.mjs";

/**
 * A stamp of all that decides what an install does.
 *
 * @returns {string}
 */
export function installInputs() {
  const inPackages = readdirSync(inRoot("packages"))
    .sort()
    .map((name) => `packages/${name}/package.json`);
  const paths = [
    "package.json",
    "pnpm-lock.yaml",
    "pnpm-workspace.yaml",
    ".npmrc",
    "test-corpus/package.json",
    ...inPackages,
  ];
  const present = paths.filter((path) => existsSync(inRoot(path)));
  const platform = `${process.platform} ${process.arch}`;
  return stampOf([platform, ...present.flatMap((path) => [path, readFileSync(inRoot(path), "utf8")])]);
}

/** Installs from the lock file; pnpm's output is shown only when it fails. */
export function installPackages() {
  const pnpm = pinnedPnpm();
  process.stderr.write(`capdiff: installing packages with ${pnpm} (a minute or so the first time)\n`);
  const installed = run("npx", ["--yes", pnpm, "install", "--frozen-lockfile"], { env: { CI: "true" } });
  if (installed.status === 0) return;
  throw new ScriptError(
    `${installed.output}\ncapdiff: the packages could not be installed (exit code ${installed.status}, see above).`,
  );
}

/** @returns {string} such as `pnpm@10.1.2`, without the hash that may follow */
function pinnedPnpm() {
  const { packageManager = "" } = /** @type {{ packageManager?: string }} */ (readJson("package.json"));
  const pinned = /^pnpm@[\d.]+/.exec(packageManager)?.[0];
  if (pinned === undefined) throw new ScriptError("package.json: packageManager must pin a version of pnpm.");
  return pinned;
}

/** Hosts that this machine's configuration of npm and Go names, other than the public ones. */
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { run } from "../workspace.mjs";

/** Hosts that everybody's configuration may name, and that documents may mention. */
const publicHosts =
  /^(registry\.npmjs\.org|proxy\.golang\.org|sum\.golang\.(org|google\.cn)|goproxy\.(io|cn)|localhost|127\..*|\[::1\])$/;

/** @returns {string[]} sorted; empty on a machine with the default configuration */
export function machineHosts() {
  const go = goSettings();
  const settings = [run("npm", ["config", "get", "registry"]).stdout, ...go.split(/[,|]/)];
  const hosts = settings.flatMap((setting) => hostOf(setting.trim()) ?? []);
  return [...new Set(hosts)].filter((host) => !publicHosts.test(host)).sort();
}

/** @returns {string} GOPROXY and GOSUMDB, from the environment and from Go's own file, comma-separated */
function goSettings() {
  const fromGo = run("go", ["env", "GOPROXY", "GOSUMDB"]);
  const found = fromGo.status === 0 ? fromGo.stdout.split("\n") : [];
  const file = /^GO(?:PROXY|SUMDB)=(.*)$/gm;
  const configured = goFiles().flatMap((text) => [...text.matchAll(file)].map((match) => match[1] ?? ""));
  const { GOPROXY = "", GOSUMDB = "" } = process.env;
  // GOSUMDB may be `name+hash+key url`.
  return [...found, ...configured, GOPROXY, GOSUMDB].join(",").replace(/\s+/g, ",");
}

/** @returns {string[]} the contents of the files that `go env -w` writes, where there are any */
function goFiles() {
  const home = homedir();
  const folders = [
    process.env["XDG_CONFIG_HOME"],
    join(home, ".config"),
    join(home, "Library/Application Support"),
  ];
  return folders.flatMap((folder) => {
    try {
      return folder === undefined ? [] : [readFileSync(join(folder, "go/env"), "utf8")];
    } catch {
      return [];
    }
  });
}

/**
 * @param {string} setting a URL, a host, or a word such as `direct`
 * @returns {string | undefined}
 */
function hostOf(setting) {
  if (/^https?:\/\//.test(setting) && URL.canParse(setting)) return new URL(setting).hostname;
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+/i.exec(setting)?.[0];
}

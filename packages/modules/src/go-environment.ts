/**
 * Settings of the Go command, read from where it reads them and in its order: the environment, the user's Go
 * env file, `go.env` in GOROOT. Nothing is executed: GOROOT is found through `go` on PATH by its place alone.
 */
import { readFile, realpath, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";

/** A value and where it was set, in words for a message. */
export interface Setting {
  readonly value: string;
  readonly from: string;
}

/** The process surroundings that settings depend on; tests hand in their own. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
}

/** Looks a name up; an empty value counts as not set, as in Go. */
export type GoEnvironment = (name: string) => Setting | undefined;

/** Reads the two files (a missing or unreadable one is empty) and returns the look-up. */
export async function readGoEnvironment(surroundings: Surroundings): Promise<GoEnvironment> {
  const { env } = surroundings;
  const userFile = goEnvFile(surroundings);
  const user = userFile === undefined ? new Map<string, string>() : await readEnvFile(userFile);
  const goroot = env["GOROOT"] || user.get("GOROOT") || (await findGoroot(surroundings));
  const release = goroot ? await readEnvFile(join(goroot, "go.env")) : new Map<string, string>();
  return (name) => {
    const layers = [
      { value: env[name], from: `environment variable ${name}` },
      { value: user.get(name), from: `${name} in the Go env file` },
      { value: release.get(name), from: `${name} in go.env of GOROOT` },
    ];
    for (const { value, from } of layers) if (value) return { value, from };
    return undefined;
  };
}

/** The lines `NAME=value` of an env file; anything else is ignored, as in Go. Never throws for content. */
export function parseEnvFile(text: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split("\n")) {
    const equals = line.indexOf("=");
    if (equals > 0 && /^[A-Z]/u.test(line))
      values.set(line.slice(0, equals), line.slice(equals + 1).replace(/\r$/u, ""));
  }
  return values;
}

async function readEnvFile(file: string): Promise<Map<string, string>> {
  const limit = 1024 * 1024;
  try {
    const found = await stat(file);
    if (!found.isFile() || found.size > limit) return new Map();
    return parseEnvFile(await readFile(file, "utf8"));
  } catch {
    return new Map();
  }
}

function goEnvFile(surroundings: Surroundings): string | undefined {
  const named = surroundings.env["GOENV"];
  if (named) return named === "off" ? undefined : named;
  const folder = userFolder(surroundings, "config");
  return folder === undefined ? undefined : join(folder, "go", "env");
}

/** The user's home folder; the environment decides, as in Go. */
export function homeFolder({ env, platform }: Surroundings): string | undefined {
  const named = platform === "win32" ? env["USERPROFILE"] : env["HOME"];
  return named || homedir() || undefined;
}

/** The user's folder for configuration or for caches, where the platform keeps it; undefined without a home. */
export function userFolder(surroundings: Surroundings, kind: "config" | "cache"): string | undefined {
  const { env, platform } = surroundings;
  if (platform === "win32") return (kind === "config" ? env["APPDATA"] : env["LOCALAPPDATA"]) || undefined;
  const home = homeFolder(surroundings);
  if (platform === "darwin") {
    return home && join(home, "Library", kind === "config" ? "Application Support" : "Caches");
  }
  const named = env[kind === "config" ? "XDG_CONFIG_HOME" : "XDG_CACHE_HOME"];
  return named || (home && join(home, kind === "config" ? ".config" : ".cache"));
}

/** GOROOT is the folder above the one where the `go` on PATH really lies, if there is a go.env. */
async function findGoroot({ env, platform }: Surroundings): Promise<string | undefined> {
  const name = platform === "win32" ? "go.exe" : "go";
  for (const folder of (env["PATH"] ?? "").split(delimiter).filter((entry) => entry !== "")) {
    try {
      const goroot = dirname(dirname(await realpath(join(folder, name))));
      if ((await stat(join(goroot, "go.env"))).isFile()) return goroot;
    } catch {
      // No go here: the next folder may have it.
    }
  }
  return undefined;
}

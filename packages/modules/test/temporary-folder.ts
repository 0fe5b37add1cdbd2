import { mkdtempSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import {
  type Configuration,
  type ConfigurationFlags,
  loadConfiguration,
  type SourceLimits,
  type Timeouts,
} from "../src/index.ts";

const folders: string[] = [];

afterAll(async () => {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

/** A new folder that is gone when the test file is done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "capdiff-modules-"));
  folders.push(folder);
  return folder;
}

/** Writes files, by their slash paths, into a folder (a new one unless named) and returns it. */
export async function writeFiles(
  files: Record<string, string | Uint8Array>,
  folder: string = temporaryFolder(),
): Promise<string> {
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return folder;
}

/** A configuration that knows nothing of the machine that the tests run on; its caches are new folders. */
export async function testConfiguration(
  flags: ConfigurationFlags = {},
  bounds: { limits?: Partial<SourceLimits>; timeouts?: Partial<Timeouts>; env?: NodeJS.ProcessEnv } = {},
): Promise<Configuration> {
  const home = temporaryFolder();
  const timeouts = { connect: 2000, headers: 400, body: 400, total: 5000, retryDelay: 5, ...bounds.timeouts };
  const env = { HOME: home, ...bounds.env };
  return loadConfiguration({ flags: { cacheDir: join(home, "cache"), ...flags }, env, ...bounds, timeouts });
}

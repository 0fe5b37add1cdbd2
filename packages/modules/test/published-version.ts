/** A version published through a real proxy with a real checksum database, and the repository that it may be of. */
import { escapePath, h1OfGoMod, openModule, type VerifyOptions } from "../src/index.ts";
import { proxyFiles } from "./file-proxy.ts";
import { addCommits, type CommitSpec, gitRepository } from "./git-repository.ts";
import { localDatabase, throughProxy } from "./local-database.ts";
import { loopbackServer, serveFiles } from "./loopback-server.ts";
import { temporaryFolder, testConfiguration } from "./temporary-folder.ts";

/** The module unless said. */
export const PATH = "example.test/m";
export const MOD = `module ${PATH}\n\ngo 1.20\n`;
/** What is in it unless said. */
export const FILES = { "go.mod": MOD, "a.go": "package a\n", "b.txt": "one\ntwo\n" };

/** What is published, and what is in the repository. */
export interface Scenario {
  readonly commits: readonly CommitSpec[];
  /** Made later: tags that are there are moved. */
  readonly later?: readonly CommitSpec[];
  readonly version?: string;
  readonly path?: string;
  readonly published?: Record<string, string>;
  /** The commit that the proxy names, by its number or name; `none`: it names none. */
  readonly origin?: number | string;
  readonly originUrl?: string;
  readonly extra?: Record<string, string>;
  readonly database?: "honest" | "other" | "none";
  readonly options?: Partial<VerifyOptions>;
}

/** Makes the repository, and serves the version. */
export async function publish(scenario: Scenario) {
  const {
    commits,
    later = [],
    version = "v1.0.0",
    path = PATH,
    published = FILES,
    database = "honest",
  } = scenario;
  const { folder, commits: first } = gitRepository(temporaryFolder(), commits);
  const all = [...first, ...(later.length === 0 ? [] : addCommits(folder, later))];
  const files = await proxyFiles({ [`${path}@${version}`]: published });
  const { origin = 0, originUrl } = scenario;
  const hash = typeof origin === "number" ? all[origin] : origin;
  const Origin = origin === "none" ? undefined : { VCS: "git", URL: originUrl, Hash: hash };
  files[`${escapePath(path)}/@v/${version}.info`] = JSON.stringify({ Version: version, Origin });
  const h1 = await hashOf(files, `${path}@${version}`);
  const sums = localDatabase();
  sums.add(`${path}@${version}`, {
    zip: database === "other" ? "h1:other=" : h1,
    goMod: h1OfGoMod(Buffer.from(published["go.mod"] ?? `module ${path}\n`)),
  });
  const served: Record<string, string | Uint8Array> = {
    ...files,
    ...(database === "none" ? {} : throughProxy(sums)),
    ...scenario.extra,
  };
  const server = await loopbackServer(serveFiles(served));
  const configuration = await testConfiguration(
    { goproxy: server.url, gosumdb: sums.verifierKey },
    { env: { PATH: process.env["PATH"], GOROOT: temporaryFolder() }, timeouts: { git: 60_000 } },
  );
  return { folder, commits: all, configuration, path, version, served, sums, requests: server.requests };
}

async function hashOf(files: Record<string, string | Uint8Array>, target: string): Promise<string> {
  const { url } = await loopbackServer(serveFiles(files));
  const copy = await openModule(target, { configuration: await testConfiguration({ goproxy: url }) });
  await copy.close();
  return copy.h1;
}

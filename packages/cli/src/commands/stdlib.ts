/** `capdiff stdlib build`: compiles a release's standard library to a file of facts. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { compileStandardLibrary, createBuilds, createParser, type SourceFile } from "@capdiff/analyzer";
import { loadConfiguration, type ModuleCopy, openModule } from "@capdiff/modules";
import type { SourceFlags } from "../engine.ts";
import type { Environment } from "../environment.ts";
import { UsageError } from "../errors.ts";
import { writeFileWhole, writeStream } from "../output.ts";
import { packStandardLibrary } from "../standard-library/container.ts";
import { readWasm } from "../wasm.ts";

export interface StdlibBuild {
  /** A release such as `go1.26.8`, or a GOROOT. */
  readonly from: string;
  readonly output: string;
  readonly source: SourceFlags;
}

/** Every release is published as this module, for each platform; the sources are the same in all. */
const toolchain = (release: string) => `golang.org/toolchain@v0.0.1-${release}.linux-amd64`;

export async function buildStandardLibrary(
  { from, output, source }: StdlibBuild,
  { stdout, variables }: Environment,
): Promise<void> {
  const goproxy = source.offline ? "off" : source.goproxy;
  const configuration = await loadConfiguration({
    flags: {
      goproxy,
      gosumdb: source.gosumdb,
      repositories: source.repositories,
      cacheDir: source.cacheDir,
      insecureSkipSumdb: source.skipSumdb,
    },
    env: { ...variables },
  });
  const isRelease = /^go\d/.test(from);
  const copy = await openModule(isRelease ? toolchain(from) : join(from, "src"), { configuration });
  try {
    const files = isRelease ? filesBelow(copy, "src/") : copy.files;
    const release = isRelease ? from : await releaseOf(from);
    const parser = await createParser(await readWasm());
    const packages = await compileStandardLibrary(files, { parser, builds: createBuilds() });
    const bytes = packStandardLibrary(release, packages);
    await writeFileWhole(output, [bytes]);
    await writeStream(stdout, [
      `${output}: ${release}, ${packages.length} packages, ${bytes.length} bytes\n`,
    ]);
  } finally {
    await copy.close();
  }
}

function filesBelow({ files }: ModuleCopy, folder: string): SourceFile[] {
  return files.flatMap((file) =>
    file.name.startsWith(folder) ? [{ ...file, name: file.name.slice(folder.length) }] : [],
  );
}

/** The release that the file VERSION of a GOROOT names. */
async function releaseOf(goroot: string): Promise<string> {
  const version = await readFile(join(goroot, "VERSION"), "utf8").catch(() => "");
  const release = /^go\S+/.exec(version)?.[0];
  if (release !== undefined) return release;
  throw new UsageError(
    `${goroot} holds no Go release`,
    "Give a release such as go1.26.8, or the folder that `go env GOROOT` prints.",
  );
}

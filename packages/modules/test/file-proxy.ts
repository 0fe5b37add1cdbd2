import { pathToFileURL } from "node:url";
import { escapePath, escapeVersion } from "../src/index.ts";
import { moduleZip } from "./sample-zip.ts";
import { temporaryFolder, writeFiles } from "./temporary-folder.ts";

/** Files of published versions, by `path@version`. */
export type Published = Record<string, Record<string, string>>;

/** A folder laid out as a module proxy with these versions; returns its file URL. */
export async function fileProxy(published: Published, extra: Record<string, string> = {}): Promise<string> {
  const folder = temporaryFolder();
  await writeFiles(await proxyFiles(published), folder);
  await writeFiles(extra, folder);
  return pathToFileURL(folder).href;
}

/** The files of a module proxy by their paths in it, lists included. */
export async function proxyFiles(published: Published): Promise<Record<string, string | Uint8Array>> {
  const files: Record<string, string | Uint8Array> = {};
  for (const [module, content] of Object.entries(published)) {
    const [path = "", version = ""] = module.split("@");
    const base = `${escapePath(path)}/@v`;
    const stem = `${base}/${escapeVersion(version)}`;
    files[`${base}/list`] = `${String(files[`${base}/list`] ?? "")}${version}\n`;
    files[`${stem}.info`] = JSON.stringify({ Version: version, Time: "2024-01-02T03:04:05Z" });
    files[`${stem}.mod`] = content["go.mod"] ?? `module ${path}\n`;
    files[`${stem}.zip`] = await moduleZip(module, content);
  }
  return files;
}

/** The cases: packages, of which `use` imports the others; WANT has parts of lines that are observed in it. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type ArchiveFile, parseArchive } from "../../../../test-corpus/runner/txtar.ts";

export interface ExportCase {
  readonly name: string;
  readonly files: readonly ArchiveFile[];
  readonly want: readonly string[];
}

const folder = fileURLToPath(new URL("cases", import.meta.url));

export const cases: readonly ExportCase[] = readdirSync(folder)
  .sort()
  .map((name) => {
    const { files } = parseArchive(readFileSync(`${folder}/${name}`, "utf8"));
    const want = files.find((file) => file.name === "WANT")?.content ?? "";
    return {
      name: name.replace(".txtar", ""),
      files: files.filter((file) => file.name !== "WANT"),
      want: want.trim().split("\n"),
    };
  });

import { readFileSync } from "node:fs";

export interface Fact {
  readonly importPath: string;
  readonly name: string;
  readonly capabilities: readonly string[];
}

/** Lines of a data file, without comments. */
export function dataLines(name: string): string[] {
  const text = readFileSync(new URL(`data/${name}`, import.meta.url), "utf8");
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
}

/** `data/facts.txt`: what is known for sure, for whoever changes the map. */
export function readFacts(): Fact[] {
  return dataLines("facts.txt").map((line) => {
    const [importPath = "", name = "", ...words] = line.split(" ");
    return { importPath, name, capabilities: words.filter((word) => word !== "SAFE") };
  });
}

/** Which functions calls may run, as lines. */
import type { ModuleSource } from "@capdiff/analyzer";
import { type Analyse, callees } from "./analysis.ts";
import { line, shortener } from "./words.ts";

/** A line for each call and each function that it may run, sorted. */
export async function calleeLines(source: ModuleSource, asked: Analyse): Promise<string[]> {
  const short = shortener(source.modulePath);
  const lines = await callees(source, asked);
  return lines.map((text) => {
    const [place = "", kind, callee = ""] = text.split("\t");
    return line(["runs", place, "->", short(callee)], [kind]);
  });
}

import type { Render } from "./render.ts";

/** The formats by name, each loaded when it is asked for. */
export const formats: Readonly<Record<FormatName, () => Promise<Render>>> = {
  text: async () => (await import("./text/report.ts")).renderText,
  json: async () => (await import("./json.ts")).renderJson,
  ndjson: async () => (await import("./ndjson.ts")).renderNdjson,
  capslock: async () => (await import("./capslock.ts")).renderCapslock,
  dot: async () => (await import("./graph/dot.ts")).renderDot,
  mermaid: async () => (await import("./graph/mermaid.ts")).renderMermaid,
};

export const formatNames = ["text", "json", "ndjson", "capslock", "dot", "mermaid"] as const;

/** Those that have no place for what changed. */
export const scanFormats: readonly FormatName[] = ["capslock", "dot", "mermaid"];

/** Those that draw. */
export const graphFormats = ["dot", "mermaid"] as const satisfies readonly FormatName[];

export type FormatName = (typeof formatNames)[number];

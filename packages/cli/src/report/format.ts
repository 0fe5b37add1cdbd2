import type { Render } from "./render.ts";

/** The formats by name, each loaded when it is asked for. */
export const formats: Readonly<Record<FormatName, () => Promise<Render>>> = {
  text: async () => (await import("./text/report.ts")).renderText,
  json: async () => (await import("./json.ts")).renderJson,
  ndjson: async () => (await import("./ndjson.ts")).renderNdjson,
  capslock: async () => (await import("./capslock.ts")).renderCapslock,
};

export const formatNames = ["text", "json", "ndjson", "capslock"] as const;

export type FormatName = (typeof formatNames)[number];

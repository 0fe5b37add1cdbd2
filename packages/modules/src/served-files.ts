/** Files below an http, https or file URL: a web server, or a folder that is laid out like one. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Configuration } from "./configuration.ts";
import { openRegularFile, readRange } from "./file-handle.ts";
import { type HttpBody, httpGet } from "./http.ts";
import type { TaskOptions } from "./module-copy.ts";
import { quoted } from "./printable.ts";
import { SourceError } from "./source-error.ts";

/**
 * Hands the content of the file at a slash path to `consume`, which starts anew if an attempt fails midway. Rejects
 * with a `SourceError`, whose code is `not-found` where there is no such file.
 */
export type GetServed = <T>(
  path: string,
  options: { readonly limit: number; readonly task: TaskOptions },
  consume: (body: HttpBody) => Promise<T>,
) => Promise<T>;

/** The files below a URL. Opens nothing before the first call. */
export function servedFiles(base: URL, configuration: Configuration): GetServed {
  return base.protocol === "file:" ? fileGet(base) : webGet(base, configuration);
}

/** The bytes of a whole answer. */
export async function collectBody({ chunks }: HttpBody): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

function webGet(base: URL, configuration: Configuration): GetServed {
  return (path, { limit, task }, consume) => {
    const url = new URL(base);
    const escaped = path.split("/").map((element) => encodeURIComponent(element).replaceAll("%40", "@"));
    url.pathname = `${base.pathname.replace(/\/$/u, "")}/${escaped.join("/").replaceAll("%2B", "+")}`;
    return httpGet({ url, configuration, limit, signal: task.signal }, consume);
  };
}

function fileGet(base: URL): GetServed {
  return async (path, { limit, task }, consume) => {
    task.signal?.throwIfAborted();
    const file = join(fileURLToPath(base), ...path.split("/"));
    const handle = await openRegularFile(file, file).catch((error: unknown) => {
      if (!(error instanceof SourceError) || error.code !== "no-such-file") throw error;
      throw new SourceError("not-found", error.message, { cause: error });
    });
    try {
      const { size } = await handle.stat();
      if (size > limit) throw new SourceError("too-large", `${quoted(file)} is larger than ${limit} bytes`);
      return await consume({ total: size, chunks: readRange(handle, 0, size) });
    } finally {
      await handle.close();
    }
  };
}

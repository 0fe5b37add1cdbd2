import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Makes a folder and those that it lies in, if they are not there. Node's own way of doing that never ends where the
 * file system says that there is no such folder when one is to be made, as /proc does.
 */
export async function makeFolder(folder: string, mode = 0o777): Promise<void> {
  const missing: string[] = [];
  for (let at = folder; !(await make(at, mode)); at = dirname(at)) {
    if (dirname(at) === at) break;
    missing.push(at);
  }
  // The error of the first that still cannot be made says why.
  for (const one of missing.reverse()) if (!(await make(one, mode))) await mkdir(one, { mode });
}

/** Whether it is there now; false if the folder that it lies in is not. */
async function make(folder: string, mode: number): Promise<boolean> {
  try {
    await mkdir(folder, { mode });
    return true;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EEXIST") return true;
    if (code === "ENOENT") return false;
    throw error;
  }
}

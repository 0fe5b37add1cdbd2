/** A hashing thread: it answers in the order in which it is asked, until it is ended. */
import { parentPort } from "node:worker_threads";
import { hashEntries } from "./members.ts";
import type { HashRequest } from "./threads.ts";

let last: Promise<void> = Promise.resolve();

parentPort?.on("message", ({ fd, entries }: HashRequest) => {
  last = last.then(async () => {
    // What is wrong with a file, and how that is told, is found out by whoever asked.
    const sums = await hashEntries({ file: { fd }, shown: "" }, entries).catch(() => undefined);
    parentPort?.postMessage(sums);
  });
});

/**
 * Loaded before a measured program (node --import): when it ends, writes its user CPU
 * seconds and its peak memory in MB to file descriptor 3. Works alike on Linux and
 * macOS, where /usr/bin/time does not.
 */
import { writeSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

// Worker threads load the hook too; the figures are those of the whole process.
if (isMainThread) {
  process.on("exit", () => {
    const { userCPUTime, maxRSS } = process.resourceUsage();
    writeSync(3, `${userCPUTime / 1e6} ${maxRSS / 1024}`);
  });
}

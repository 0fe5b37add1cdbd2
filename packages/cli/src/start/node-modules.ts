/** What every run needs. */
const names = [
  "node:assert",
  "node:child_process",
  "node:crypto",
  "node:dns/promises",
  "node:fs/promises",
  "node:net",
  "node:stream",
  "node:timers/promises",
  "node:worker_threads",
  "node:zlib",
];

/**
 * Loads modules of Node. With them comes the code that V8 made of them when Node was built, which it takes as long as its flags are what
 * they were then: to be called before flags are set.
 */
export function loadNodeModules(): void {
  for (const name of names) process.getBuiltinModule(name);
}

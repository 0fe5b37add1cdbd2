import type { Leaf } from "./json-leaves.ts";
import { type Place, shown } from "./place.ts";

interface Task {
  readonly offset: number;
  /** Keys with the words of each, in the order of the file: `command`, `args`, `windows.command`, ... */
  readonly words: Map<string, string[]>;
}

/** The tasks of an editor's file that run when its folder is opened, with those that they depend on. */
export function* folderTasks(leaves: readonly Leaf[]): Generator<Place> {
  const tasks = tasksIn(leaves);
  const byName = new Map<string, Task>();
  for (const task of tasks.values())
    for (const name of [...(task.words.get("label") ?? []), ...(task.words.get("taskName") ?? [])])
      byName.set(name, task);
  const common = commandOf(wordsOf(leaves.filter(({ path }) => path[0] !== "tasks")));
  for (const task of tasks.values()) {
    if (task.words.get("runOptions.runOn")?.includes("folderOpen") !== true) continue;
    const run = withDependencies(task, byName).map(({ words }) => commandOf(words));
    const commands = run.filter((text) => text !== "").join("; ");
    yield { offset: task.offset, text: shown(commands || common || "(no command)") };
  }
}

function tasksIn(leaves: readonly Leaf[]): ReadonlyMap<string, Task> {
  const tasks = new Map<string, Task>();
  for (const { path, value, offset } of leaves) {
    const [list, index, ...rest] = path;
    if (list !== "tasks" || index === undefined) continue;
    const task = tasks.get(index) ?? { offset, words: new Map<string, string[]>() };
    tasks.set(index, task);
    add(task.words, rest, value);
  }
  return tasks;
}

function wordsOf(leaves: readonly Leaf[]): Map<string, string[]> {
  const words = new Map<string, string[]>();
  for (const { path, value } of leaves) add(words, path, value);
  return words;
}

/** Indices of lists do not tell, nor that an argument stands in an object with how it is quoted. */
function add(words: Map<string, string[]>, path: readonly string[], value: string): void {
  const key = path.filter((part) => !/^[0-9]+$/.test(part) && part !== "value").join(".");
  const list = words.get(key);
  if (list === undefined) words.set(key, [value]);
  else list.push(value);
}

/** What it runs everywhere, then on some systems only. */
function commandOf(words: ReadonlyMap<string, string[]>): string {
  const of = (prefix: string) =>
    ["command", "script", "args"].flatMap((key) => words.get(prefix + key) ?? []).join(" ");
  const systems = ["windows", "osx", "linux"].flatMap((system) => {
    const text = of(`${system}.`);
    return text === "" ? [] : [`on ${system} ${text}`];
  });
  return [of(""), ...systems].filter((text) => text !== "").join(", ");
}

/** The task and what it waits for, each once. */
function withDependencies(task: Task, byName: ReadonlyMap<string, Task>): readonly Task[] {
  const found = new Set([task]);
  // The set grows while it is walked.
  for (const { words } of found)
    for (const name of words.get("dependsOn") ?? []) {
      const next = byName.get(name);
      if (next !== undefined) found.add(next);
    }
  return [...found];
}

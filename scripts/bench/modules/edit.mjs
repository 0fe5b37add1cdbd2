/** The change of a module that the next scan must show: a program that is run. */

/** @typedef {{ name: string, text: string }} GoFile with its slash path */

/**
 * A file with a function, in the directory that most files of the module import; of
 * several the first by name. Undefined if there is none. Files with a constraint in their
 * text or their name are passed over, so that the function is in all builds.
 *
 * @param {readonly GoFile[]} files
 * @param {string} modulePath
 * @returns {GoFile | undefined}
 */
export function mostImported(files, modulePath) {
  /** @type {Map<string | undefined, number>} */
  const importers = new Map();
  for (const { text } of files)
    for (const path of new Set(
      [...text.matchAll(/^(?:import |\t)[\w.]* ?"([^"\n]+)"$/gm)].map(([, path]) => path),
    ))
      importers.set(path, (importers.get(path) ?? 0) + 1);
  const counted = files
    .filter(
      ({ name, text }) =>
        isPlain(name) && !/^\/\/go:build/m.test(text) && withCommand(text, "") !== undefined,
    )
    .map((file) => ({ file, importers: importers.get(importPath(file.name, modulePath)) ?? 0 }));
  counted.sort((a, b) => b.importers - a.importers || (a.file.name < b.file.name ? -1 : 1));
  return counted[0]?.file;
}

/** @param {string} name */
function isPlain(name) {
  return !/_|(?:^|\/)(?:testdata|vendor|[._][^/]*)\//.test(name);
}

/**
 * @param {string} name of a file
 * @param {string} modulePath
 */
export function importPath(name, modulePath) {
  return [modulePath, ...name.split("/").slice(0, -1)].join("/");
}

/**
 * A Go file whose first function first makes a command; undefined if no function of it begins on a line of its own.
 *
 * @param {string} text
 * @param {string} argument of the command, so that no two edits are the same
 */
export function withCommand(text, argument) {
  const clause = /^package \w+.*\n/m;
  const opening = /^func (?:\([^()\n]*\) )?\w+\(.*\{\n/m;
  if (!clause.test(text) || !opening.test(text)) return undefined;
  return text
    .replace(opening, (line) => `${line}\tbenchexec.Command("true", ${JSON.stringify(argument)})\n`)
    .replace(clause, (line) => `${line}\nimport benchexec "os/exec"\n`);
}

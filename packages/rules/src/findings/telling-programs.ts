/** Names of programs that say that more may run than the name says. */

/** Shells, interpreters, and programs that fetch or install what they are told. */
const tellingProgram =
  /^(?:.*[/\\])?(?:(?:ba|da|z|k|c|tc|fi|a|r|mk|rba|pdk)?sh(?:-?[\d.]+)?|cmd|powershell|pwsh|wscript|cscript|mshta|rundll32|regsvr32|certutil|bitsadmin|forfiles|busybox|curl|wget|nc|ncat|netcat|socat|ssh|scp|python[0-9.]*|perl|ruby|node|php|lua(?:jit)?[\d.]*|tclsh[\d.]*|osascript|env|nohup|sudo|doas|pkexec|xargs|eval|at|schtasks|crontab|systemctl|launchctl|chmod|go|npx|bunx|uvx|pipx|deno|bun|msiexec|tftp|useradd|usermod|insmod|modprobe)(?:\.exe)?$/iu;

/** Programs of that sort whose names are words, too. */
const tellingAsProgram = /^(?:.*[/\\])?(?:su|runuser|script|parallel|expect)$/u;

/** Whether a word names a program that runs or fetches what it is told. */
export function runsWhatItIsTold(word: string): boolean {
  return tellingProgram.test(word);
}

/** Paths where anybody puts programs, and none is installed: temporary folders, open files, homes, hidden or relative paths. */
const dropPath =
  /^(?:\/(?:tmp|var\/tmp|dev\/(?:shm|fd)|run\/(?:user|shm)|proc\/(?:self|thread-self|\d+)\/fd|home|root|Users)\/|\.{1,2}[/\\]|\.\w[\w-]*[/\\]|~|[a-z]:[/\\](?:users|windows[/\\]temp)[/\\])|[/\\]\.[^/\\.]/iu;

export function liesAnywhere(program: string): boolean {
  return dropPath.test(program);
}

/** Whether a program, by its name or path, runs or fetches what it is told, or lies where anybody puts it. */
export function isTelling(program: string): boolean {
  return liesAnywhere(program) || runsWhatItIsTold(program) || tellingAsProgram.test(program);
}

/** Without the folder, and what Windows puts behind it. */
export function nameOf(program: string): string {
  return program.replace(/^.*[/\\]|\.exe$/giu, "").toLowerCase();
}

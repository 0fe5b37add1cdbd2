import type { GoModLine } from "@capdiff/analyzer";
import type { GoMod, GoModTarget } from "@capdiff/modules";

/** The declarations of a go.mod, one by one: what each is about, and what it says of it. */
export function goModLines(mod: GoMod): readonly GoModLine[] {
  return [
    ...(mod.module === undefined ? [] : [line("module", "", mod.module.path)]),
    ...(mod.go === undefined ? [] : [line("go", "", mod.go.version)]),
    ...(mod.toolchain === undefined ? [] : [line("toolchain", "", mod.toolchain.name)]),
    ...mod.godebug.map(({ key, value }) => line("godebug", key, value)),
    ...mod.require.map(({ path, version, indirect }) => ({
      ...line("require", path, version),
      ...(indirect && ({ indirect } as const)),
    })),
    ...mod.exclude.map(({ path, version }) => line("exclude", `${path} ${version}`)),
    ...mod.replace.map(({ old, replacement }) => line("replace", target(old), target(replacement))),
    ...mod.retract.map(({ low, high }) => line("retract", low === high ? low : `[${low}, ${high}]`)),
    ...mod.tool.map(({ path }) => line("tool", path)),
    ...mod.ignore.map(({ path }) => line("ignore", path)),
  ];
}

function line(directive: string, subject: string, value?: string): GoModLine {
  return value === undefined ? { directive, subject } : { directive, subject, value };
}

function target({ path, version }: GoModTarget): string {
  return version === undefined ? path : `${path} ${version}`;
}

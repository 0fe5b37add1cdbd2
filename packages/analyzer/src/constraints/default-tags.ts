/**
 * The tags that a Go 1.26 toolchain sets by itself: its default experiments and the default
 * level of each architecture (`go list -f '{{context.ToolTags}}'` for every port).
 * They matter only to a narrowed run; otherwise a build may set them or not.
 */
import type { Port } from "./platforms.ts";

const experiments = ["goexperiment.greenteagc", "goexperiment.randomizedheapbase64"];
const registerExperiments = ["goexperiment.regabiwrappers", "goexperiment.regabiargs"];
const registerArchitectures = new Set(["amd64", "arm64", "loong64", "ppc64", "ppc64le", "riscv64", "s390x"]);
const systemsWithOldDwarf = new Set(["aix", "darwin", "ios"]);

const levels: Readonly<Record<string, readonly string[]>> = {
  "386": ["386.sse2"],
  amd64: ["amd64.v1"],
  arm: ["arm.5", "arm.6", "arm.7"],
  arm64: ["arm64.v8.0"],
  mips: ["mips.hardfloat"],
  mips64: ["mips64.hardfloat"],
  mips64le: ["mips64le.hardfloat"],
  mipsle: ["mipsle.hardfloat"],
  ppc64: ["ppc64.power8"],
  ppc64le: ["ppc64le.power8"],
  riscv64: ["riscv64.rva20u64"],
  wasm: ["wasm.satconv", "wasm.signext"],
};

/** What the toolchain sets for a port, in no particular order. */
export function defaultTags({ goos, goarch }: Port): string[] {
  return [
    ...experiments,
    ...(registerArchitectures.has(goarch) ? registerExperiments : []),
    ...(systemsWithOldDwarf.has(goos) ? [] : ["goexperiment.dwarf5"]),
    ...(levels[goarch] ?? []),
  ];
}

/**
 * The ports of Go 1.26 (`go tool dist list`) and the names that build constraints know
 * (internal/syslist of the Go sources).
 */
export const ports: readonly string[] =
  `aix/ppc64 android/386 android/amd64 android/arm android/arm64 darwin/amd64
  darwin/arm64 dragonfly/amd64 freebsd/386 freebsd/amd64 freebsd/arm freebsd/arm64 illumos/amd64 ios/amd64
  ios/arm64 js/wasm linux/386 linux/amd64 linux/arm linux/arm64 linux/loong64 linux/mips linux/mips64
  linux/mips64le linux/mipsle linux/ppc64 linux/ppc64le linux/riscv64 linux/s390x netbsd/386 netbsd/amd64
  netbsd/arm netbsd/arm64 openbsd/386 openbsd/amd64 openbsd/arm openbsd/arm64 openbsd/ppc64 openbsd/riscv64
  plan9/386 plan9/amd64 plan9/arm solaris/amd64 wasip1/wasm windows/386 windows/amd64 windows/arm64`.split(/\s+/);

/** GOOS values, past and future ones too: those that a file name may end in. */
export const knownSystems: ReadonlySet<string> = new Set(
  `aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1
  windows zos`.split(/\s+/),
);

/** GOARCH values, past and future ones too. */
export const knownArchitectures: ReadonlySet<string> = new Set(
  `386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc ppc64
  ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm`.split(/\s+/),
);

const unixSystems = new Set(
  "aix android darwin dragonfly freebsd hurd illumos ios linux netbsd openbsd solaris".split(" "),
);

/** What else holds where a GOOS does (go/build, Context.matchTag). */
const implied: Readonly<Record<string, string>> = { android: "linux", illumos: "solaris", ios: "darwin" };

/** Whether a system, architecture or `unix` tag holds for a port; undefined for other tags. */
export function portHasTag(port: string, tag: string): boolean | undefined {
  const [system = "", architecture] = port.split("/");
  if (tag === "unix") return unixSystems.has(system);
  if (knownSystems.has(tag)) return system === tag || implied[system] === tag;
  return knownArchitectures.has(tag) ? architecture === tag : undefined;
}

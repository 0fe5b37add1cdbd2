/**
 * What the Go 1.26 tree says of platforms: `go tool dist list -json` and internal/syslist.
 * Data only: update it with the standard library's facts.
 */

/** A target that Go builds for. */
export interface Port {
  readonly goos: string;
  readonly goarch: string;
  /** Whether cgo can be had there. */
  readonly cgo: boolean;
}

/** The release whose `go1.N` tags hold unless another is asked for. */
export const defaultRelease = 26;

const portNames = `aix/ppc64 android/386 android/amd64 android/arm android/arm64 darwin/amd64
  darwin/arm64 dragonfly/amd64 freebsd/386 freebsd/amd64 freebsd/arm freebsd/arm64 illumos/amd64
  ios/amd64 ios/arm64 js/wasm linux/386 linux/amd64 linux/arm linux/arm64 linux/loong64 linux/mips
  linux/mips64 linux/mips64le linux/mipsle linux/ppc64 linux/ppc64le linux/riscv64 linux/s390x
  netbsd/386 netbsd/amd64 netbsd/arm netbsd/arm64 openbsd/386 openbsd/amd64 openbsd/arm
  openbsd/arm64 openbsd/ppc64 openbsd/riscv64 plan9/386 plan9/amd64 plan9/arm solaris/amd64
  wasip1/wasm windows/386 windows/amd64 windows/arm64`;

const portsWithoutCgo = new Set(
  words("js/wasm linux/ppc64 openbsd/ppc64 plan9/386 plan9/amd64 plan9/arm wasip1/wasm"),
);

/** Every port, sorted by name. Its place here is its bit in a set of builds. */
export const ports: readonly Port[] = words(portNames).map((name) => {
  const [goos = "", goarch = ""] = name.split("/");
  return { goos, goarch, cgo: !portsWithoutCgo.has(name) };
});

/** Past, present and future GOOS values: what a file name may end in. */
export const knownSystems: ReadonlySet<string> = new Set(
  words(`aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9
    solaris wasip1 windows zos`),
);

/** Past, present and future GOARCH values: what a file name may end in. */
export const knownArchitectures: ReadonlySet<string> = new Set(
  words(`386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32
    mips64p32le ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm`),
);

/** The GOOS values for which the tag `unix` holds. */
export const unixSystems: ReadonlySet<string> = new Set(
  words("aix android darwin dragonfly freebsd hurd illumos ios linux netbsd openbsd solaris"),
);

/** For these GOOS values the tag of another system holds too. */
export const impliedSystem: ReadonlyMap<string, string> = new Map([
  ["android", "linux"],
  ["illumos", "solaris"],
  ["ios", "darwin"],
]);

function words(text: string): string[] {
  return text.split(/\s+/);
}

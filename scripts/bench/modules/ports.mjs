/** The builds that are looked at. */

/** @typedef {{ goos: string, goarch: string, cgo: boolean }} Port */

const cross = process.platform !== "linux" || process.arch !== "x64";

/** cgo needs a C compiler for the port, which a host seldom has for another one. */
/** @type {Port} */
export const usual = { goos: "linux", goarch: "amd64", cgo: !cross };

/** @type {readonly Port[]} */
export const foreign = [
  { goos: "windows", goarch: "amd64", cgo: false },
  { goos: "darwin", goarch: "arm64", cgo: false },
];

/**
 * Small and large words, systems that differ much, one without cgo. No C compiler is
 * needed: only capdiff is asked.
 *
 * @type {readonly Port[]}
 */
export const six = [
  { goos: "linux", goarch: "amd64", cgo: true },
  { goos: "linux", goarch: "386", cgo: true },
  { goos: "windows", goarch: "amd64", cgo: true },
  { goos: "darwin", goarch: "arm64", cgo: true },
  { goos: "freebsd", goarch: "amd64", cgo: true },
  { goos: "js", goarch: "wasm", cgo: false },
];

/** @param {Port} port */
export function portName({ goos, goarch, cgo }) {
  return `${goos}/${goarch}${cgo ? "" : ", cgo off"}`;
}

/**
 * The flags of capdiff for one build.
 *
 * @param {Port} port
 */
export function portFlags({ goos, goarch, cgo }) {
  return ["--goos", goos, "--goarch", goarch, "--cgo", cgo ? "on" : "off"];
}

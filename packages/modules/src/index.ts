/**
 * Obtains copies of Go modules and verifies their form: a directory, a module zip, or a published version from
 * Go's module cache, capdiff's cache or a GOPROXY. Bytes from outside are checked and bounded, never extracted
 * and never run.
 *
 * In: targets as the user writes them, and a configuration. Out: a {@link ModuleCopy} with its `h1:` hash, or a
 * {@link SourceError}. Downloads are held against
 * the checksum database, which is not trusted to be honest alone.
 */
export { buildList } from "./build-list/build-list.ts";
export { compareGoVersions } from "./build-list/go-version.ts";
export type { BuildList, BuildListOptions, ListedModule } from "./build-list/model.ts";
export type {
  FoundPackage,
  MissingPackage,
  PackageResolver,
  PackageResolverOptions,
  PackageSource,
  StandardPackage,
} from "./build-list/package-model.ts";
export { packageResolver } from "./build-list/package-resolver.ts";
export { askDatabase, type ChecksumAnswer, type PublishedHash } from "./checksum-database/check.ts";
export { printVerifierKey } from "./checksum-database/setting.ts";
export {
  type Configuration,
  type ConfigurationFlags,
  type ConfigurationInput,
  type HttpProxySettings,
  loadConfiguration,
} from "./configuration.ts";
export { openDirectory } from "./directory.ts";
export { escapePath, escapeVersion, unescapePath, unescapeVersion } from "./escape.ts";
export { readRegularFile } from "./file-handle.ts";
export type { GitLimits } from "./git/git-command.ts";
export type { History } from "./git/history.ts";
export { isPublicAddress } from "./git/public-address.ts";
export { isObjectName, isRefName, type RepositoryRefs } from "./git/refs.ts";
export {
  commitOf,
  openRepository,
  type Repository,
  type RepositoryOptions,
} from "./git/repository.ts";
export { type NamedBy, type RepositoryAddress, repositoryAddress } from "./git/repository-url.ts";
export { type Setting, userFolder } from "./go-environment.ts";
export { type GoModReading, parseGoMod, parseGoWork } from "./go-mod.ts";
export type {
  GoMod,
  GoModExclude,
  GoModLine,
  GoModModule,
  GoModReplace,
  GoModRequire,
  GoModRetract,
  GoModTarget,
  GoWork,
} from "./go-mod-model.ts";
export { type GoSum, goSumProblem, malformedLines, parseGoSum } from "./go-sum.ts";
export { type HashedName, h1Hash, h1OfGoMod } from "./h1.ts";
export { DEFAULT_LIMITS, DEFAULT_TIMEOUTS, type SourceLimits, type Timeouts } from "./limits.ts";
export {
  type CopySource,
  compareByteOrder,
  type ModuleCopy,
  type ModuleFile,
  type Progress,
  type TaskOptions,
} from "./module-copy.ts";
export { type ModuleInfo, type ModuleOrigin, parseModuleInfo } from "./module-info.ts";
export {
  filePathProblem,
  modulePathProblem,
  moduleVersionProblem,
  pathMajorProblem,
  splitPathVersion,
} from "./module-path.ts";
export type { NetrcEntry } from "./netrc.ts";
export { openModule, openZip } from "./open-module.ts";
export { matchesPatternList } from "./patterns.ts";
export { printable, quoted } from "./printable.ts";
export { type FindingId, type FindingInfo, PROVENANCE_FINDINGS } from "./provenance/findings.ts";
export type {
  ChecksumReport,
  ComparedCommit,
  FileDifference,
  FileDifferenceKind,
  Provenance,
  ProvenanceFinding,
  ProvenanceVerdict,
  PublishedCopy,
  RepositoryReport,
} from "./provenance/model.ts";
export { type VerifiedVendor, verifyVendor } from "./provenance/vendor.ts";
export { type VerifiedModule, type VerifyOptions, verifyModule } from "./provenance/verify.ts";
export { type ListedVersion, type ProxyClient, proxyClient } from "./proxy.ts";
export { type ProxyEntry, parseProxyList } from "./proxy-list.ts";
export { type ProxyWalk, tryProxies } from "./proxy-walk.ts";
export { isPseudoVersion, type PseudoVersion, parsePseudoVersion } from "./pseudo-version.ts";
export { type OpenOptions, openPublished } from "./published.ts";
export { isExactVersion, resolveQuery, type VersionQuery } from "./query.ts";
export {
  type FoundDirectory,
  type ModuleLayout,
  moduleDirectory,
  moduleLayouts,
  versionTag,
} from "./rebuild/module-directory.ts";
export { type RebuildRequest, type RebuiltCopy, rebuildModule, refusalOf } from "./rebuild/rebuilt-copy.ts";
export {
  canonicalSemver,
  canonicalVersion,
  compareSemver,
  compareVersions,
  isIncompatible,
  isPrerelease,
  isValidSemver,
  parseSemver,
  type Semver,
} from "./semver.ts";
export { type SourceDiagnostic } from "./source-diagnostic.ts";
export { isNotFound, SourceError, type SourceErrorCode } from "./source-error.ts";
export { type TextStore, textStore } from "./text-store.ts";
export { type ModuleVersion, type ModuleZip, openModuleZip } from "./zip.ts";
export { ZIP_RULES, type ZipRule } from "./zip-violation.ts";

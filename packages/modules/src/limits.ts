const MIB = 1024 * 1024;

/** Bounds on what is read. Sizes in bytes. The first four are Go's own limits for module zips. */
export interface SourceLimits {
  readonly zipBytes: number;
  readonly contentBytes: number;
  readonly goModBytes: number;
  readonly licenseBytes: number;
  /** For `.info`, `.mod`, `list` and `@latest`. */
  readonly answerBytes: number;
  readonly entries: number;
  readonly directoryBytes: number;
  readonly directoryDepth: number;
  /** Module versions whose go.mod is read for one build list. */
  readonly graphModules: number;
  /** Requirements that are followed for one build list, each as often as it is met. */
  readonly graphRequirements: number;
  /** Of our copy of one repository. */
  readonly repositoryBytes: number;
}

/** The bounds that hold unless a caller says otherwise. */
export const DEFAULT_LIMITS: SourceLimits = {
  zipBytes: 500 * MIB,
  contentBytes: 500 * MIB,
  goModBytes: 16 * MIB,
  licenseBytes: 16 * MIB,
  answerBytes: 16 * MIB,
  entries: 200_000,
  directoryBytes: 4096 * MIB,
  directoryDepth: 200,
  graphModules: 20_000,
  graphRequirements: 1_000_000,
  repositoryBytes: 4096 * MIB,
};

/** How long to wait, in milliseconds, and how often to try. */
export interface Timeouts {
  readonly connect: number;
  /** Until the headers of an answer are there. */
  readonly headers: number;
  /** Between two pieces of a body. */
  readonly body: number;
  /** For one request with its redirects and retries, whole. */
  readonly total: number;
  /** How often a request is sent at most, the first time included. */
  readonly attempts: number;
  /** Before the second attempt; doubled for each further one. */
  readonly retryDelay: number;
  /** For one run of git. */
  readonly git: number;
}

/** The waits that hold unless a caller says otherwise. */
export const DEFAULT_TIMEOUTS: Timeouts = {
  connect: 10_000,
  headers: 30_000,
  body: 30_000,
  total: 900_000,
  attempts: 3,
  retryDelay: 300,
  git: 600_000,
};

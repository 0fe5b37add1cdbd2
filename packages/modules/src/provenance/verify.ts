/**
 * Is the published copy of a version the code that its repository shows at that version?
 *
 * In: a version, where it may be fetched from, perhaps its repository and a go.sum. Out: a {@link Provenance}, and
 * both copies if they differ. Order of trust: what the checksum database signed, what git computes from commits,
 * then what the proxy says, which only ever is a hint.
 */
import { askDatabase, type ChecksumAnswer } from "../checksum-database/check.ts";
import { type GetPage, pageGetter } from "../discovery/discover.ts";
import type { GoSum } from "../go-sum.ts";
import { h1OfGoMod } from "../h1.ts";
import type { ModuleCopy } from "../module-copy.ts";
import type { ModuleOrigin } from "../module-info.ts";
import { few } from "../printable.ts";
import { tryProxies } from "../proxy-walk.ts";
import { type OpenOptions, openPublished } from "../published.ts";
import type { VersionQuery } from "../query.ts";
import type { RebuiltCopy } from "../rebuild/rebuilt-copy.ts";
import type { SourceDiagnostic } from "../source-diagnostic.ts";
import { SourceError } from "../source-error.ts";
import {
  type Comparison,
  type ComparisonWork,
  compareWithCommits,
  type Judgement,
  unverifiable,
} from "./compare.ts";
import { compareFindings } from "./findings.ts";
import type { ChecksumReport, Provenance } from "./model.ts";
import { authorsNotices } from "./notices.ts";
import { repositoryOf, withHint } from "./repository-of.ts";
import { unchecked } from "./unchecked.ts";

/** How a version is verified. */
export interface VerifyOptions extends OpenOptions {
  /** The repository, in place of the one that is found: a URL or a directory. */
  readonly repo?: string | undefined;
  readonly goSum?: GoSum | undefined;
  /** Only what go.sum and the checksum database say; no repository is asked. */
  readonly sumsOnly?: boolean | undefined;
  /** How pages of import paths are got; for tests. */
  readonly getPage?: GetPage;
}

/** What was found out. Both copies stay open until it is closed. */
export interface VerifiedModule {
  readonly provenance: Provenance;
  readonly published: ModuleCopy | undefined;
  /** What the repository shows, if it could be rebuilt. */
  readonly rebuilt: RebuiltCopy | undefined;
  readonly diagnostics: readonly SourceDiagnostic[];
  close(): Promise<void>;
}

/** Verifies one version. Rejects with a `SourceError` if there is no such version, or the database lies. */
export async function verifyModule(asked: VersionQuery, options: VerifyOptions): Promise<VerifiedModule> {
  const diagnostics: SourceDiagnostic[] = [];
  const published = await orMalicious(() =>
    openPublished(asked, { ...options, configuration: unchecked(options.configuration) }),
  );
  if (published instanceof SourceError) return refusedModule(asked, published);
  try {
    // What the database says of the copy is asked apart, and told in full.
    const own = published.diagnostics.filter(({ code }) => code !== "checksum-off");
    const found = await verifyCopy({ ...published, diagnostics: own }, options, diagnostics);
    return { ...found, diagnostics: [...own, ...diagnostics] };
  } catch (error) {
    await published.close();
    throw error;
  }
}

/** A proxy says by a refusal, in its words alone, that it found a module malicious. */
async function orMalicious(open: () => Promise<ModuleCopy>): Promise<ModuleCopy | SourceError> {
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof SourceError) || error.code !== "refused") throw error;
    // The module path, which is in the message too, may hold any word.
    const [, ...said] = error.message.split("; the server says:\n");
    if (/\bmalicious\b/iu.test(said.join(""))) return error;
    throw error;
  }
}

function refusedModule({ path, query }: VersionQuery, { message, diagnostics }: SourceError): VerifiedModule {
  const provenance: Provenance = {
    module: path,
    version: query,
    verdict: "unverifiable",
    why: "the proxy does not hand it out",
    files: [],
    identical: 0,
    findings: [{ id: "reported-malicious", message }],
  };
  const close = async (): Promise<void> => {};
  return { provenance, published: undefined, rebuilt: undefined, diagnostics, close };
}

/** What is collected on the way. */
interface Work extends ComparisonWork {
  readonly options: VerifyOptions;
  readonly diagnostics: SourceDiagnostic[];
}

async function verifyCopy(
  published: ModuleCopy,
  options: VerifyOptions,
  diagnostics: SourceDiagnostic[],
): Promise<Omit<VerifiedModule, "diagnostics">> {
  const module = { path: published.modulePath, version: published.version ?? "" };
  const work: Work = { published, module, options, findings: [], diagnostics };
  const sums = await checkSums(work);
  const { rest, rebuilt } =
    options.sumsOnly === true
      ? { rest: fromSums(sums), rebuilt: undefined }
      : await compareWithRepository(work);
  const provenance: Provenance = {
    module: module.path,
    version: module.version,
    published: { source: published.source, h1: published.h1 },
    ...sums,
    ...rest,
    findings: [...work.findings].sort(compareFindings),
  };
  const close = async (): Promise<void> => {
    await rebuilt?.close();
    await published.close();
  };
  return { provenance, published, rebuilt, close };
}

/** The verdict where sums are all that was asked for. */
function fromSums({ checksum, goSum }: Pick<Provenance, "checksum" | "goSum">): Judgement {
  const said = [checksum?.status, goSum];
  if (said.includes("mismatch")) return { verdict: "differs", files: [], identical: 0 };
  if (said.includes("verified")) return { verdict: "same", files: [], identical: 0 };
  return unverifiable("neither go.sum nor the checksum database has a sum of it");
}

async function checkSums(work: Work): Promise<Pick<Provenance, "checksum" | "goSum">> {
  const { published, module, options, findings } = work;
  const { h1 } = published;
  const answer = await askDatabase({ ...module, of: "module", h1 }, options.configuration, options);
  if (answer.status === "mismatch")
    findings.push({
      id: "checksum-mismatch",
      message: `it hashes to ${h1}, ${answer.database} has ${answer.expected}`,
    });
  const goModHash = await hashOfGoMod(published);
  const goMod = await askDatabase({ ...module, of: "go.mod", h1: goModHash }, options.configuration, options);
  if (goMod.status === "mismatch")
    findings.push({
      id: "go-mod-differs",
      message: `${goMod.database} has ${goMod.expected} for the one that builds use`,
    });
  if (options.goSum === undefined) return { checksum: report(answer) };
  return { checksum: report(answer), goSum: checkGoSum(work, { goSum: options.goSum, goModHash }) };
}

/** What go.sum says of the zip, and of the go.mod in it. */
function checkGoSum(
  { module, published: { h1 }, findings }: Work,
  { goSum, goModHash }: { readonly goSum: GoSum; readonly goModHash: string },
): NonNullable<Provenance["goSum"]> {
  const told = { module: h1, "go.mod": goModHash };
  const said = (["module", "go.mod"] as const).map((of) => {
    const known = goSum.get(`${module.path} ${module.version}${of === "go.mod" ? "/go.mod" : ""}`);
    if (known === undefined) return "absent";
    if (known.has(told[of])) return "verified";
    const what = of === "go.mod" ? "its go.mod" : "it";
    findings.push({
      id: "go-sum-mismatch",
      message: `${what} hashes to ${told[of]}, go.sum has ${few([...known], 3)}`,
    });
    return "mismatch";
  });
  return said.includes("mismatch") ? "mismatch" : (said[0] ?? "absent");
}

function report(answer: ChecksumAnswer): ChecksumReport {
  return { ...answer };
}

/** Of the go.mod in the zip, or of the one that Go makes up where there is none. */
async function hashOfGoMod({ files, modulePath }: ModuleCopy): Promise<string> {
  const file = files.find(({ name }) => name === "go.mod");
  return h1OfGoMod(file === undefined ? Buffer.from(`module ${modulePath}\n`) : await file.read());
}

async function compareWithRepository(work: Work): Promise<Comparison> {
  const { module, options, findings } = work;
  const { configuration } = options;
  const walk = { path: module.path, configuration, diagnostics: work.diagnostics };
  findings.push(...(await authorsNotices(work.published, walk, options)));
  const origin = work.published.info?.origin ?? (await originAtProxy(work));
  const hint = origin === undefined ? {} : { origin };
  const search = {
    configuration,
    repo: options.repo,
    getPage: options.getPage ?? pageGetter(configuration, options),
  };
  const { found, findings: odd } = await repositoryOf(module.path, origin, search);
  findings.push(...odd);
  if (found === undefined)
    return { rest: { ...unverifiable("the repository is not known"), ...hint }, rebuilt: undefined };
  try {
    const { rest, rebuilt } = await compareWithCommits(work, found, origin);
    return { rest: { ...rest, ...hint, repository: found.report }, rebuilt };
  } catch (error) {
    if (!(error instanceof SourceError) || !GONE.has(error.code)) throw error;
    findings.push({ id: "repository-unavailable", message: withHint(error) });
    return {
      rest: { ...unverifiable("the repository cannot be read"), ...hint, repository: found.report },
      rebuilt: undefined,
    };
  }
}

const GONE: ReadonlySet<string> = new Set([
  "repository-unavailable",
  "git-limit",
  "private-address",
  "connection",
]);

/** A module cache holds no Origin that older releases of Go did not write: the proxy may know more. */
async function originAtProxy({ module, options, diagnostics }: Work): Promise<ModuleOrigin | undefined> {
  const { configuration, signal } = options;
  try {
    const walk = { path: module.path, configuration, diagnostics: [] };
    return (await tryProxies(walk, (proxy) => proxy.info(module.path, module.version, { signal }))).origin;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    diagnostics.push({ code: "origin-unavailable", severity: "info", message: error.message });
    return undefined;
  }
}

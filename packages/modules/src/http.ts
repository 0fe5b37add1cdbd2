/**
 * GET over HTTP for answers from places that are not trusted: sizes, times, redirects and retries are bounded,
 * credentials stay with the host they are for, and every failure becomes a `SourceError`.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Dispatcher } from "undici";
import type { Configuration } from "./configuration.ts";
import { checkPublicLiteral } from "./git/public-address.ts";
import { httpAgent } from "./http-agent.ts";
import { printable, printableBlock, quoted } from "./printable.ts";
import { redactUrl } from "./proxy-list.ts";
import { SourceError } from "./source-error.ts";
import { checkReachable, noteAnswer } from "./unreachable.ts";

const MAX_REDIRECTS = 10;
const MAX_ERROR_BODY = 4096;

/** One request: where to, under which settings, and how large the answer may be. */
export interface HttpRequest {
  readonly url: URL;
  readonly configuration: Configuration;
  /** In bytes; a larger answer is an error, whatever the server claimed. */
  readonly limit: number;
  readonly signal?: AbortSignal | undefined;
  /** Refuses addresses of private networks, also where a redirect leads: a server named the URL. */
  readonly publicOnly?: boolean;
}

/** The body of a successful answer. */
export interface HttpBody {
  /** From Content-Length, if the server sent one. */
  readonly total: number | undefined;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** A failure that may pass, such as a reset connection or a 503: worth another attempt. */
class PassingFailure extends Error {
  readonly final: SourceError;
  constructor(final: SourceError) {
    super(final.message);
    this.final = final;
  }
}

/**
 * Sends the request and hands a 200's body to `consume`, which starts anew if an attempt fails midway.
 * Errors: `not-found` for 404 and 410, `refused` for 401 and 403, else `http-status`, `redirect`, `timeout`,
 * `too-large`, `bad-answer`, `connection`. An abort throws the signal's reason. A server that did not answer several
 * requests in a row is not asked again under the same configuration.
 */
export async function httpGet<T>(http: HttpRequest, consume: (body: HttpBody) => Promise<T>): Promise<T> {
  checkReachable(http.url, http.configuration);
  try {
    const result = await attemptsToGet(http, consume);
    noteAnswer(http.url, http.configuration);
    return result;
  } catch (error) {
    noteAnswer(http.url, http.configuration, error);
    throw error;
  }
}

async function attemptsToGet<T>(http: HttpRequest, consume: (body: HttpBody) => Promise<T>): Promise<T> {
  const { timeouts } = http.configuration;
  const deadline = AbortSignal.timeout(timeouts.total);
  const signal = http.signal === undefined ? deadline : AbortSignal.any([deadline, http.signal]);
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptGet({ ...http, signal }, consume);
    } catch (error) {
      http.signal?.throwIfAborted();
      if (deadline.aborted) throw timedOut(http.url, `no complete answer within ${timeouts.total} ms`, error);
      if (!(error instanceof PassingFailure)) throw error;
      if (attempt >= timeouts.attempts) throw error.final;
      await sleep(timeouts.retryDelay * 2 ** (attempt - 1), undefined, { signal: http.signal });
    }
  }
}

async function attemptGet<T>(http: HttpRequest, consume: (body: HttpBody) => Promise<T>): Promise<T> {
  let url = http.url;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const answer = await send(http, url);
    const location = answer.headers["location"];
    if (!isRedirect(answer.statusCode) || typeof location !== "string") {
      return readAnswer({ http, url, answer }, consume);
    }
    answer.body.on("error", () => undefined).destroy();
    url = redirectTarget(url, location);
  }
  throw new SourceError("redirect", `GET ${redactUrl(http.url)}: more than ${MAX_REDIRECTS} redirects`, {
    hint: "Check the GOPROXY entry: the server sends requests in circles.",
  });
}

async function send(http: HttpRequest, url: URL): Promise<Dispatcher.ResponseData> {
  const authorization = credentials(http, url);
  if (http.publicOnly === true) checkPublicLiteral(url);
  const bare = new URL(url);
  bare.username = "";
  bare.password = "";
  const { default: request } = await import("undici/lib/api/api-request.js");
  try {
    return await request.call(await httpAgent(http.configuration, http.publicOnly), {
      origin: bare.origin,
      path: `${bare.pathname}${bare.search}`,
      method: "GET",
      signal: http.signal ?? null,
      headers: {
        "user-agent": "capdiff",
        "accept-encoding": "identity",
        ...(authorization !== undefined && { authorization }),
      },
    });
  } catch (error) {
    throw transportFailure(url, error);
  }
}

/**
 * Basic authentication from the URL or from netrc, for the first host of a request alone. Netrc is for https,
 * as in Go, and for this machine itself.
 */
function credentials(http: HttpRequest, url: URL): string | undefined {
  const first = http.url;
  if (url.host !== first.host || (first.protocol === "https:" && url.protocol !== "https:")) return undefined;
  if (first.username !== "" || first.password !== "") {
    return basic(decodeURIComponent(first.username), decodeURIComponent(first.password));
  }
  if (url.protocol !== "https:" && !/^(?:localhost|127\.[0-9.]+|\[::1\])$/u.test(url.hostname))
    return undefined;
  const entry = http.configuration.netrc.find(
    ({ machine }) => machine === url.host || machine === url.hostname,
  );
  return entry && basic(entry.login, entry.password);
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}

function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

function redirectTarget(from: URL, location: string): URL {
  const refuse = (why: string): SourceError =>
    new SourceError("redirect", `GET ${redactUrl(from)}: redirected to ${quoted(location)}: ${why}`, {
      hint: "Check the GOPROXY entry: a module proxy should answer by itself or redirect to an https address.",
    });
  if (!URL.canParse(location, from.href)) throw refuse("not a URL");
  const url = new URL(location, from);
  url.username = "";
  url.password = "";
  if (url.protocol !== "https:" && url.protocol !== "http:") throw refuse("neither https nor http");
  if (from.protocol === "https:" && url.protocol === "http:")
    throw refuse("https must not fall back to http");
  return url;
}

interface Received {
  readonly http: HttpRequest;
  readonly url: URL;
  readonly answer: Dispatcher.ResponseData;
}

async function readAnswer<T>(received: Received, consume: (body: HttpBody) => Promise<T>): Promise<T> {
  const { http, url, answer } = received;
  if (answer.statusCode !== 200) throw await statusFailure(received);
  // An abandoned body reports the abandonment as an error that nobody waits for.
  answer.body.on("error", () => undefined);
  try {
    const encoding = answer.headers["content-encoding"];
    if (encoding !== undefined && encoding !== "identity") {
      throw new SourceError(
        "bad-answer",
        `GET ${redactUrl(url)}: the answer is encoded as ${quoted(String(encoding))}`,
        {
          hint: "The server must send the bytes as they are when asked to (Accept-Encoding: identity).",
        },
      );
    }
    const total = contentLength(answer.headers["content-length"]);
    if (total !== undefined && total > http.limit) throw tooLarge(url, http.limit);
    return await consume({ total, chunks: boundedChunks(received) });
  } finally {
    answer.body.destroy();
  }
}

async function* boundedChunks({ http, url, answer }: Received): AsyncGenerator<Uint8Array> {
  let size = 0;
  try {
    for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > http.limit) throw tooLarge(url, http.limit);
      yield chunk;
    }
  } catch (error) {
    throw transportFailure(url, error);
  }
}

function contentLength(header: string | string[] | undefined): number | undefined {
  return typeof header === "string" && /^[0-9]+$/u.test(header) ? Number(header) : undefined;
}

function tooLarge(url: URL, limit: number): SourceError {
  return new SourceError("too-large", `GET ${redactUrl(url)}: the answer is larger than ${limit} bytes`, {
    hint: "Go sets the same limit for module zips; the server may not be a module proxy.",
  });
}

async function statusFailure({ url, answer }: Received): Promise<SourceError | PassingFailure> {
  const status = answer.statusCode;
  const text = await errorBody(answer);
  const message = `GET ${redactUrl(url)}: HTTP status ${status}${text === "" ? "" : `; the server says:\n${text}`}`;
  if (status === 404 || status === 410) return new SourceError("not-found", message);
  if (status === 401 || status === 403) {
    return new SourceError("refused", message, {
      hint:
        status === 401
          ? "The server wants a login: add one for its host to your netrc file."
          : "The server refuses to hand this out. Read its reason above before you look for another source.",
    });
  }
  const error = new SourceError("http-status", message);
  return status === 429 || status >= 500 ? new PassingFailure(error) : error;
}

async function errorBody(answer: Dispatcher.ResponseData): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MAX_ERROR_BODY) break;
    }
  } catch {
    // What was read so far is worth showing.
  }
  answer.body.on("error", () => undefined).destroy();
  return printableBlock(Buffer.concat(chunks).toString("utf8").trim());
}

const TIMEOUT_CODES = new Set(["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT", "UND_ERR_CONNECT_TIMEOUT"]);
const FINAL_CODES = new Set(["ENOTFOUND", "UND_ERR_HEADERS_OVERFLOW"]);

/** What a failed exchange means: errors of ours pass through, timeouts are final, broken connections may pass. */
function transportFailure(url: URL, error: unknown): unknown {
  if (error instanceof SourceError || error instanceof PassingFailure || !(error instanceof Error))
    return error;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (error.name === "AbortError" || error.name === "TimeoutError") return error;
  if (TIMEOUT_CODES.has(code)) return timedOut(url, printable(error.message), error);
  const isNoHttp = error.name === "HTTPParserError";
  // Errors that are neither from the system nor from undici are bugs, not answers of a server.
  if (code === "" && !isNoHttp) return error;
  const failure = new SourceError(
    "connection",
    `GET ${redactUrl(url)}: ${printable(error.message || code)}`,
    {
      hint: "Check the network, the GOPROXY entry and HTTP_PROXY / HTTPS_PROXY / NO_PROXY.",
      cause: error,
    },
  );
  return isNoHttp || FINAL_CODES.has(code) ? failure : new PassingFailure(failure);
}

function timedOut(url: URL, why: string, cause: unknown): SourceError {
  return new SourceError("timeout", `GET ${redactUrl(url)}: timed out: ${why}`, {
    hint: "Try again, or set GOPROXY to a server that answers.",
    cause,
  });
}

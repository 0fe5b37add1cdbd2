import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import {
  type Configuration,
  type ConfigurationFlags,
  openModule,
  proxyClient,
  type Timeouts,
} from "../src/index.ts";
import { proxyFiles } from "./file-proxy.ts";
import { type Handler, type LoopbackServer, loopbackServer, serveFiles } from "./loopback-server.ts";
import { testConfiguration, writeFiles } from "./temporary-folder.ts";
import { containing, matching } from "./text-match.ts";

const M = "example.com/mod";
const FILES = await proxyFiles({ [`${M}@v1.0.0`]: { "go.mod": `module ${M}\n`, "a.go": "package a\n" } });
const serve = serveFiles(FILES);

/** Serves well, but for one path. */
function except(suffix: string, handler: Handler): Handler {
  return (answer, request, attempt) => {
    if (request.url?.endsWith(suffix) === true) handler(answer, request, attempt);
    else serve(answer, request, attempt);
  };
}

async function download(
  server: LoopbackServer,
  timeouts: Partial<Timeouts> = {},
  flags: ConfigurationFlags = {},
) {
  const configuration = await testConfiguration(
    { goproxy: server.url, ...flags },
    { timeouts, limits: { answerBytes: 100_000, zipBytes: 200_000 } },
  );
  const copy = await openModule(`${M}@v1.0.0`, { configuration });
  await copy.close();
  return copy;
}

test("a server that behaves is asked for .info and .zip, once each", async () => {
  const server = await loopbackServer(serve);
  expect(await download(server)).toMatchObject({
    source: "proxy",
    version: "v1.0.0",
    info: { version: "v1.0.0" },
  });
  expect(server.requests).toEqual([
    "GET /example.com/mod/@v/v1.0.0.info",
    "GET /example.com/mod/@v/v1.0.0.zip",
  ]);
});

test("any answer shows that a server is there", async () => {
  const server = await loopbackServer((answer, request, attempt) => {
    if (request.url?.includes("/none/") === true) return;
    if (attempt % 2 === 1) answer.writeHead(404).end();
    else serve(answer, request, attempt);
  });
  const configuration = await testConfiguration({ goproxy: server.url }, { timeouts: { headers: 50 } });
  const proxy = proxyClient(new URL(server.url), configuration);
  for (let turn = 0; turn < 4; turn++) {
    await expect(proxy.mod("example.com/none", "v1.0.0")).rejects.toMatchObject({ code: "timeout" });
    const answer = proxy.mod(M, "v1.0.0");
    if (turn % 2 === 0) await expect(answer).rejects.toMatchObject({ code: "not-found" });
    else expect((await answer).length).toBeGreaterThan(0);
  }
  for (let turn = 0; turn < 3; turn++)
    await expect(proxy.mod("example.com/none", "v1.0.0")).rejects.toMatchObject({ code: "timeout" });
  await expect(proxy.mod(M, "v1.0.0")).rejects.toMatchObject({ code: "connection" });
});

/** Ways to misbehave that no attempt gets around; `requests` counts those for the path. */
const FAILING: readonly {
  name: string;
  path: string;
  handler: Handler;
  code: string;
  says: RegExp;
  requests: number;
  timeouts?: Partial<Timeouts>;
}[] = [
  {
    name: "hangs before headers",
    path: ".info",
    handler: () => {},
    code: "timeout",
    says: /timed out/u,
    requests: 1,
  },
  {
    name: "hangs in the body",
    path: ".zip",
    handler: (answer) => answer.writeHead(200, { "content-length": 1000 }).write("PK"),
    code: "timeout",
    says: /timed out/u,
    requests: 1,
  },
  {
    name: "drips for ever",
    path: ".zip",
    handler: (answer) => {
      answer.writeHead(200);
      const timer = setInterval(() => answer.write("x"), 20);
      answer.on("close", () => clearInterval(timer));
    },
    code: "timeout",
    says: /no complete answer within 700 ms/u,
    requests: 1,
    timeouts: { total: 700 },
  },
  {
    name: "sends less than it announced",
    path: ".zip",
    handler: (answer) =>
      answer.writeHead(200, { "content-length": 1000 }).write("PK", () => answer.destroy()),
    code: "connection",
    says: /GET http:/u,
    requests: 3,
  },
  {
    name: "sends more than it announced",
    path: ".zip",
    handler: (answer) =>
      answer.socket?.end("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nPK\u0003\u0004 and then some more"),
    code: "bad-zip",
    says: /breaks the rule structure/u,
    requests: 1,
  },
  {
    name: "breaks off between chunks",
    path: ".zip",
    handler: (answer) =>
      answer.writeHead(200, { "transfer-encoding": "chunked" }).write("PK", () => answer.destroy()),
    code: "connection",
    says: /GET http:/u,
    requests: 3,
  },
  {
    name: "resets the connection",
    path: ".info",
    handler: (answer) => answer.socket?.resetAndDestroy(),
    code: "connection",
    says: /GET/u,
    requests: 3,
  },
  {
    name: "speaks no HTTP",
    path: ".info",
    handler: (answer) => answer.socket?.end("SSH-2.0-nonsense\r\n"),
    code: "connection",
    says: /GET/u,
    requests: 1,
  },
  {
    name: "always answers 503",
    path: ".info",
    handler: (answer) => answer.writeHead(503).end("busy"),
    code: "http-status",
    says: /status 503.*busy/su,
    requests: 3,
  },
  {
    name: "answers 429",
    path: ".info",
    handler: (answer) => answer.writeHead(429).end(),
    code: "http-status",
    says: /status 429/u,
    requests: 3,
  },
  {
    name: "answers 404",
    path: ".info",
    handler: (answer) => answer.writeHead(404).end("no\u001b[31m such\u202e version"),
    code: "not-found",
    says: /no\\u\{1b\}\[31m such\\u\{202e\} version/u,
    requests: 1,
  },
  {
    name: "answers 410",
    path: ".info",
    handler: (answer) => answer.writeHead(410).end("gone"),
    code: "not-found",
    says: /gone/u,
    requests: 1,
  },
  {
    name: "answers 401",
    path: ".info",
    handler: (answer) => answer.writeHead(401).end("who?"),
    code: "refused",
    says: /who\?/u,
    requests: 1,
  },
  {
    name: "answers 403 with a reason",
    path: ".zip",
    handler: (answer) => answer.writeHead(403).end("this module is considered malicious"),
    code: "refused",
    says: /status 403; the server says:\n {4}this module is considered malicious/u,
    requests: 1,
  },
  {
    name: "answers 403 without end",
    path: ".info",
    handler: (answer) => endless(answer.writeHead(403)),
    code: "refused",
    says: /status 403/u,
    requests: 1,
  },
  {
    name: "answers 204",
    path: ".info",
    handler: (answer) => answer.writeHead(204).end(),
    code: "http-status",
    says: /204/u,
    requests: 1,
  },
  {
    name: "redirects in circles",
    path: ".info",
    handler: (answer, request) => answer.writeHead(302, { location: request.url }).end(),
    code: "redirect",
    says: /more than 10 redirects/u,
    requests: 11,
  },
  {
    name: "redirects to a file",
    path: ".info",
    handler: (answer) => answer.writeHead(302, { location: "file:///etc/passwd" }).end(),
    code: "redirect",
    says: /neither https nor http/u,
    requests: 1,
  },
  {
    name: "redirects to nonsense",
    path: ".info",
    handler: (answer) => answer.writeHead(302, { location: "http://[" }).end(),
    code: "redirect",
    says: /not a URL/u,
    requests: 1,
  },
  {
    name: "announces too much",
    path: ".zip",
    handler: (answer) => answer.writeHead(200, { "content-length": 10_000_000 }).write("PK"),
    code: "too-large",
    says: /larger than 200000 bytes/u,
    requests: 1,
  },
  {
    name: "sends a zip without end",
    path: ".zip",
    handler: (answer) => endless(answer.writeHead(200)),
    code: "too-large",
    says: /larger than 200000 bytes/u,
    requests: 1,
  },
  {
    name: "sends an .info without end",
    path: ".info",
    handler: (answer) => endless(answer.writeHead(200)),
    code: "too-large",
    says: /larger than 100000 bytes/u,
    requests: 1,
  },
  {
    name: "sends headers without end",
    path: ".info",
    handler: (answer) => answer.writeHead(200, { junk: "x".repeat(100_000) }).end(),
    code: "connection",
    says: /header/iu,
    requests: 1,
  },
  {
    name: "sends a gzip bomb",
    path: ".info",
    handler: (answer) =>
      answer.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(50_000_000))),
    code: "bad-answer",
    says: /encoded as "gzip"/u,
    requests: 1,
  },
  {
    name: "sends a page instead of .info",
    path: ".info",
    handler: (answer) => answer.end("<html>Log in</html>"),
    code: "bad-answer",
    says: /expected JSON with a Version, got "<html>/u,
    requests: 1,
  },
  {
    name: "answers for another version",
    path: ".info",
    handler: (answer) => answer.end('{"Version":"v1.0.1"}'),
    code: "bad-answer",
    says: /got the \.info of version "v1\.0\.1"/u,
    requests: 1,
  },
  {
    name: "sends garbage as zip",
    path: ".zip",
    handler: (answer) => answer.end("PK garbage".repeat(100)),
    code: "bad-zip",
    says: /breaks the rule structure/u,
    requests: 1,
  },
];

function endless(answer: Parameters<Handler>[0]): void {
  const more = (): void => {
    if (!answer.destroyed) answer.write("x".repeat(65_536), more);
  };
  more();
}

test.each(FAILING)("a server that $name is given up with a clear message", async (failing) => {
  const server = await loopbackServer(except(failing.path, failing.handler));
  const start = performance.now();
  const error = await download(server, failing.timeouts).catch((found: unknown) => found);
  expect(error).toMatchObject({
    name: "SourceError",
    code: failing.code,
    message: matching(failing.says),
  });
  expect(String(error)).toContain(`${M}@v1.0.0`);
  expect(server.requests.filter((line) => line.endsWith(failing.path))).toHaveLength(failing.requests);
  expect(performance.now() - start).toBeLessThan(4000);
});

/** Failures that pass. */
const RECOVERING: readonly { name: string; path: string; handler: Handler }[] = [
  { name: "answers 500 at first", path: ".info", handler: (answer) => answer.writeHead(500).end() },
  {
    name: "resets the connection at first",
    path: ".info",
    handler: (answer) => answer.socket?.resetAndDestroy(),
  },
  {
    name: "breaks off in the zip at first",
    path: ".zip",
    handler: (answer) =>
      answer.writeHead(200, { "content-length": 9999 }).write("x".repeat(9000), () => answer.destroy()),
  },
];

test.each(RECOVERING)("a server that $name is asked again", async ({ path, handler }) => {
  const flaky: Handler = (answer, request, attempt) =>
    attempt < 3 ? handler(answer, request, attempt) : serve(answer, request, attempt);
  const server = await loopbackServer(except(path, flaky));
  const good = await download(await loopbackServer(serve));
  expect((await download(server)).h1).toBe(good.h1);
});

test("redirects are followed; a login stays with its host", async () => {
  const other = await loopbackServer(serve);
  const server = await loopbackServer((answer, request) => {
    // The same machine under another name is another host.
    answer.writeHead(307, { location: `${other.url.replace("127.0.0.1", "localhost")}${request.url}` }).end();
  });
  const folder = await writeFiles({ netrc: `machine 127.0.0.1 login me password secret\n` });
  const configuration = await testConfiguration(
    { goproxy: server.url },
    { env: { NETRC: `${folder}/netrc` } },
  );
  await (await openModule(`${M}@v1.0.0`, { configuration })).close();
  expect(server.requests[0]).toBe("GET /example.com/mod/@v/v1.0.0.info as me:secret");
  expect(other.requests[0]).toBe("GET /example.com/mod/@v/v1.0.0.info");
});

test("a login in the URL is used and never shown", async () => {
  const server = await loopbackServer((answer) => answer.writeHead(403).end());
  const url = server.url.replace("//", "//token:p%40ss@");
  const error = await download(server, {}, { goproxy: url }).catch((found: unknown) => found);
  expect(server.requests).toEqual(["GET /example.com/mod/@v/v1.0.0.info as token:p@ss"]);
  expect(String(error)).not.toMatch(/token|p%40ss/u);
});

test("a server that nobody listens at is a connection error with a hint", async () => {
  const dead = { url: "http://127.0.0.1:1", requests: [] };
  await expect(download(dead)).rejects.toMatchObject({
    code: "connection",
    hint: containing("GOPROXY"),
  });
});

test("an abort ends a download with its reason", async () => {
  const server = await loopbackServer(() => {});
  const configuration = await testConfiguration({ goproxy: server.url });
  const signal = AbortSignal.timeout(50);
  const error = await openModule(`${M}@v1.0.0`, { configuration, signal }).catch((found: unknown) => found);
  expect(error).toBe(signal.reason);
});

test("upper case is escaped in requests, and a base path is kept", async () => {
  const server = await loopbackServer(serve);
  const configuration: Configuration = await testConfiguration();
  const client = proxyClient(new URL(`${server.url}/base/`), configuration);
  await expect(client.mod("example.com/Up", "v1.0.0-RC+incompatible")).rejects.toMatchObject({
    code: "not-found",
  });
  expect(server.requests).toEqual(["GET /base/example.com/!up/@v/v1.0.0-!r!c+incompatible.mod"]);
});

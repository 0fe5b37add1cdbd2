/** Servers that change what they say, or never end. */
import dns from "node:dns/promises";
import { readdirSync } from "node:fs";
import { createServer } from "node:http";
import { syncBuiltinESMExports } from "node:module";
import { createServer as createTcpServer } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { httpGet } from "../src/http.ts";
import { openRepository, repositoryAddress, verifyModule } from "../src/index.ts";
import { addCommits, git, gitRepository } from "./git-repository.ts";
import { gitServer, listen, sendEndlessPack } from "./git-server.ts";
import { FILES, publish } from "./published-version.ts";
import { temporaryFolder, testConfiguration } from "./temporary-folder.ts";
import { containing } from "./text-match.ts";

const tagged = { files: FILES, tags: ["v1.0.0"] };

describe("a name that is rebound", () => {
  /** On the public network, and nobody's. */
  const PUBLIC = "3ffe::1";
  const { lookup } = dns;
  afterEach(() => {
    Object.assign(dns, { lookup });
    syncBuiltinESMExports();
  });

  /** A machine beside us, and a resolver that names the public network when it is first asked, then this machine. */
  async function rebound() {
    const asked: string[] = [];
    const fake = async (host: string) => {
      asked.push(host);
      return asked.length === 1 ? [{ address: PUBLIC, family: 6 }] : [{ address: "127.0.0.1", family: 4 }];
    };
    Object.assign(dns, { lookup: fake });
    syncBuiltinESMExports();
    const connections: string[] = [];
    const server = createTcpServer((socket) => {
      connections.push(socket.remoteAddress ?? "");
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    server.unref();
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    return { asked, connections, host: `localhost:${port}` };
  }

  const limits = { time: 3000, diskBytes: 1 << 20, variables: { PATH: process.env["PATH"] } };

  // To the system's own resolver, which git would ask, the name is this machine's.
  test("is reached by git where it was when it was looked up", async () => {
    const { asked, connections, host } = await rebound();
    const address = repositoryAddress(`https://${host}/m`, "server");
    const repository = openRepository(address, { folder: temporaryFolder(), limits, task: {} });
    await expect(repository.refs()).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:repository-unavailable|git-limit)$/u) as string,
    });
    expect(asked).toEqual(["localhost"]);
    expect(connections).toEqual([]);
    // A name that the user vouches for goes where the system says.
    const trusted = { ...address, publicOnly: false };
    const other = openRepository(trusted, { folder: temporaryFolder(), limits, task: {} });
    await expect(other.refs()).rejects.toMatchObject({ code: "repository-unavailable" });
    expect(connections).not.toEqual([]);
  });

  test("is reached for pages where it was when it was looked up", async () => {
    const { asked, connections, host } = await rebound();
    const configuration = await testConfiguration();
    const request = {
      url: new URL(`https://${host}/m?go-get=1`),
      configuration,
      limit: 100,
      publicOnly: true,
    };
    await expect(httpGet(request, async () => "read")).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:connection|timeout|private-address)$/u) as string,
    });
    expect(asked.length).toBeGreaterThan(0);
    expect(connections).toEqual([]);
  });
});

describe("a page on the public network that redirects to this machine", () => {
  // Everything goes through an HTTP proxy, so that the page seems to be on the public network.
  test.each(["https://127.0.0.1:1/secret", "https://[::1]:1/secret", "https://10.0.0.1/secret"])(
    "to %s",
    async (location) => {
      const asked: string[] = [];
      const server = createServer((request, answer) => {
        asked.push(`${request.headers.host}${request.url}`);
        answer.writeHead(302, { location }).end();
      });
      // Of a tunnel both ends are here.
      server.on("connect", (request, socket) => {
        asked.push(`tunnel to ${request.url}`);
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        server.emit("connection", socket);
      });
      const env = { HTTP_PROXY: await listen(server), HTTPS_PROXY: await listen(createServer()) };
      const configuration = await testConfiguration({}, { env });
      const url = new URL("http://page.example.test/m?go-get=1");
      const got = httpGet({ url, configuration, limit: 100, publicOnly: true }, async () => "read");
      await expect(got).rejects.toMatchObject({ code: "private-address" });
      expect(asked.filter((host) => !host.includes("page.example.test"))).toEqual([]);
      expect(asked).not.toEqual([]);
    },
  );
});

describe("a tag that moves between two requests", () => {
  test("is what it was when the tags were listed, and seen moved by the next run", async () => {
    const published = await publish({ commits: [tagged] });
    const { folder, commits, configuration, path, version } = published;
    const moved: string[] = [];
    const url = await gitServer(`${folder}/..`, ({ body }) => {
      // What was asked for is answered first: the tag has moved by the time of the fetch.
      if (body.includes("command=fetch") && moved.length === 0)
        moved.push(
          ...addCommits(folder, [{ files: { ...FILES, "a.go": "package evil\n" }, tags: ["v1.0.0"] }]),
        );
      return false;
    });
    const found = [];
    for (let run = 0; run < 2; run++) {
      const again = { ...configuration, git: { ...configuration.git } };
      const options = { configuration: again, repo: `${url}/repository.git` };
      const verified = await verifyModule({ path, query: version }, options);
      await verified.close();
      found.push(verified.provenance);
    }
    expect(moved).toHaveLength(1);
    expect(found[0]).toMatchObject({
      verdict: "same",
      tag: { commit: commits[0] },
      compared: { commit: commits[0] },
    });
    expect(found[1]).toMatchObject({
      verdict: "differs",
      tag: { commit: moved[0] },
      compared: { commit: moved[0] },
    });
  });

  test("cannot be told if the commit is gone by then", async () => {
    const { folder, configuration, path, version } = await publish({ commits: [tagged] });
    const url = await gitServer(`${folder}/..`, ({ body }) => {
      if (body.includes("command=fetch")) {
        addCommits(folder, [{ files: { ...FILES, "a.go": "package evil\n" }, tags: ["v1.0.0"] }]);
        git([`--git-dir=${folder}`, "reflog", "expire", "--expire=now", "--all"]);
        git([`--git-dir=${folder}`, "gc", "--quiet", "--prune=now"]);
      }
      return false;
    });
    const options = { configuration, repo: `${url}/repository.git` };
    const verified = await verifyModule({ path, query: version }, options);
    await verified.close();
    expect(verified.provenance.verdict).toBe("unverifiable");
    expect(verified.provenance.compared).toBeUndefined();
  });
});

describe("a pack without end", () => {
  test("is stopped at the bound on the disk, and nothing of it is left", async () => {
    const root = temporaryFolder();
    const { commits } = gitRepository(root, [tagged]);
    const sent = { bytes: 0 };
    const url = await gitServer(root, ({ body, answer }) => {
      if (!body.includes("command=fetch")) return false;
      sendEndlessPack(answer, sent);
      return true;
    });
    const folder = temporaryFolder();
    const limits = { time: 60_000, diskBytes: 4 << 20, variables: { PATH: process.env["PATH"] } };
    const repository = openRepository(repositoryAddress(`${url}/repository.git`, "user"), {
      folder,
      limits,
      task: {},
    });
    await expect(repository.fetchCommit(commits[0] ?? "")).rejects.toMatchObject({
      code: "git-limit",
      message: containing(`more than ${4 << 20} bytes`),
    });
    expect(sent.bytes).toBeGreaterThan(4 << 20);
    const left = readdirSync(folder, { recursive: true }).map(String);
    expect(left.filter((name) => /tmp_|incoming-|\.pack$/u.test(name))).toEqual([]);
  });
});

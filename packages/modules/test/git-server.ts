/** Real git servers on this machine, and hostile ones. */
import { spawnSync } from "node:child_process";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll } from "vitest";
import { git } from "./git-repository.ts";

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

/** Lets a server listen until the test file is done; returns its URL. */
export function listen(server: Server): Promise<string> {
  servers.push(server);
  return new Promise((resolve) => {
    // A server that listens on TCP has an address of this kind.
    server.listen(0, "127.0.0.1", () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    );
  });
}

/** One request of git. */
export interface GitRequest {
  readonly path: string;
  readonly body: Buffer;
  readonly answer: ServerResponse;
}

/** Serves the repositories in a folder as `git http-backend` does, but for the requests that are taken over. */
export function gitServer(
  folder: string,
  takeOver: (request: GitRequest) => boolean = () => false,
): Promise<string> {
  return listen(
    createServer((request, answer) => {
      const chunks: Uint8Array[] = [];
      request.on("data", (chunk: Uint8Array) => chunks.push(chunk));
      request.on("end", () => {
        const body = Buffer.concat(chunks);
        if (!takeOver({ path: request.url ?? "", body, answer })) serve(folder, { request, body, answer });
      });
    }),
  );
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly body: Buffer;
  readonly answer: ServerResponse;
}

function serve(folder: string, { request, body, answer }: Exchange): void {
  const url = new URL(request.url ?? "", "http://localhost");
  const env = {
    PATH: process.env["PATH"],
    GIT_PROJECT_ROOT: folder,
    GIT_HTTP_EXPORT_ALL: "1",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    PATH_INFO: url.pathname,
    QUERY_STRING: url.search.slice(1),
    REQUEST_METHOD: request.method,
    CONTENT_TYPE: request.headers["content-type"] ?? "",
    HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
    GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
  };
  const backend = join(git(["--exec-path"]).trim(), "git-http-backend");
  const { stdout } = spawnSync(backend, [], { env, input: body, maxBuffer: 1 << 28 });
  const end = stdout.indexOf("\r\n\r\n");
  const headers = stdout
    .toString("latin1", 0, end)
    .split("\r\n")
    .map((line): readonly [string, string] => {
      const [name = "", value = ""] = line.split(": ");
      return [name, value];
    });
  const status = Number(headers.find(([name]) => name === "Status")?.[1].slice(0, 3) ?? 200);
  answer.writeHead(status, Object.fromEntries(headers.filter(([name]) => name !== "Status")));
  answer.end(stdout.subarray(end + 4));
}

/** Answers a fetch with a pack of one object that goes on until nobody listens; counts the bytes sent. */
export function sendEndlessPack(answer: ServerResponse, sent: { bytes: number }): void {
  answer.writeHead(200, { "content-type": "application/x-git-upload-pack-result" });
  answer.write(Buffer.concat([packetLine(Buffer.from("packfile\n")), sideBand(packStart())]));
  const more = (): void => {
    while (!answer.destroyed) {
      const line = sideBand(storedBlock);
      sent.bytes += line.length;
      if (!answer.write(line)) {
        answer.once("drain", more);
        return;
      }
    }
  };
  more();
}

/** The head of a pack with one blob of 2^40 bytes, and of its zlib stream. */
function packStart(): Buffer {
  const head = Buffer.alloc(12);
  head.write("PACK");
  head.writeUInt32BE(2, 4);
  head.writeUInt32BE(1, 8);
  const type = 3;
  // Four bits of the size, then seven at a time, the lowest first: 2^40 is bit 36 above the first four.
  const size = [0x80 | (type << 4), 0x80, 0x80, 0x80, 0x80, 0x80, 0x02];
  return Buffer.concat([head, Buffer.from([...size, 0x78, 0x01])]);
}

/** As it stands, not compressed. */
const BLOCK = 60_000;
const storedBlock = Buffer.concat([
  Buffer.from([0, BLOCK & 0xff, BLOCK >> 8, ~BLOCK & 0xff, (~BLOCK >> 8) & 0xff]),
  Buffer.alloc(BLOCK, "x"),
]);

function sideBand(content: Uint8Array): Buffer {
  return packetLine(Buffer.concat([new Uint8Array([1]), content]));
}

function packetLine(content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from((content.length + 4).toString(16).padStart(4, "0")), content]);
}

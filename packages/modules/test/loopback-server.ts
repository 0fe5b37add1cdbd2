import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { afterAll } from "vitest";

/** What to answer; `attempt` counts the requests for the same path, from 1. */
export type Handler = (answer: ServerResponse, request: IncomingMessage, attempt: number) => void;

/** A real HTTP server on this machine. */
export interface LoopbackServer {
  readonly url: string;
  /** `METHOD path` of each request, with the user of a basic login. */
  readonly requests: string[];
}

const closers: (() => void)[] = [];

afterAll(() => {
  for (const close of closers) close();
});

/** Starts a server that is gone when the test file is done. */
export async function loopbackServer(handler: Handler): Promise<LoopbackServer> {
  const requests: string[] = [];
  const counts = new Map<string, number>();
  const sockets = new Set<Socket>();
  const server = createServer((request, answer) => {
    const path = request.url ?? "";
    const login = request.headers.authorization?.replace("Basic ", "");
    requests.push(
      `${request.method} ${path}${login === undefined ? "" : ` as ${Buffer.from(login, "base64").toString()}`}`,
    );
    const attempt = (counts.get(path) ?? 0) + 1;
    counts.set(path, attempt);
    handler(answer, request, attempt);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  // A server that listens on TCP has an address of this kind.
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

/** Serves files by their paths, 404 for the rest. */
export function serveFiles(files: Record<string, string | Uint8Array>): Handler {
  return (answer, request) => {
    const content = files[decodeURIComponent(request.url ?? "").slice(1)];
    if (content === undefined) answer.writeHead(404).end("not found: no such file");
    else answer.writeHead(200).end(content);
  };
}

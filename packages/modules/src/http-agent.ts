import type { Agent, Dispatcher, EnvHttpProxyAgent } from "undici";
import type { Configuration } from "./configuration.ts";
import { lookUpPublic } from "./git/public-address.ts";

const agents = new WeakMap<Configuration, Dispatcher>();
const publicAgents = new WeakMap<Configuration, Dispatcher>();

/**
 * The connections that a configuration's requests share. Like Go, never goes through an HTTP proxy to reach
 * this machine itself. Idle connections keep no process alive. With `publicOnly` connections go to public addresses
 * alone; an HTTP proxy looks names up itself.
 */
export async function httpAgent(configuration: Configuration, publicOnly = false): Promise<Dispatcher> {
  const pool = publicOnly ? publicAgents : agents;
  const known = pool.get(configuration);
  if (known !== undefined) return known;
  const { timeouts, httpProxy } = configuration;
  const options: Agent.Options = {
    // The address that was looked up and found public is the one that is connected to.
    connect: { timeout: timeouts.connect, ...(publicOnly && { lookup: lookUpPublic }) },
    headersTimeout: timeouts.headers,
    bodyTimeout: timeouts.body,
    maxHeaderSize: 64 * 1024,
  };
  const local = ["localhost", "127.0.0.1", "::1"];
  const agent =
    httpProxy.httpProxy === undefined && httpProxy.httpsProxy === undefined
      ? new (await loadAgent())(options)
      : new (await loadProxyAgent())({
          ...options,
          httpProxy: httpProxy.httpProxy ?? "",
          httpsProxy: httpProxy.httpsProxy ?? "",
          noProxy: [...(httpProxy.noProxy === undefined ? [] : [httpProxy.noProxy]), ...local].join(","),
        });
  // Another request may have made one meanwhile.
  const first = pool.get(configuration) ?? agent;
  pool.set(configuration, first);
  return first;
}

// Only a run that sends requests loads the client, and of it no more than it needs: the whole is half of what a
// small scan takes.
async function loadAgent(): Promise<typeof Agent> {
  return (await import("undici/lib/dispatcher/agent.js")).default;
}

/** Which uses what only the whole puts together. */
async function loadProxyAgent(): Promise<typeof EnvHttpProxyAgent> {
  return (await import("undici")).EnvHttpProxyAgent;
}

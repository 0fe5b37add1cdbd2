import type { Agent, Dispatcher } from "undici";
import type { Configuration } from "./configuration.ts";

const agents = new WeakMap<Configuration, Dispatcher>();

/**
 * The connections that a configuration's requests share. Like Go, never goes through an HTTP proxy to reach
 * this machine itself. Idle connections keep no process alive.
 */
export async function httpAgent(configuration: Configuration): Promise<Dispatcher> {
  const known = agents.get(configuration);
  if (known !== undefined) return known;
  // Only a run that sends requests loads the client: it is half of what a small scan takes.
  const { Agent, EnvHttpProxyAgent } = await import("undici");
  const { timeouts, httpProxy } = configuration;
  const options: Agent.Options = {
    connect: { timeout: timeouts.connect },
    headersTimeout: timeouts.headers,
    bodyTimeout: timeouts.body,
    maxHeaderSize: 64 * 1024,
  };
  const local = ["localhost", "127.0.0.1", "::1"];
  const agent =
    httpProxy.httpProxy === undefined && httpProxy.httpsProxy === undefined
      ? new Agent(options)
      : new EnvHttpProxyAgent({
          ...options,
          httpProxy: httpProxy.httpProxy ?? "",
          httpsProxy: httpProxy.httpsProxy ?? "",
          noProxy: [...(httpProxy.noProxy === undefined ? [] : [httpProxy.noProxy]), ...local].join(","),
        });
  agents.set(configuration, agent);
  return agent;
}

import type { CapabilityMap } from "@capdiff/analyzer";
import { catalogue } from "./catalogue.ts";

const known: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "os/exec": { Command: ["EXEC"], "(*Cmd).Run": ["EXEC"] },
  net: { Dial: ["NETWORK/DIAL"] },
  fmt: {},
};

/** Knows three packages. */
export const capabilityMap: CapabilityMap = {
  version: "test",
  decision: (path, name) => {
    const names = known[path];
    return names === undefined ? undefined : (names[name] ?? []);
  },
  statedDecision: () => undefined,
  decidesPackage: (path) => path in known,
  isPartial: false,
  isNamed: () => false,
  ignoresEdge: () => false,
  lines: [],
  diagnostics: [],
  kindOf: (path, name) => (known[path]?.[name] === undefined ? undefined : "function"),
  isStandard: (path) => path in known,
  packageName: (path) => (path in known ? path.slice(path.lastIndexOf("/") + 1) : undefined),
  weight: (capability) => catalogue[capability]?.weight ?? 0,
};

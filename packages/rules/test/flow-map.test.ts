/** The data of flows: that it is what the map takes it for, and what the map answers. */
import type { SinkKind, SourceKind } from "@capdiff/analyzer";
import { describe, expect, test } from "vitest";
import sinkData from "../data/flows/sinks.json" with { type: "json" };
import sourceData from "../data/flows/sources.json" with { type: "json" };
import transferData from "../data/flows/transfers.json" with { type: "json" };
import { callPart, flowMap } from "../src/flow-map.ts";
import { symbolKind } from "../src/symbols.ts";

const sourceKinds: Readonly<Record<SourceKind, true>> = {
  network: true,
  request: true,
  traffic: true,
  environment: true,
  credential: true,
  host: true,
  secret: true,
  found: true,
  embedded: true,
  decoded: true,
  downloaded: true,
};

const sinkKinds: Readonly<Record<SinkKind, true>> = {
  exec: true,
  shell: true,
  load: true,
  startup: true,
  file: true,
  send: true,
  destination: true,
  memory: true,
  syscall: true,
  remove: true,
  trust: true,
};

const names = [...sourceData.sources, ...sinkData.sinks, ...transferData.transfers].flatMap(
  (one) => one.names,
);

describe("the data", () => {
  test("has kinds that there are", () => {
    for (const { kind } of [...sourceData.sources, ...sourceData.parameters])
      expect(sourceKinds).toHaveProperty(kind);
    for (const { kind } of [...sinkData.sinks, ...sinkData.parameters])
      expect(sinkKinds).toHaveProperty(kind);
  });

  test("names functions, and types of methods, that the standard library has", () => {
    const unknown = names.filter((id) => {
      const method = /^\((\*?)(.+)\.([^./]+)\)\.([^.]+)$/u.exec(id);
      const fn = /^(.+)\.([^./]+)$/u.exec(id);
      const path = method?.[2] ?? fn?.[1] ?? "";
      // Symbols are those of packages: of a method its type.
      const name = method?.[3] ?? fn?.[2] ?? "";
      const isStandard = !path.split("/")[0]?.includes(".");
      // Methods that others have by embedding go by the type that is embedded, which need not be exported.
      if (method !== null && /^[a-z]/u.test(name)) return false;
      return isStandard && symbolKind(path, name) === undefined;
    });
    expect(unknown).toEqual([]);
  });
});

describe("what the map answers", () => {
  test.each([
    ["/home/x/.ssh/id_rsa", ["credential"]],
    [".ssh/authorized_keys", ["credential", "startup"]],
    ["C:\\Users\\x\\.aws\\credentials", ["credential"]],
    ["GITHUB_ENV", ["startup"]],
    ["/etc/systemd/system/x.service", ["startup"]],
    ["/home/x/notes.txt", []],
    ["", []],
  ])("of the path %s", (path, kinds) => expect(flowMap.pathKinds(path)).toEqual(kinds));

  test.each([
    ["Password", true],
    ["clientSecret", true],
    ["secretAccessKey", true],
    ["private_key", true],
    ["dbPassword", true],
    ["dsn", true],
    ["ConnectionString", true],
    ["Tokens", false],
    ["Name", false],
    ["PasswordField", false],
  ])("of the name %s", (name, secret) => expect(flowMap.isSecret(name)).toBe(secret));

  test.each([
    ["Authorization", true],
    ["Proxy-Authorization", true],
    ["X-Auth-Token", true],
    ["session_id", true],
    ["password", true],
    ["Accept", false],
    ["page_token", false],
    ["Tokens-Used", false],
  ])("of the key %s", (key, secret) => expect(flowMap.isSecretKey(key)).toBe(secret));

  test("what a transport gets is not what a server is sent", () => {
    expect(flowMap.methodSource("RoundTrip", "*net/http.Request")).toBe("traffic");
    expect(flowMap.methodSource("ServeHTTP", "*net/http.Request")).toBeUndefined();
  });

  test("of shells, types and functions", () => {
    expect(flowMap.isShell("PowerShell")).toBe(true);
    expect(flowMap.isShell("git")).toBe(false);
    expect(flowMap.typeSource("*net/http.Request")).toBe("request");
    expect(flowMap.typeSink("net.Conn")).toBe("send");
    expect(flowMap.callRules("os/exec.Command")?.sinks).toHaveLength(1);
    expect(flowMap.callRules("strings.ToLower")).toBeUndefined();
  });
});

test.each(["", "argument", "receiver 1", "result x", "arguments -1", "body"])(
  "%j is no part of a call",
  (written) => expect(() => callPart(written)).toThrow(),
);

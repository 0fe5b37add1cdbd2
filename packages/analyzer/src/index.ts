export * from "./model/capability.ts";
export * from "./model/diagnostic.ts";
export * from "./model/position.ts";
export * from "./model/report.ts";

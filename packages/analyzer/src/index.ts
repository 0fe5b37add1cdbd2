export * from "./model/capability.ts";

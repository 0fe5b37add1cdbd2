/**
 * `npm start`: sets the workspace up, then runs capdiff with the given arguments, or
 * compares the bundled pair of module versions. Exits with capdiff's exit code.
 */
import "./setup.mjs";
import { spawnSync } from "node:child_process";
import { constants } from "node:os";
import { inRoot, root } from "./workspace.mjs";

/** Two small versions of one module, the newer with a backdoor; nothing is downloaded. */
const demonstration = ["diff", "test-corpus/demo/old", "test-corpus/demo/new"];

const given = process.argv.slice(2);
const demo = given.length === 0;
const result = spawnSync(
  process.execPath,
  [inRoot("packages/cli/bin/capdiff.js"), ...(demo ? demonstration : given)],
  // npm changes to the root; relative paths on the command line mean the folder it was called in.
  { stdio: "inherit", cwd: demo ? root : (process.env["INIT_CWD"] ?? process.cwd()) },
);
process.exitCode = result.signal === null ? (result.status ?? 1) : 128 + constants.signals[result.signal];

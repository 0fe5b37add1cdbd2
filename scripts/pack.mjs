/**
 * What `npm pack` and `npm publish` run in packages/cli: `prepare` builds the bundle
 * and puts the README and the licence where npm looks for them, `clean` removes them.
 */
import { copyFileSync, existsSync, rmSync } from "node:fs";
import { setUp } from "./setup/set-up.mjs";
import { asScript, inRoot, ScriptError } from "./workspace.mjs";

const documents = ["README.md", "LICENSE"];
const target = (/** @type {string} */ name) => inRoot("packages/cli", name);

await asScript(async () => {
  const [step] = process.argv.slice(2);
  if (step === "prepare") {
    await setUp();
    for (const name of documents) if (existsSync(inRoot(name))) copyFileSync(inRoot(name), target(name));
  } else if (step === "clean") {
    for (const name of documents) rmSync(target(name), { force: true });
  } else {
    throw new ScriptError("usage: pack.mjs prepare|clean");
  }
});

/**
 * Brings the workspace up to date: installs the packages when the lock file or a
 * package.json changed, and bundles the command line when its sources changed.
 * Says what it does on stderr, nothing when there is nothing to do.
 *
 * The imports are dynamic so that a Node that is too old hears that, and not the
 * first piece of syntax that it cannot read.
 */
import { requireNode } from "./setup/node-version.mjs";

requireNode();
const { asScript } = await import("./workspace.mjs");
const { setUp } = await import("./setup/set-up.mjs");
await asScript(setUp);
if (process.exitCode !== undefined && process.exitCode !== 0) process.exit();

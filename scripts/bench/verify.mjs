/** Provenance, in figures: see the script that prints them, which is with what it measures. */
import { pathToFileURL } from "node:url";
import { inRoot } from "../workspace.mjs";

await import(pathToFileURL(inRoot("packages/modules/scripts/provenance-figures.mjs")).href);

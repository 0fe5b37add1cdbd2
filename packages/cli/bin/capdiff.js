#!/usr/bin/env node
import { main } from "../dist/capdiff.js";

await main(process.argv.slice(2));

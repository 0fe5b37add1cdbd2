/** Flipped bits. */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { folder, modules, openZip, publishers, say } from "./workshop.mjs";

const { localDatabase, moduleZip, throughProxy } = publishers;

/** One bit at a time, in all that the answer about a module is made of. */
export async function flippedBits() {
  const files = { "go.mod": "module example.test/m\n", "a.go": "package a\n\nfunc F() {}\n" };
  const zip = await moduleZip("example.test/m@v1.0.0", files);
  const h1 = modules.h1Hash(
    Object.entries(files).map(([name, text]) => ({
      name: `example.test/m@v1.0.0/${name}`,
      sha256: createHash("sha256").update(text).digest("hex"),
    })),
  );
  const database = localDatabase();
  for (let n = 0; n < 700; n++)
    database.add(n === 300 ? "example.test/m@v1.0.0" : `example.test/x${n}@v1.0.0`, {
      zip: n === 300 ? h1 : `h1:${n}`,
    });
  const served = throughProxy(database);
  const needed = Object.keys(served).filter((name) =>
    /lookup\/example\.test\/m@|tile\/8\/(?:0\/00[12]|1\/)/.test(name),
  );
  const proxy = join(folder, "bits");
  for (const name of [...needed, `sumdb/${database.name}/supported`]) {
    mkdirSync(dirname(join(proxy, name)), { recursive: true });
    writeFileSync(join(proxy, name), served[name] ?? "");
  }
  let seed = 1;
  const random = (/** @type {number} */ below) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const counts = { trials: 0, caught: 0, harmless: 0, missed: 0 };
  for (; counts.trials < 1000; counts.trials++) {
    const kind = random(needed.length + 1);
    const name = needed[kind];
    const bytes = Buffer.from(name === undefined ? zip : (served[name] ?? ""));
    const at = random(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
    if (name === undefined) counts[await zipOutcome(bytes, h1)]++;
    else {
      writeFileSync(join(proxy, name), bytes);
      const flags = {
        goproxy: pathToFileURL(proxy).href,
        gosumdb: database.verifierKey,
        cacheDir: mkdtempSync(join(folder, "c")),
      };
      const configuration = await modules.loadConfiguration({ env: {}, flags });
      const answer = await modules
        .askDatabase({ path: "example.test/m", version: "v1.0.0", of: "module", h1 }, configuration)
        .catch(() => undefined);
      counts[answer?.status === "verified" ? "missed" : "caught"]++;
      writeFileSync(join(proxy, name), served[name] ?? "");
    }
  }
  say(
    `one bit flipped in a zip, sum line, tree head or tile: ${JSON.stringify(counts)} (harmless: bits of a zip that no file and no name depends on, such as times)`,
  );
}

/** @param {Buffer} bytes @param {string} h1 @returns {Promise<"caught" | "harmless">} */
async function zipOutcome(bytes, h1) {
  const file = join(folder, "bit.zip");
  writeFileSync(file, bytes);
  try {
    const copy = await openZip(file);
    await copy.close();
    return copy.h1 === h1 ? "harmless" : "caught";
  } catch {
    return "caught";
  }
}

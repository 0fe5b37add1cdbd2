import type { Catalogue } from "../../src/catalogue.ts";

/** A few capabilities, so that these tests do not change with the words of the real ones. */
export const catalogue: Catalogue = {
  EXEC: { title: "run other programs", explanation: "Starts programs.", capslock: "EXEC", weight: 100 },
  "NETWORK/DIAL": { title: "open connections", explanation: "Dials.", capslock: "NETWORK", weight: 90 },
  "NETWORK/LISTEN": { title: "accept connections", explanation: "Listens.", capslock: "NETWORK", weight: 80 },
  "FILES/WRITE": { title: "change files", explanation: "Writes.", capslock: "FILES", weight: 70 },
  "FILES/READ": { title: "read files", explanation: "Reads.", capslock: "FILES", weight: 60 },
  REFLECT: { title: "use reflection", explanation: "Reflects.", capslock: "REFLECT", weight: 2 },
  UNANALYZED: { title: "not analysed", explanation: "Unknown.", capslock: "UNANALYZED", weight: 1 },
};

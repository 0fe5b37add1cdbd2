/** The standard library's facts that come with the program. */
import { fileURLToPath } from "node:url";

/** Go's release that they are of, without the patch. */
export const shippedRelease = "1.26";

/** The file that they are in: beside the folder of the bundle, as of the sources. */
export const shippedLibrary = fileURLToPath(new URL(`../data/go${shippedRelease}.facts`, import.meta.url));

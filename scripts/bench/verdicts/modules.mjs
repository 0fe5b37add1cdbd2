/** One version alone: what scans of whole modules say. */
import { count, figure, megabytes, seconds, words } from "../tables/table.mjs";
import { resultOf } from "./results.mjs";
import { keyOf, readReviewedFile } from "./reviewed.mjs";

export const moduleColumns = [
  { title: "module", width: 39 },
  { title: "block" },
  { title: "review" },
  { title: "inform" },
  { title: "incomplete", width: 10 },
  { title: "CPU", width: 8 },
  { title: "peak", width: 8 },
];

/**
 * @param {{ folder: string, digest: string }} kept
 * @returns {Omit<import("../tables/benchmark.mjs").Body, "rows">}
 */
export function modulesBody(kept) {
  const reviewed = new Map(readReviewedFile().map((one) => [keyOf(one), one]));
  return {
    make: async ({ module }, note) => {
      const result = await resultOf(["scan", module], kept);
      if (result.failed !== "") note(`: failed: ${result.failed}`);
      const [path = "", version = ""] = module.split("@");
      const number = (/** @type {string} */ tier) => result.alerts.filter((one) => one.tier === tier).length;
      for (const { tier, rule, message, at } of result.alerts.filter((one) => one.tier !== "inform")) {
        const said = reviewed.get(keyOf({ module: path, old: "-", new: version, rule }));
        note(
          `: ${tier} ${rule} (${said === undefined ? "unread" : `${said.said}: ${said.why}`}): ${message} (${at})`,
        );
      }
      return [
        [
          words(module),
          figure(result.failed === "" ? number("block") : Number.NaN, count, { atMost: 0 }),
          figure(number("review"), count),
          figure(number("inform"), count),
          words(result.incomplete ? "yes" : ""),
          figure(result.userSeconds, seconds),
          figure(result.peakMegabytes, megabytes),
        ],
      ];
    },
  };
}

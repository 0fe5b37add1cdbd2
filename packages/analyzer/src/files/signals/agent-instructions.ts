/**
 * Instructions for coding agents: lines that have them run something that is fetched or encoded, or that name a file with
 * credentials. Whether a line asks for it, or warns of it, is for whoever judges.
 */
import { type LinesFinder, linesThat } from "./lines.ts";

const names =
  /(?:^|\/)(?:(?:AGENTS?|CLAUDE(?:\.local)?|GEMINI|QWEN|WARP)\.md|\.(?:cursorrules|windsurfrules|clinerules|roorules|goosehints)|\.(?:cursor|windsurf|clinerules|roo|amazonq|continue|kiro|claude|codex|junie|trae|agents?)\/.*\.mdc?|\.github\/(?:copilot-instructions|(?:instructions|prompts|chatmodes|agents)\/.*)\.md)$/iu;

const telling =
  /\b(?:curl|wget|iwr|invoke-webrequest|certutil|bitsadmin|base64|powershell|pwsh|nc|ncat|mshta)\b|\/dev\/(?:tcp|udp)\/|\bgo\s+run\s+\S+@|(?:^|[\s"'`(~/])\.(?:aws\/credentials|ssh\/id_\w+|netrc|git-credentials|kube\/config|config\/gh\/hosts)/iu;

/** The lines, in the order of the file; undefined for a file that tells agents nothing. Linear. */
export function agentInstructions(name: string): LinesFinder | undefined {
  return names.test(name) ? (text) => linesThat(text, telling, { joined: true, shown: 1000 }) : undefined;
}

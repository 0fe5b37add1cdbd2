/** The oldest Node that capdiff runs on; package.json's engines say the same. */
const oldest = { major: 20, minor: 19 };

/** Ends the process with a clear message when this Node is too old. Must load on any Node. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > oldest.major || (major === oldest.major && minor >= oldest.minor)) return;
  process.stderr.write(
    `capdiff needs Node ${oldest.major}.${oldest.minor} or later; this is Node ${process.versions.node} (${process.execPath}).\n`,
  );
  process.exit(1);
}

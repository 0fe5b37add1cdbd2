/**
 * Lists of globs as in GOPRIVATE: `corp.example,*.internal.example/team`. A glob of n elements is matched
 * against the first n elements of a module path.
 */

/** Whether some glob of the comma-separated list matches the beginning of `path`. */
export function matchesPatternList(globs: string, path: string): boolean {
  const elements = path.split("/");
  return globs.split(",").some((entry) => {
    const glob = entry.replace(/\/$/u, "").split("/");
    if (entry === "" || glob.length > elements.length) return false;
    return glob.every((pattern, index) => matchesGlob(pattern, elements[index] ?? ""));
  });
}

/** One step of a glob: `*`, or what a single character must be. */
type Step = "star" | ((char: string) => boolean);

/** Go's `path.Match` for one path element. A malformed glob matches nothing. Time grows with the product of lengths. */
function matchesGlob(pattern: string, element: string): boolean {
  const steps = parseGlob(pattern);
  if (steps === undefined) return false;
  const chars = Array.from(element);
  let at = 0;
  let step = 0;
  let star = -1;
  let starAt = 0;
  while (at < chars.length) {
    const current = steps[step];
    if (current === "star") {
      star = step++;
      starAt = at;
    } else if (current?.(chars[at] ?? "") === true) {
      step++;
      at++;
    } else if (star >= 0) {
      step = star + 1;
      at = ++starAt;
    } else {
      return false;
    }
  }
  return steps.slice(step).every((rest) => rest === "star");
}

function parseGlob(pattern: string): Step[] | undefined {
  const chars = Array.from(pattern);
  const steps: Step[] = [];
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at];
    if (char === "*") steps.push("star");
    else if (char === "?") steps.push(() => true);
    else if (char === "[") {
      const close = parseClass(chars, at + 1, steps);
      if (close === undefined) return undefined;
      at = close;
    } else {
      const literal = char === "\\" ? chars[++at] : char;
      if (literal === undefined) return undefined;
      steps.push((other) => other === literal);
    }
  }
  return steps;
}

/** Reads `[^a-z]` from after its bracket; returns where it closes. */
function parseClass(chars: readonly string[], start: number, steps: Step[]): number | undefined {
  const negated = chars[start] === "^";
  const ranges: [string, string][] = [];
  let at = negated ? start + 1 : start;
  const next = (): string | undefined => {
    const char = chars[at++];
    if (char === undefined || char === "-" || (char === "]" && ranges.length === 0)) return undefined;
    return char === "\\" ? chars[at++] : char;
  };
  while (chars[at] !== "]" || ranges.length === 0) {
    const low = next();
    if (low === undefined) return undefined;
    let high: string | undefined = low;
    if (chars[at] === "-") {
      at++;
      high = next();
    }
    if (high === undefined) return undefined;
    ranges.push([low, high]);
  }
  steps.push((char) => ranges.some(([low, high]) => low <= char && char <= high) !== negated);
  return at;
}

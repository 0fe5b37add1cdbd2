/** What functions of the standard library do to where values come from. */
import { apart, elementOf } from "./marks.ts";
import { standardFunction } from "./standard/index.ts";
import type { Standard } from "./standard/native.ts";
import { either, tuple, unknown } from "./values.ts";

const variable: Standard = (_, [name = unknown]) =>
  name.kind === "text" && /^\w+$/u.test(name.text)
    ? { ...unknown, from: [`variable ${name.text}`] }
    : unknown;

/** A program that is looked for by its name; of a name that is not known no more than that. */
const program: Standard = (_, [name = unknown]) =>
  tuple(
    name.kind === "text" && /^[\w.+-]+$/u.test(name.text)
      ? { ...unknown, from: [`program ${name.text}`] }
      : name.kind === "unknown"
        ? name
        : unknown,
    unknown,
  );

/** The path of the program that runs, and such a path in another form. */
const itself: Standard = () => tuple({ ...unknown, from: ["itself"] }, unknown);
const samePath: Standard = (_, [path = unknown]) => tuple(path.kind === "unknown" ? path : unknown, unknown);

/** Of what is not known a part of it. */
function partOf(standard: Standard): Standard {
  return (machine, [whole = unknown, ...rest], receiver) =>
    apart(
      whole,
      (known) => standard(machine, [known, ...rest], receiver),
      (rest) => elementOf(rest),
    );
}

const cutting = ["TrimSpace", "TrimSuffix", "TrimPrefix", "TrimRight", "TrimLeft", "Trim", "Fields", "Split"];

/** Functions of which more is said where somebody asks where values come from. */
export const originFunctions: ReadonlyMap<string, Standard> = new Map<string, Standard>([
  ["os.Getenv", variable],
  ["os.LookupEnv", (machine, given, receiver) => tuple(variable(machine, given, receiver), unknown)],
  ["cmp.Or", (_, given) => either(given)],
  ["os/exec.LookPath", program],
  ["os.Executable", itself],
  ["path/filepath.EvalSymlinks", samePath],
  ["path/filepath.Abs", samePath],
  ["net.ResolveTCPAddr", (_, [, address = unknown]) => tuple(address, unknown)],
  ["net.ResolveUDPAddr", (_, [, address = unknown]) => tuple(address, unknown)],
  ["(*net/http.Request).WithContext", (_, __, receiver) => receiver],
  ...cutting.map((name): [string, Standard] => {
    const standard = standardFunction(`strings.${name}`);
    return [`strings.${name}`, partOf(standard ?? (() => unknown))];
  }),
]);

/**
 * Of C++, what runs to set variables outside of functions. In C there is nothing of the kind: values are constants there.
 * Classes of other files, templates and what is called in turn are not followed.
 */

/** Code with `{n}` for each block, and the blocks by these numbers. Braces of namespaces are none. */
interface Scope {
  readonly outside: string;
  readonly blocks: readonly string[];
}

/** The texts of initialisers, and of functions and constructors that they call. Of code without comments and literals; linear. */
export function initialising(code: string): readonly string[] {
  const scope = scopeOf(code.replaceAll(/^[ \t]*#.*$/gmu, ""));
  const bodies = functionsIn(scope);
  const functions = new Map(bodies.map(({ name, body }) => [name, body]));
  const classes = classesIn(scope, bodies);
  const objects = classes.flatMap(({ isObject, constructor }) => (isObject ? [constructor] : []));
  const constructors = new Map(classes.map(({ name, constructor }) => [name, constructor]));
  const statements = scope.outside.replaceAll(/\{\d+\}(?=\s*[\w[~:])/gu, "$&;").split(";");
  return [
    ...objects,
    ...statements.flatMap((one) => {
      const [, type = ""] = object.exec(one) ?? [];
      const value = one.includes("operator") ? "" : (/[\w\]]\s*=(?!=)([^]*)/u.exec(one)?.[1] ?? "");
      const called = [...value.matchAll(/\b(\w+)\s*[({]/gu)].map(([, name = ""]) => name);
      return [
        value,
        ...[...value.matchAll(/\{(\d+)\}/gu)].map(([, block]) => bodyOf(scope, block)),
        ...called.map((name) => functions.get(name) ?? constructors.get(name) ?? ""),
        constructors.get(type) ?? "",
      ].filter((text) => text !== "");
    }),
  ];
}

interface FunctionText {
  /** `A::` of what stands behind it, or `~`. */
  readonly of: string;
  readonly name: string;
  readonly body: string;
}

function functionsIn(scope: Scope): readonly FunctionText[] {
  const found = scope.outside.matchAll(/(\w+::|~)?\b(\w+)\s*\([^;{}]{0,300}\)[^;{}=]{0,100}\{(\d+)\}/gu);
  return [...found].map(([, of = "", name = "", block]) => ({ of, name, body: bodyOf(scope, block) }));
}

/** A variable of a class that is set by no more than its arguments. */
const object = /^\s*(?:(?:static|inline|const|thread_local)\s+)*(?:\w+::)*(\w+)\s+\w+\s*(?:$|[({])/u;

function scopeOf(code: string): Scope {
  const blocks: string[] = [];
  const open: { readonly isSpace: boolean; readonly start: number }[] = [];
  let outside = "";
  let from = 0;
  let depth = 0;
  for (const { 0: brace, index } of code.matchAll(/[{}]/gu)) {
    if (brace === "{") {
      const isSpace =
        depth === 0 &&
        /(?:\bnamespace\b[\w\s:]*|\bextern\s*"")$/u.test(code.slice(Math.max(0, index - 100), index));
      open.push({ isSpace, start: index + 1 });
      if (isSpace || depth === 0) outside += code.slice(from, index) + (isSpace ? ";" : "");
      if (!isSpace) depth++;
      from = index + 1;
      continue;
    }
    const last = open.pop();
    if (last === undefined) continue;
    if (last.isSpace) outside += `${code.slice(from, index)};`;
    else if (--depth === 0) outside += `{${blocks.push(code.slice(last.start, index)) - 1}}`;
    from = index + 1;
  }
  return { outside: depth === 0 ? outside + code.slice(from) : outside, blocks };
}

function bodyOf({ blocks }: Scope, block = ""): string {
  return blocks[Number(block)] ?? "";
}

interface Class {
  readonly name: string;
  /** The texts of its constructors. */
  readonly constructor: string;
  /** A variable of it stands behind it. */
  readonly isObject: boolean;
}

function classesIn(scope: Scope, bodies: readonly FunctionText[]): readonly Class[] {
  const apart = new Map(bodies.flatMap(({ of, name, body }) => (of === `${name}::` ? [[name, body]] : [])));
  const found = scope.outside.matchAll(/\b(?:struct|class)\s+(\w+)[^;{}()=]{0,200}\{(\d+)\}\s*(\w+)?/gu);
  return [...found].map(([, name = "", block, variable]) => {
    const own = functionsIn(scopeOf(bodyOf(scope, block))).filter(
      (one) => one.of === "" && one.name === name,
    );
    const texts = [...own.map(({ body }) => body), apart.get(name) ?? ""];
    return { name, constructor: texts.join("\n"), isObject: variable !== undefined };
  });
}

/** Types as go/types writes them, with full import paths. */
import type {
  InterfaceType,
  Parameter,
  SignatureType,
  StructType,
  Type,
  TypeDeclaration,
  TypeParameter,
} from "./type.ts";

/** The text of a type, cut short where it is made of more than ten thousand parts or nested very deep. */
export function typeString(type: Type): string {
  return createWrite()(type);
}

/** Writes types one after the other, with one bound on their parts. */
function createWrite(): Write {
  let [left, depth] = [10_000, 0];
  const write = (type: Type): string => {
    if (left <= 0 || depth > 500) return "...";
    left--;
    depth++;
    const written = textOf(type, write);
    depth--;
    return written;
  };
  return write;
}

function textOf(type: Type, write: Write): string {
  switch (type.kind) {
    case "basic":
      return type.name;
    case "named":
      return `${declaredName(type.declaration)}${argumentsString(type.arguments, type.declaration.typeParameters(), write)}`;
    case "alias":
      return `${declaredName(type.declaration)}${argumentsString(type.arguments, [], write)}`;
    case "parameter":
      return type.name;
    case "pointer":
      return `*${write(type.element)}`;
    case "slice":
      return `[]${write(type.element)}`;
    case "array":
      return `[${type.length ?? "?"}]${write(type.element)}`;
    case "map":
      return `map[${write(type.key)}]${write(type.element)}`;
    case "channel":
      return channelString(type.direction, type.element, write);
    case "struct":
      return structString(type, write);
    case "tuple":
      return `(${type.elements.map(write).join(", ")})`;
    case "signature":
      return `func${signatureString(type, write)}`;
    case "interface":
      return interfaceString(type, write);
    case "union":
      return type.terms.map(({ tilde, type: term }) => `${tilde ? "~" : ""}${write(term)}`).join(" | ");
    case "unknown":
      return "invalid type";
    default:
      return type satisfies never;
  }
}

type Write = (type: Type) => string;

function declaredName({ package: path, name }: { readonly package: string; readonly name: string }): string {
  return path === "" ? name : `${path}.${name}`;
}

/** Of a type that is not instantiated: its type parameters. */
function argumentsString(types: readonly Type[], parameters: readonly TypeParameter[], write: Write): string {
  if (types.length > 0) return `[${types.map(write).join(", ")}]`;
  return parameters.length > 0 ? typeParametersString(parameters, write) : "";
}

/** `[K comparable, V any]`: neighbours with the same constraint share it. */
export function typeParametersString(
  parameters: readonly TypeParameter[],
  write: Write = createWrite(),
): string {
  const groups: { readonly names: string[]; readonly constraint: Type }[] = [];
  for (const parameter of parameters) {
    const last = groups.at(-1);
    const constraint = parameter.constraint();
    if (last !== undefined && last.constraint === constraint) last.names.push(parameter.name);
    else groups.push({ names: [parameter.name], constraint });
  }
  return `[${groups.map(({ names, constraint }) => `${names.join(", ")} ${write(constraint)}`).join(", ")}]`;
}

function channelString(direction: "both" | "send" | "receive", element: Type, write: Write): string {
  if (direction === "send") return `chan<- ${write(element)}`;
  if (direction === "receive") return `<-chan ${write(element)}`;
  const inner = element.kind === "channel" && element.direction === "receive";
  return inner ? `chan (${write(element)})` : `chan ${write(element)}`;
}

function structString({ fields }: StructType, write: Write): string {
  const texts = fields.map(({ name, type, embedded, tag }) => {
    const typeText = embedded ? write(type) : `${name} ${write(type)}`;
    return tag === "" ? typeText : `${typeText} ${JSON.stringify(tag)}`;
  });
  return `struct{${texts.join("; ")}}`;
}

/** Parameters and results, without `func`. */
export function signatureString(
  { typeParameters, parameters, results, variadic }: SignatureType,
  write: Write = createWrite(),
): string {
  const generic = typeParameters.length > 0 ? typeParametersString(typeParameters, write) : "";
  const list = `${generic}${parametersString(parameters, variadic, write)}`;
  const [first] = results;
  if (first === undefined) return list;
  if (results.length === 1 && first.name === "") return `${list} ${write(first.type)}`;
  return `${list} ${parametersString(results, false, write)}`;
}

function parametersString(parameters: readonly Parameter[], variadic: boolean, write: Write): string {
  const texts = parameters.map(({ name, type }, index) => {
    const dots = variadic && index === parameters.length - 1 && type.kind === "slice";
    const typeText = dots ? `...${write(type.element)}` : write(type);
    return name === "" ? typeText : `${name} ${typeText}`;
  });
  return `(${texts.join(", ")})`;
}

function interfaceString({ methods, embedded, implicit }: InterfaceType, write: Write): string {
  const [only] = embedded;
  if (implicit && methods.length === 0 && embedded.length === 1 && only !== undefined) return write(only);
  const texts = [
    ...methods.map(({ name, signature }) => `${name}${signatureString(signature, write)}`),
    ...embedded.map(write),
  ];
  return texts.length === 0 ? "interface{}" : `interface{${texts.join("; ")}}`;
}

/** `T`, `T[K, V]` with the receiver's own names, or of an interface `T[K any]`: what FullName writes. */
export function receiverString(declaration: TypeDeclaration, parameters: readonly TypeParameter[]): string {
  const names = parameters.map(({ name }) => name).join(", ");
  return `${declaredName(declaration)}${names === "" ? "" : `[${names}]`}`;
}

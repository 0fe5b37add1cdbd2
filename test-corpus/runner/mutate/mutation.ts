/** What a mutation is. */
import type { ArchiveFile } from "../txtar.ts";
import type { Code } from "./code.ts";
import { createEdits, type Edits } from "./edits.ts";
import { createNames, type Names } from "./names.ts";
import { createRandom, type Random } from "./random.ts";

/** A form in which the same behaviour can be written. */
export interface Mutation {
  readonly name: string;
  /** What it does, as a sentence without a full stop. */
  readonly says: string;
  /** Writes its changes into the edits; says why if it has none to make. */
  readonly mutate: (code: Code, tools: Tools) => Unfit | undefined;
}

/** What mutations work with. Made anew for each, from the fixture's name and the mutation's. */
export interface Tools {
  readonly edits: Edits;
  readonly names: Names;
  readonly random: Random;
}

/** Why a mutation cannot be applied. */
export interface Unfit {
  readonly why: string;
}

/** The new side in another form, or why it has none. */
export type Mutated = { readonly files: readonly ArchiveFile[] } | Unfit;

/** Applies a mutation. The same code has the same outcome. */
export function applyMutation({ name, mutate }: Mutation, code: Code): Mutated {
  const { fixture } = code;
  const random = createRandom(`${fixture.name} ${name}`);
  const names = createNames(
    [...fixture.old, ...fixture.new].map(({ content }) => content),
    random,
  );
  const edits = createEdits(fixture.new);
  const unfit = mutate(code, { edits, names, random });
  if (unfit !== undefined) return unfit;
  return edits.isEmpty() ? { why: "there is nothing that it could change" } : { files: edits.apply() };
}

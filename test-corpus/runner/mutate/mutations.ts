/** The forms in which a fixture's new side can be written, each by a mutation. */
import { buildConstraint } from "./build-constraint.ts";
import { closure } from "./closure.ts";
import { constants } from "./constants.ts";
import { functionMap } from "./function-map.ts";
import { generic } from "./generic.ts";
import { wrapInInterface } from "./interface.ts";
import { methodValue } from "./method-value.ts";
import { move } from "./move.ts";
import type { Mutation } from "./mutation.ts";
import { rename } from "./rename.ts";
import { split } from "./split.ts";

export const mutations: readonly Mutation[] = [
  rename,
  split,
  move,
  wrapInInterface,
  closure,
  functionMap,
  generic,
  constants,
  buildConstraint,
  methodValue,
];

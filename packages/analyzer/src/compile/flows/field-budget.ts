/** A bound on fields that are moved one by one: a short conversion may move thousands. */

/** Of a package. */
export interface FieldBudget {
  /** How many fields may still be moved. */
  left: number;
  /** How many conversions found too few left. */
  refused: number;
}

/** No package of client-go, gRPC and pgx, nor of what they import, moves a thousand. */
const fieldLimit = 100_000;

export function createFieldBudget(): FieldBudget {
  return { left: fieldLimit, refused: 0 };
}

/** Whether so many fields may be moved, which are then counted. */
export function mayMove(budget: FieldBudget, fields: number): boolean {
  if (fields > budget.left) {
    budget.refused++;
    return false;
  }
  budget.left -= fields;
  return true;
}

/** A case that is not written as the README says. The message tells its author what to change. */
export class CaseError extends Error {
  override readonly name = "CaseError";
}

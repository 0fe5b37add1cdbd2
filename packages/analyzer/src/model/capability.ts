/**
 * Capabilities are strings of the form `A` or `A/B`. The first part is one of the
 * names that Capslock uses, so that lists and maps written for it keep working;
 * the second part is ours and says more.
 */
export type Capability = string & { readonly __brand?: "Capability" };

/** The first part of a capability: the name that Capslock knows it by. */
export function coarse(capability: Capability): Capability {
  const slash = capability.indexOf("/");
  return slash < 0 ? capability : capability.slice(0, slash);
}

/** Whether `wanted` names `capability`: the same name, or its first part. */
export function covers(wanted: Capability, capability: Capability): boolean {
  return wanted === capability || wanted === coarse(capability);
}

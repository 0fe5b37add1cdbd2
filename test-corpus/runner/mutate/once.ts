import type { LocalCall } from "./calls.ts";

/** Makes something for the first call of a function; later calls of it get the same. */
export function oncePerCallee<T>(make: (call: LocalCall) => T): (call: LocalCall) => T {
  const made = new Map<LocalCall["callees"][0], T>();
  return (call) => {
    const [callee] = call.callees;
    const known = made.get(callee);
    if (known !== undefined) return known;
    const fresh = make(call);
    made.set(callee, fresh);
    return fresh;
  };
}

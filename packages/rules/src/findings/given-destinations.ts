/** Connections whose other end the user of a module names: by a parameter, an option, or a variable of the environment. */
import type { CallSiteChange, Evidence, ValueOrigin } from "@capdiff/analyzer";

/** Which argument of a call is the address. */
const addressPlaces: readonly (readonly [name: RegExp, place: number])[] = [
  [/^(?:net|crypto\/tls|net\/rpc)\.Dial(?:Timeout|HTTP)?$/u, 1],
  [/^\(\*(?:net|crypto\/tls)\.Dialer\)\.Dial$/u, 1],
  [/^\(\*(?:net|crypto\/tls)\.Dialer\)\.DialContext$/u, 2],
  [/^crypto\/tls\.DialWithDialer$/u, 2],
  [/^net\.Dial(?:TCP|UDP)$/u, 2],
  [/^(?:net\/http\.|\(\*net\/http\.Client\)\.)(?:Get|Head|Post|PostForm|Do)$/u, 0],
  [/^\((?:net\/http\.RoundTripper|\*net\/http\.Transport)\)\.RoundTrip$/u, 0],
  [/^net\/http\.NewRequest$/u, 1],
  [/^net\/http\.NewRequestWithContext$/u, 2],
  [/^net\.Lookup\w+$/u, 0],
  [/^\(\*net\.Resolver\)\.Lookup\w+$/u, 1],
  [/^net\/smtp\.(?:Dial|SendMail)$/u, 0],
];

/** Whether it is shown that a call connects to where callers or the environment say, or to the machine itself, and nowhere else. */
export function goesWhereItIsTold({ originsAt }: Evidence, use: CallSiteChange): boolean {
  const place = addressPlaces.find(([name]) => name.test(use.terminal.name))?.[1];
  if (place === undefined) return false;
  const origin = originsAt(use.function, use.site.position)[place];
  if (origin?.caller === true && !request.test(use.terminal.name)) return false;
  return origin !== undefined && isTold(origin);
}

/** Bare connections to wherever callers say are what scanners and tunnels make: requests are no such. */
const request = /\bnet\/http\./u;

function isTold({ caller, variables, programs, itself, constants }: ValueOrigin): boolean {
  if (programs.length > 0 || itself) return false;
  return (caller || variables.length > 0 || constants.length > 0) && constants.every(isOfTheMachine);
}

/** The machine itself, or no host: what has no value yet. */
function isOfTheMachine(address: string): boolean {
  return local.test(address);
}

const local =
  /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])?(?::(?:\d{1,5}|\u2026)?)?(?:[/?#][^@]*)?)$/iu;

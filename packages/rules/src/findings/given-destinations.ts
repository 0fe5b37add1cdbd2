/** Connections whose other end the user of a module names: by a parameter, an option, or a variable of the environment. */
import type { CallSiteChange, Evidence, FlowEnd, Position, ValueOrigin } from "@capdiff/analyzer";

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
export function goesWhereItIsTold(evidence: Evidence, use: CallSiteChange): boolean {
  const { name } = use.terminal;
  const origin = addressOrigin(evidence, { name, function: use.function, position: use.site.position });
  if (origin?.caller === true && !request.test(name)) return false;
  return origin !== undefined && isTold(origin);
}

/** Whether it is shown that what is sent goes to where the environment says, or else to the machine itself. */
export function goesWhereEnvironmentSays(evidence: Evidence, { name, function: fn, site }: FlowEnd): boolean {
  const origin = addressOrigin(evidence, { name, function: fn, position: site.position });
  return origin !== undefined && !origin.caller && origin.variables.length > 0 && isTold(origin);
}

interface PlacedCall {
  readonly name: string;
  readonly function: string;
  readonly position: Position;
}

/** Where the address of a call comes from. */
function addressOrigin(
  { originsAt }: Evidence,
  { name, function: fn, position }: PlacedCall,
): ValueOrigin | undefined {
  const place = addressPlaces.find(([one]) => one.test(name))?.[1];
  return place === undefined ? undefined : originsAt(fn, position)[place];
}

/** Bare connections to wherever callers say are what scanners and tunnels make: requests are no such. */
const request = /\bnet\/http\./u;

function isTold({ caller, variables, programs, itself, constants }: ValueOrigin): boolean {
  if (programs.length > 0 || itself) return false;
  return (caller || variables.length > 0 || constants.length > 0) && constants.every(isOfTheMachine);
}

/** The machine itself, or no host: what has no value yet. */
export function isOfTheMachine(address: string): boolean {
  return local.test(address);
}

const local =
  /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])?(?::(?:\d{1,5}|\u2026)?)?(?:[/?#][^@]*)?)$/iu;

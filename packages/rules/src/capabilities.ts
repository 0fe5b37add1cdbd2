/** The capabilities that capdiff tells apart, for people. */

export interface CapabilityInfo {
  /** What code with it can do, as a few words. */
  readonly title: string;
  /** What it means to a reviewer, and when it is normal. */
  readonly explanation: string;
  /** The name that Capslock knows it by. */
  readonly capslock: string;
  /** How telling it is that code gains it, 0 to 100. */
  readonly weight: number;
}

/** Every capability of the built-in map and of the analyzer's own terminals. The first part is Capslock's name. */
export const capabilities = {
  EXEC: {
    title: "run other programs",
    explanation:
      "Starts programs, through os/exec, os.StartProcess or the system calls below them. A program can do whatever its user can, so this is the capability to look at first. Normal in build tools, version control and service managers.",
    capslock: "EXEC",
    weight: 100,
  },
  "EXEC/PLUGIN": {
    title: "load code at run time",
    explanation:
      "Loads a Go plugin or a system library into the process. What it loads is not in the source and is not analysed. Normal in hosts of plugins and in bindings to system libraries on Windows.",
    capslock: "EXEC",
    weight: 95,
  },
  ARBITRARY_EXECUTION: {
    title: "run code that is not Go",
    explanation:
      "Declares a function without a body, or reaches a host that runs anything. What it does cannot be seen in the Go source.",
    capslock: "ARBITRARY_EXECUTION",
    weight: 80,
  },
  "ARBITRARY_EXECUTION/ASSEMBLY": {
    title: "run assembly",
    explanation:
      "Functions whose bodies are in assembly files. They can do anything and are not analysed. Normal in cryptography, compression and hashing.",
    capslock: "ARBITRARY_EXECUTION",
    weight: 70,
  },
  "ARBITRARY_EXECUTION/LINKNAME": {
    title: "reach into another package's internals",
    explanation:
      "A //go:linkname directive ties a function to one of another package, past what that package exports. Normal for a few hot functions of the runtime; otherwise a way around review.",
    capslock: "ARBITRARY_EXECUTION",
    weight: 75,
  },
  CGO: {
    title: "call C",
    explanation:
      "Calls C code. What the C code does is not analysed, and its flags steer the compiler and linker. Normal in bindings to C libraries.",
    capslock: "CGO",
    weight: 78,
  },
  SYSTEM_CALLS: {
    title: "make system calls",
    explanation:
      "Talks to the operating system below the standard library: everything is possible. Normal in terminals, file locking and low-level networking.",
    capslock: "SYSTEM_CALLS",
    weight: 72,
  },
  NETWORK: {
    title: "use the network",
    explanation:
      "Reads, writes or serves over network connections. Code that gains it can bring data in and out.",
    capslock: "NETWORK",
    weight: 84,
  },
  "NETWORK/DIAL": {
    title: "connect to other machines",
    explanation:
      "Opens connections or sends requests. Together with reading files or the environment it can carry data away; together with running programs it can be a back door.",
    capslock: "NETWORK",
    weight: 90,
  },
  "NETWORK/LISTEN": {
    title: "accept connections",
    explanation:
      "Listens on a port or a socket. Normal in servers; surprising in a library of data structures.",
    capslock: "NETWORK",
    weight: 86,
  },
  "NETWORK/DNS": {
    title: "look names up",
    explanation:
      "Asks the domain name system. Commands have been carried in TXT records, and data in the names that are asked for.",
    capslock: "NETWORK",
    weight: 82,
  },
  FILES: {
    title: "use files",
    explanation: "Works on open files without it being plain whether it reads or writes.",
    capslock: "FILES",
    weight: 60,
  },
  "FILES/WRITE": {
    title: "write files",
    explanation:
      "Creates, changes or removes files. Start-up files, keys and programs are files too. Normal in everything that keeps something.",
    capslock: "FILES",
    weight: 66,
  },
  "FILES/READ": {
    title: "read files",
    explanation: "Reads files or lists directories. Credentials are files too.",
    capslock: "FILES",
    weight: 58,
  },
  "MODIFY_SYSTEM_STATE/ENV": {
    title: "change the environment",
    explanation:
      "Sets environment variables of the process, which programs that it starts inherit: PATH, GOPROXY and GOFLAGS among them.",
    capslock: "MODIFY_SYSTEM_STATE/ENV",
    weight: 56,
  },
  "MODIFY_SYSTEM_STATE/CHDIR": {
    title: "change the working directory",
    explanation: "Changes what relative paths mean, for the whole process.",
    capslock: "MODIFY_SYSTEM_STATE/CHDIR",
    weight: 40,
  },
  "MODIFY_SYSTEM_STATE/SIGNALS": {
    title: "handle signals",
    explanation: "Changes how the process answers to signals. Normal in servers and command lines.",
    capslock: "MODIFY_SYSTEM_STATE/SIGNALS",
    weight: 30,
  },
  "MODIFY_SYSTEM_STATE/LOGGING": {
    title: "redirect the process's log",
    explanation: "Changes where the default logger writes, or how, for the whole process.",
    capslock: "MODIFY_SYSTEM_STATE/LOGGING",
    weight: 20,
  },
  "READ_SYSTEM_STATE/ENV": {
    title: "read the environment",
    explanation: "Reads environment variables: configuration, and often credentials.",
    capslock: "READ_SYSTEM_STATE",
    weight: 50,
  },
  "READ_SYSTEM_STATE/USER": {
    title: "read accounts",
    explanation: "Reads who runs the process, and other accounts of the machine.",
    capslock: "READ_SYSTEM_STATE",
    weight: 46,
  },
  "READ_SYSTEM_STATE/HOST": {
    title: "read facts about the machine",
    explanation:
      "Reads the host's name, its interfaces, the process's number, directory, command line or program. Used to tell machines apart.",
    capslock: "READ_SYSTEM_STATE",
    weight: 44,
  },
  READ_SYSTEM_STATE: {
    title: "read the system's state",
    explanation: "Reads something about the machine or the process.",
    capslock: "READ_SYSTEM_STATE",
    weight: 44,
  },
  MODIFY_SYSTEM_STATE: {
    title: "change the system's state",
    explanation: "Changes something for the whole process or machine.",
    capslock: "MODIFY_SYSTEM_STATE",
    weight: 40,
  },
  OPERATING_SYSTEM: {
    title: "use the operating system otherwise",
    explanation: "Signals, ends or waits for other processes, or uses what is left of package os.",
    capslock: "OPERATING_SYSTEM",
    weight: 34,
  },
  RUNTIME: {
    title: "steer the runtime",
    explanation: "Changes garbage collection, threads, finalizers or profiling of the whole process.",
    capslock: "RUNTIME",
    weight: 24,
  },
  UNSAFE_POINTER: {
    title: "escape type safety",
    explanation:
      "Converts from unsafe.Pointer, so that memory is read or written as another type. Normal in tight code; also a way to memory that no type gives.",
    capslock: "UNSAFE_POINTER",
    weight: 36,
  },
  REFLECT: {
    title: "call or change by reflection",
    explanation:
      "Calls functions or sets values that no static type shows, or puts a reflect.Value to where two may write it at once, which can part its type from its pointer. Normal in encoders and test libraries.",
    capslock: "REFLECT",
    weight: 10,
  },
  UNANALYZED: {
    title: "call what was not analysed",
    explanation:
      "Calls into code that was not at hand: what it does is not known, which is not the same as harmless.",
    capslock: "UNANALYZED",
    weight: 1,
  },
} as const satisfies Readonly<Record<string, CapabilityInfo>>;

/** The name of a capability that the built-in map may give. */
export type KnownCapability = keyof typeof capabilities;

/** How telling a gain of the capability is; one that is not known weighs as much as its first part, or nothing. */
export function capabilityWeight(capability: string): number {
  const first = capability.split("/")[0] ?? "";
  const table: Readonly<Record<string, CapabilityInfo>> = capabilities;
  const known = Object.hasOwn(table, capability) ? capability : first;
  return Object.hasOwn(table, known) ? (table[known]?.weight ?? 0) : 0;
}

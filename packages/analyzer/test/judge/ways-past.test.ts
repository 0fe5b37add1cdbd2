import { beforeAll, describe, expect, test } from "vitest";
import { moduleSource } from "../../../../test-corpus/runner/module-files.ts";
import { changedFunctions } from "../../src/judge/changed-functions.ts";
import type { WayPast } from "../../src/model/rule.ts";
import { analyseAlone } from "../properties/analyses.ts";

const go = `package m

import (
	"crypto/hmac"
	"errors"
	"strings"
)

type Options struct {
	Skip bool
	Key  []byte
}

var wrong = errors.New("wrong")

func given(a []byte) []byte { return a }

func check(a, b []byte) error {
	if !hmac.Equal(a, b) {
		return wrong
	}
	return nil
}

func Strict(a, b []byte) bool { return len(a) == 32 && hmac.Equal(a, b) }

func And(a, b []byte) error {
	if !hmac.Equal(a, b) && a[0] != 7 {
		return wrong
	}
	return nil
}

func Or(a, b []byte) bool { return hmac.Equal(a, b) || strings.HasPrefix(string(a), "probe") }

func Nested(a, b []byte, o Options) bool {
	return !(!(o.Skip || hmac.Equal(a, b)) && !(len(a) > 64))
}

func Variable(a, b []byte) error {
	err := check(a, b)
	if err != nil && len(b) != 20 {
		return err
	}
	return nil
}

func Set(a, b []byte, o Options) error {
	if !hmac.Equal(a, b) && !o.Skip && len(o.Key) != 0 {
		return wrong
	}
	return nil
}

func Early(a, b []byte) error {
	if strings.HasPrefix(string(a), "probe") {
		return nil
	}
	return check(a, b)
}

func Leaves(a, b []byte) (bool, error) {
	if !strings.HasPrefix(string(a), "probe") {
		return true, check(a, b)
	}
	return true, nil
}

func Asked(a, b []byte, o Options) error {
	if o.Skip {
		return nil
	}
	if len(a) < 10 {
		return wrong
	}
	for _, one := range [][]byte{a, b} {
		if err := check(one, b); err != nil {
			return err
		}
	}
	return nil
}

func ByType(a any, b []byte) error {
	var err error
	switch have := a.(type) {
	case []byte:
		err = check(have, b)
	case string:
	}
	if err != nil {
		return err
	}
	return nil
}

func EachType(a any, b []byte) error {
	var err error
	switch have := a.(type) {
	case []byte:
		err = check(have, b)
	case string:
		err = check([]byte(have), b)
	}
	if err != nil {
		return err
	}
	return nil
}

func Replaced(a, b []byte) error {
	err := check(a, b)
	if len(a) == 7 {
		err = nil
	}
	return err
}

func Recovers(a, b []byte) (err error) {
	defer func() {
		if recover() != nil {
			err = nil
		}
	}()
	return check(a, b)
}

func Tells(a, b []byte) (err error) {
	defer func() {
		if recover() != nil {
			err = wrong
		}
	}()
	return check(a, b)
}

func Handler(next func()) func(a, b []byte) {
	return func(a, b []byte) {
		if !hmac.Equal(a, b) && a[0] != 7 {
			return
		}
		next()
	}
}
`;

let ways: ReadonlyMap<string, readonly WayPast[]>;

beforeAll(async () => {
  const { program } = await analyseAlone(
    moduleSource([
      { name: "go.mod", content: "module example.test/m\n\ngo 1.22\n" },
      { name: "a.go", content: go },
    ]),
  );
  const old = { ...program, functions: [], byId: new Map() };
  const all = changedFunctions({ old, new: program, toOld: new Map() });
  ways = new Map(all.map(({ function: id, now }) => [id.replace("example.test/m.", ""), now.waysPast]));
});

const isCheck = (name: string) => name === "crypto/hmac.Equal" || name === "example.test/m.check";

/** Those past a check, in order. */
function past(name: string): string[] {
  return (ways.get(name) ?? [])
    .flatMap((way) => {
      const words = `${way.how}${way.chosen ? " if set" : ""}`;
      if (way.how === "instead") return isCheck(way.of) ? [words] : [];
      const sometimes = [...way.maybe].filter(([one]) => isCheck(one));
      if ([...way.asked].some(isCheck)) return [];
      return sometimes.length === 0
        ? [words]
        : [`before${sometimes.every(([, one]) => one) ? " if set" : ""}`];
    })
    .sort();
}

describe("what makes up for a no", () => {
  test("stands beside the answer, so that one of them is enough", () => {
    expect(past("And")).toEqual(["instead"]);
    expect(past("Or")).toEqual(["instead"]);
    expect(past("Nested")).toEqual(["instead", "instead if set"]);
  });

  test("also where a variable has the answer", () => {
    expect(past("Variable")).toEqual(["instead"]);
  });

  test("is not what must hold besides", () => {
    expect(past("Strict")).toEqual([]);
  });

  test("may be a setting, or that something is there", () => {
    expect(past("Set")).toEqual(["instead if set", "instead if set"]);
  });

  test("is put in the place of the answer", () => {
    expect(past("Replaced")).toEqual(["instead"]);
  });

  test("is seen in closures", () => {
    expect(past("Handler")).toEqual(["instead"]);
  });
});

describe("a function ends well without having asked", () => {
  test("before it asks", () => {
    expect(past("Early")).toEqual(["before"]);
  });

  test("where the other branch asks and leaves", () => {
    expect(past("Leaves")).toEqual(["before"]);
  });

  test("where a setting says so; loops count as run", () => {
    expect(past("Asked")).toEqual(["before if set"]);
  });

  test("for one of the types, not where each is asked about", () => {
    expect(past("ByType")).toEqual(["before"]);
    expect(past("EachType")).toEqual([]);
  });

  test("where a panic is no error; not where it is one", () => {
    expect(past("Recovers")).toEqual(["before"]);
    expect(past("Tells")).toEqual([]);
  });
});

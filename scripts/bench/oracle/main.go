// Command oracle prints what Go's own libraries know of a module, so that capdiff can be
// compared with them:
//
//	oracle refs DIR          what each name means, by go/types: lines of `capdiff inspect refs`
//	oracle calls DIR         what each call may run, by variable type analysis: lines of `capdiff inspect calls`
//	oracle static DIR FILE   those of FILE's lines that are no calls of what they name
//
// It reads the packages of the module in a directory, and all that they import, from
// sources, for the build of the environment (GOOS, GOARCH, CGO_ENABLED, GOFLAGS). Tests are
// left out. A package that `./...` passes over, such as one in testdata, counts if another
// one imports it.
//
// A file that imports "C" is checked as cgo rewrote it, where positions are others: of refs
// and calls it has no lines but `#excluded`, a tab, and its name.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"go/ast"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/tools/go/packages"
)

func main() {
	out := bufio.NewWriter(os.Stdout)
	printed, err := answer(os.Args[1:])
	for _, line := range printed {
		fmt.Fprintln(out, line)
	}
	if err = errors.Join(err, out.Flush()); err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(1)
	}
}

func answer(args []string) ([]string, error) {
	if len(args) < 2 {
		return nil, errors.New("usage: oracle refs|calls DIR, oracle static DIR FILE")
	}
	directory, err := filepath.Abs(args[1])
	if err == nil {
		directory, err = filepath.EvalSymlinks(directory)
	}
	if err != nil {
		return nil, err
	}
	list, err := packages.Load(&packages.Config{Dir: directory, Mode: packages.LoadAllSyntax}, "./...")
	if err != nil {
		return nil, err
	}
	said := &lines{directory: directory, set: map[string]bool{}}
	switch mode := args[0]; {
	case mode == "refs" && len(args) == 2:
		said.ofModule(list, said.references)
	case mode == "calls" && len(args) == 2:
		said.ofModule(list, nil)
		said.calls(list)
	case mode == "static" && len(args) == 3:
		return unknownCalls(list, args[2])
	default:
		return nil, fmt.Errorf("%q is nothing to ask so", mode)
	}
	return said.sorted(), nil
}

// lines collects each line once.
type lines struct {
	directory string
	set       map[string]bool
}

// ofModule names the files of the module's packages that are excluded, and visits the others.
func (l *lines) ofModule(list []*packages.Package, visit func(*packages.Package, *ast.File)) {
	packages.Visit(list, nil, func(pkg *packages.Package) {
		if !l.owns(pkg) {
			return
		}
		for _, problem := range pkg.Errors {
			fmt.Fprintf(os.Stderr, "oracle: %s: %v\n", pkg.PkgPath, problem)
		}
		l.excluded(pkg)
		if visit == nil {
			return
		}
		for _, file := range pkg.Syntax {
			visit(pkg, file)
		}
	})
}

func (l *lines) sorted() []string {
	list := make([]string, 0, len(l.set))
	for line := range l.set {
		list = append(list, line)
	}
	slices.Sort(list)
	return list
}

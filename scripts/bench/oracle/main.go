// Command oracle prints what go/types knows of the names of a module, in the lines of
// `capdiff inspect refs`, so that both can be compared. It checks the packages of the
// module in a directory, and all that they import, from sources, for the build of the
// environment (GOOS, GOARCH, CGO_ENABLED, GOFLAGS). Tests are left out. A package that
// `./...` passes over, such as one in testdata, counts if another one imports it.
//
// A file that imports "C" is checked as cgo rewrote it, where positions are others: it has
// no lines but `#excluded`, a tab, and its name.
package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/tools/go/packages"
)

func main() {
	if len(os.Args) != 2 {
		fail(fmt.Errorf("usage: oracle DIRECTORY"))
	}
	directory, err := filepath.Abs(os.Args[1])
	if err == nil {
		directory, err = filepath.EvalSymlinks(directory)
	}
	if err != nil {
		fail(err)
	}
	list, err := packages.Load(&packages.Config{Dir: directory, Mode: packages.LoadAllSyntax}, "./...")
	if err != nil {
		fail(err)
	}
	said := &lines{directory: directory, set: map[string]bool{}}
	packages.Visit(list, nil, func(pkg *packages.Package) {
		if !said.owns(pkg) {
			return
		}
		for _, problem := range pkg.Errors {
			fmt.Fprintf(os.Stderr, "oracle: %s: %v\n", pkg.PkgPath, problem)
		}
		said.excluded(pkg)
		for _, file := range pkg.Syntax {
			said.references(pkg, file)
		}
	})
	out := bufio.NewWriter(os.Stdout)
	for _, line := range said.sorted() {
		fmt.Fprintln(out, line)
	}
	if err := out.Flush(); err != nil {
		fail(err)
	}
}

// lines collects each line once.
type lines struct {
	directory string
	set       map[string]bool
}

func (l *lines) sorted() []string {
	list := make([]string, 0, len(l.set))
	for line := range l.set {
		list = append(list, line)
	}
	slices.Sort(list)
	return list
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "oracle:", err)
	os.Exit(1)
}

package main

import (
	"bufio"
	"fmt"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"golang.org/x/tools/go/callgraph/vta"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"
)

func functionsOf(list []*packages.Package) map[*ssa.Function]bool {
	program, _ := ssautil.AllPackages(list, ssa.InstantiateGenerics)
	program.Build()
	return ssautil.AllFunctions(program)
}

// calls says what the calls in the module's files may run.
func (l *lines) calls(list []*packages.Package) {
	for _, node := range vta.CallGraph(functionsOf(list), nil).Nodes {
		for _, out := range node.Out {
			if out.Site == nil {
				continue
			}
			common := out.Site.Common()
			place := out.Caller.Func.Prog.Fset.PositionFor(common.Pos(), false)
			name, ok := l.inside(place.Filename)
			if !ok {
				continue
			}
			kind := "dynamic"
			if common.StaticCallee() != nil {
				kind = "static"
			}
			l.set[fmt.Sprintf("%s:%d:%d\t%s\t%s", name, place.Line, place.Column, kind, fullName(out.Callee.Func))] = true
		}
	}
}

// fullName is the one that go/types gives a function as it was declared; of a closure that
// of the function around it, `$`, and its number there; of a wrapper that of the method.
func fullName(fn *ssa.Function) string {
	declared := fn
	if origin := fn.Origin(); origin != nil {
		declared = origin
	}
	if outer := declared.Parent(); outer != nil {
		return fullName(outer) + strings.TrimPrefix(declared.Name(), outer.Name())
	}
	if method, ok := declared.Object().(*types.Func); ok {
		return method.Origin().FullName()
	}
	return declared.String()
}

// unknownCalls are those lines of a file to which no call answers, in the module or in what
// it imports. A line is the import path of a package, the name of a file without its
// directories, a colon and a line number, and the function or interface method that is called
// there, tabs between. `-` in place of file and line is the initialisation of an
// import; a closure may be told by the line on which it begins. Type arguments are left out,
// and the number of a closure in the initialiser of a package variable is `?`.
func unknownCalls(list []*packages.Package, file string) ([]string, error) {
	asked, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer asked.Close()
	known := staticCalls(functionsOf(list))
	var unknown []string
	scanner := bufio.NewScanner(asked)
	for scanner.Scan() {
		if line := scanner.Text(); !known[line] {
			unknown = append(unknown, line)
		}
	}
	return unknown, scanner.Err()
}

func staticCalls(functions map[*ssa.Function]bool) map[string]bool {
	known := map[string]bool{}
	for fn := range functions {
		if fn.Package() == nil {
			continue
		}
		say := func(at token.Pos, callee string) {
			place := "-"
			if at.IsValid() {
				position := fn.Prog.Fset.Position(at)
				place = fmt.Sprintf("%s:%d", filepath.Base(position.Filename), position.Line)
			}
			known[fn.Package().Pkg.Path()+"\t"+place+"\t"+withoutArguments(callee)] = true
		}
		for _, block := range fn.Blocks {
			for _, instruction := range block.Instrs {
				call, ok := instruction.(ssa.CallInstruction)
				if !ok {
					continue
				}
				common := call.Common()
				if common.IsInvoke() {
					say(common.Pos(), common.Method.FullName())
				} else if callee := common.StaticCallee(); callee != nil {
					say(common.Pos(), fullName(callee))
					if callee.Parent() != nil {
						say(callee.Pos(), fullName(callee))
					}
				}
			}
		}
	}
	return known
}

var typeArguments = regexp.MustCompile(`\[.*\]`)

// closures in initialisers of package variables are numbered in one row, which lines do not have.
var initializerClosure = regexp.MustCompile(`\.init\$\d+`)

func withoutArguments(name string) string {
	return initializerClosure.ReplaceAllString(typeArguments.ReplaceAllString(name, ""), ".init$$?")
}

package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"

	"golang.org/x/tools/go/packages"
)

// owns tells whether a package is one of the module's.
func (l *lines) owns(pkg *packages.Package) bool {
	return slices.ContainsFunc(pkg.GoFiles, func(file string) bool {
		_, ok := l.inside(file)
		return ok
	})
}

// excluded names the files of a package whose source is not what was checked.
func (l *lines) excluded(pkg *packages.Package) {
	for _, file := range pkg.GoFiles {
		if name, ok := l.inside(file); ok && !slices.Contains(pkg.CompiledGoFiles, file) {
			l.set["#excluded\t"+name] = true
		}
	}
}

// inside is the slash path of a file below the directory.
func (l *lines) inside(file string) (string, bool) {
	name, err := filepath.Rel(l.directory, file)
	return filepath.ToSlash(name), err == nil && filepath.IsLocal(name)
}

// references says what the identifiers and calls of a file mean.
func (l *lines) references(pkg *packages.Package, file *ast.File) {
	say := func(at token.Pos, kind, what string) {
		place := pkg.Fset.PositionFor(at, false)
		if name, ok := l.inside(place.Filename); ok {
			l.set[fmt.Sprintf("%s:%d:%d\t%s\t%s", name, place.Line, place.Column, kind, what)] = true
		}
	}
	called := map[*ast.Ident]bool{}
	// A call comes before the identifiers in it.
	ast.Inspect(file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.CallExpr:
			if callee := named(node.Fun); callee != nil {
				called[callee] = true
			}
			if kind, of := unnamed(pkg.TypesInfo, node); kind != "" {
				say(node.Lparen, kind, types.TypeString(of, nil))
			}
		case *ast.Ident:
			if fn, ok := pkg.TypesInfo.Uses[node].(*types.Func); ok {
				kind := "ref"
				if called[node] {
					kind = "call"
				}
				say(node.Pos(), kind, fn.Origin().FullName())
			}
		}
		return true
	})
}

// named is the identifier by which an expression names what it calls, type arguments aside.
func named(callee ast.Expr) *ast.Ident {
	switch callee := callee.(type) {
	case *ast.ParenExpr:
		return named(callee.X)
	case *ast.IndexExpr:
		return named(callee.X)
	case *ast.IndexListExpr:
		return named(callee.X)
	case *ast.SelectorExpr:
		return callee.Sel
	case *ast.Ident:
		return callee
	}
	return nil
}

// unnamed is what a call is whose callee is no declared function: a conversion from
// unsafe.Pointer, with its type, or a call of a function value, with the type of that.
func unnamed(info *types.Info, call *ast.CallExpr) (string, types.Type) {
	callee := ast.Unparen(call.Fun)
	what := info.Types[callee]
	if what.IsType() {
		to := basicKind(what.Type.Underlying())
		pointer := len(call.Args) == 1 && isPointer(info.TypeOf(call.Args[0]))
		if pointer && to != types.Uintptr && basicKind(types.Unalias(what.Type)) != types.UnsafePointer {
			return "conv", what.Type
		}
		return "", nil
	}
	if _, literal := callee.(*ast.FuncLit); literal || what.IsBuiltin() || what.Type == nil {
		return "", nil
	}
	if name := named(callee); name != nil {
		if _, declared := info.Uses[name].(*types.Func); declared {
			return "", nil
		}
	}
	return "dyn", what.Type.Underlying()
}

// basicKind is Invalid for what is no basic type.
// isPointer says whether a type is unsafe.Pointer, be it under another name.
func isPointer(t types.Type) bool {
	return t != nil && basicKind(t.Underlying()) == types.UnsafePointer
}

func basicKind(t types.Type) types.BasicKind {
	if basic, ok := t.(*types.Basic); ok {
		return basic.Kind()
	}
	return types.Invalid
}

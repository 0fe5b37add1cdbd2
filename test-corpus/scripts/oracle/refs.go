package main

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"
)

// module is a module below dir that imports nothing but itself and the standard
// library, checked for the build of go/build's default context.
type module struct {
	dir, path string
	fset      *token.FileSet
	standard  types.Importer
	packages  map[string]*types.Package
	lines     map[string]bool
}

// refs writes what each use of a function or method means, in the lines of
// `capdiff inspect refs`, for a module and a build.
func refs(dir, modulePath, goos, goarch, cgo string) error {
	context := &build.Default
	context.GOOS, context.GOARCH = goos, goarch
	// The standard library is read without cgo, which would run it.
	context.CgoEnabled = false
	fset := token.NewFileSet()
	m := &module{
		dir: dir, path: modulePath, fset: fset,
		standard: importer.ForCompiler(fset, "source", nil),
		packages: map[string]*types.Package{},
		lines:    map[string]bool{},
	}
	err := filepath.WalkDir(dir, func(name string, entry os.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		_, err = m.load(path.Join(modulePath, filepath.ToSlash(rel)), cgo == "on")
		return err
	})
	if err != nil {
		return err
	}
	var sorted []string
	for line := range m.lines {
		sorted = append(sorted, line)
	}
	sort.Strings(sorted)
	out := bufio.NewWriter(os.Stdout)
	for _, line := range sorted {
		fmt.Fprintln(out, line)
	}
	return out.Flush()
}

// importing is a module with whether its own files may use cgo.
type importing struct {
	*module
	cgo bool
}

func (i importing) Import(wanted string) (*types.Package, error) {
	if wanted == i.path || strings.HasPrefix(wanted, i.path+"/") {
		return i.load(wanted, i.cgo)
	}
	return i.standard.Import(wanted)
}

func (m *module) load(wanted string, cgo bool) (*types.Package, error) {
	if pkg, ok := m.packages[wanted]; ok {
		return pkg, nil
	}
	rel := strings.TrimPrefix(strings.TrimPrefix(wanted, m.path), "/")
	folder := filepath.Join(m.dir, filepath.FromSlash(rel))
	context := build.Default
	context.CgoEnabled = cgo
	listed, err := context.ImportDir(folder, 0)
	if err != nil {
		return nil, err
	}
	var files []*ast.File
	for _, name := range append(listed.GoFiles, listed.CgoFiles...) {
		content, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			return nil, err
		}
		file, err := parser.ParseFile(m.fset, path.Join(rel, name), content, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{
		Importer:    importing{m, cgo},
		FakeImportC: true,
		Sizes:       types.SizesFor("gc", context.GOARCH),
	}
	pkg, err := config.Check(wanted, m.fset, files, info)
	if err != nil {
		return nil, err
	}
	m.packages[wanted] = pkg
	for _, file := range files {
		m.references(file, info)
	}
	return pkg, nil
}

func (m *module) say(at token.Pos, kind, what string) {
	p := m.fset.PositionFor(at, false)
	m.lines[fmt.Sprintf("%s:%d:%d\t%s\t%s", p.Filename, p.Line, p.Column, kind, what)] = true
}

func (m *module) references(file *ast.File, info *types.Info) {
	callees := map[*ast.Ident]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			m.call(call, info, callees)
		}
		return true
	})
	ast.Inspect(file, func(n ast.Node) bool {
		ident, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		if fn, ok := info.Uses[ident].(*types.Func); ok {
			kind := "ref"
			if callees[ident] {
				kind = "call"
			}
			m.say(ident.Pos(), kind, fn.Origin().FullName())
		}
		return true
	})
}

func (m *module) call(call *ast.CallExpr, info *types.Info, callees map[*ast.Ident]bool) {
	fun := ast.Unparen(call.Fun)
	if tv := info.Types[fun]; tv.IsType() {
		if len(call.Args) == 1 && isUnsafePointer(info.TypeOf(call.Args[0])) && !isUintptr(tv.Type) && !isUnsafePointer(tv.Type) {
			m.say(call.Lparen, "conv", types.TypeString(tv.Type, nil))
		}
		return
	}
	if ident := calleeIdent(fun); ident != nil {
		switch info.Uses[ident].(type) {
		case *types.Func:
			callees[ident] = true
			return
		case *types.Builtin:
			return
		}
	}
	if _, ok := fun.(*ast.FuncLit); ok {
		return
	}
	if t := info.TypeOf(fun); t != nil && t != types.Typ[types.Invalid] {
		m.say(call.Lparen, "dyn", types.TypeString(t.Underlying(), nil))
	}
}

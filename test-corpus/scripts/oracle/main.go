// Command oracle says what go/types knows of the sources of cases, in the lines of
// WANT. It reads a list of cases as JSON from standard input and writes, for each,
// the lines with the builds in which they hold, and the errors that go/types reports.
//
//	oracle refs DIR MODULE GOOS GOARCH on|off
//
// writes the lines of `capdiff inspect refs` for a module and a build, with cgo or without.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path"
	"sort"
	"strings"
)

// Case is the sources of one module, and the builds to look at.
type Case struct {
	Module string            `json:"module"`
	Files  map[string]string `json:"files"`
	Builds []Build           `json:"builds"`
}

// Build is a configuration of go/build.
type Build struct {
	GOOS   string   `json:"goos"`
	GOARCH string   `json:"goarch"`
	Cgo    bool     `json:"cgo"`
	Tags   []string `json:"tags"`
}

// Answer is what holds in some builds, which are numbers into the list of the case.
type Answer struct {
	Builds []int    `json:"builds"`
	Lines  []Line   `json:"lines"`
	Errors []string `json:"errors"`
}

// Line is a line of WANT: what it says, and details in brackets.
type Line struct {
	Head    string   `json:"head"`
	Details []string `json:"details"`
}

func main() {
	if len(os.Args) == 7 && os.Args[1] == "refs" {
		if err := refs(os.Args[2], os.Args[3], os.Args[4], os.Args[5], os.Args[6]); err != nil {
			fmt.Fprintln(os.Stderr, "oracle:", err)
			os.Exit(1)
		}
		return
	}
	var cases []Case
	if err := json.NewDecoder(os.Stdin).Decode(&cases); err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(1)
	}
	answers := make([][]Answer, len(cases))
	for i, c := range cases {
		answers[i] = c.answers()
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(1)
	}
}

// answers checks the case once for all builds that take the same files and have the same sizes.
func (c Case) answers() []Answer {
	var list []Answer
	known := map[string]int{}
	for i, b := range c.Builds {
		files := c.filesIn(b)
		sizes := types.SizesFor("gc", b.GOARCH)
		key := fmt.Sprint(files, sizes.Sizeof(types.Typ[types.Uintptr]), sizes.Alignof(types.Typ[types.Int64]))
		if at, ok := known[key]; ok {
			list[at].Builds = append(list[at].Builds, i)
			continue
		}
		known[key] = len(list)
		lines, errors := c.check(files, sizes)
		list = append(list, Answer{[]int{i}, lines, errors})
	}
	return list
}

// filesIn names the Go files that the build takes, sorted.
func (c Case) filesIn(b Build) []string {
	context := build.Default
	context.GOOS, context.GOARCH, context.CgoEnabled, context.BuildTags = b.GOOS, b.GOARCH, b.Cgo, b.Tags
	context.OpenFile = func(name string) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(c.Files[name])), nil
	}
	context.JoinPath = path.Join
	var names []string
	for name, content := range c.Files {
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		if taken, err := context.MatchFile(path.Dir(name), path.Base(name)); err == nil && !taken {
			continue
		}
		if !b.Cgo && strings.Contains(content, "\nimport \"C\"") {
			continue
		}
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// checker type-checks the packages of a case when they are imported.
type checker struct {
	module   string
	contents map[string]string
	fset     *token.FileSet
	sizes    types.Sizes
	folders  map[string][]*ast.File
	packages map[string]*types.Package
	lines    []Line
	errors   []string
}

func (c Case) check(names []string, sizes types.Sizes) ([]Line, []string) {
	k := &checker{
		module:   c.Module,
		contents: c.Files,
		fset:     token.NewFileSet(),
		sizes:    sizes,
		folders:  map[string][]*ast.File{},
		packages: map[string]*types.Package{},
		lines:    []Line{},
		errors:   []string{},
	}
	for _, name := range names {
		file, err := parser.ParseFile(k.fset, name, c.Files[name], parser.SkipObjectResolution|parser.ParseComments)
		if err != nil {
			k.errors = append(k.errors, err.Error())
		}
		if file != nil {
			k.folders[path.Dir(name)] = append(k.folders[path.Dir(name)], file)
		}
	}
	var folders []string
	for folder := range k.folders {
		folders = append(folders, folder)
	}
	sort.Strings(folders)
	for _, folder := range folders {
		k.Import(k.pathOf(folder))
	}
	return k.lines, k.errors
}

const standard = "std/"

func (k *checker) pathOf(folder string) string {
	if folder == "." {
		return k.module
	}
	if rest, ok := strings.CutPrefix(folder, standard); ok {
		return rest
	}
	return k.module + "/" + folder
}

// Import checks a package of the case; there are no others.
func (k *checker) Import(wanted string) (*types.Package, error) {
	if wanted == "unsafe" {
		return types.Unsafe, nil
	}
	if pkg, ok := k.packages[wanted]; ok {
		if pkg == nil {
			return nil, fmt.Errorf("import cycle through %s", wanted)
		}
		return pkg, nil
	}
	for folder, files := range k.folders {
		if k.pathOf(folder) != wanted {
			continue
		}
		k.packages[wanted] = nil
		pkg := k.checkPackage(wanted, files, strings.HasPrefix(folder, standard))
		k.packages[wanted] = pkg
		return pkg, nil
	}
	return nil, fmt.Errorf("no package %s", wanted)
}

func (k *checker) checkPackage(wanted string, files []*ast.File, foreign bool) *types.Package {
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{},
		Defs:  map[*ast.Ident]types.Object{},
		Uses:  map[*ast.Ident]types.Object{},
	}
	config := types.Config{
		Importer:    k,
		Sizes:       k.sizes,
		FakeImportC: true,
		Error: func(err error) {
			if mistake, ok := err.(types.Error); !ok || !mistake.Soft {
				k.errors = append(k.errors, err.Error())
			}
		},
	}
	pkg, _ := config.Check(wanted, k.fset, files, info)
	if !foreign {
		for _, file := range files {
			k.uses(file, info)
			k.values(info, file)
		}
	}
	return pkg
}

func (k *checker) say(at token.Pos, head string, details ...string) {
	p := k.fset.PositionFor(at, false)
	place := fmt.Sprintf("%s:%d:%d", p.Filename, p.Line, p.Column)
	k.lines = append(k.lines, Line{head, append(details, place)})
}

// words is the source of a node on one line.
func (k *checker) words(node ast.Node) string {
	from, to := k.fset.PositionFor(node.Pos(), false), k.fset.PositionFor(node.End(), false)
	content := k.contents[from.Filename]
	if to.Offset > len(content) || from.Offset > to.Offset {
		return ""
	}
	return string(bytes.Join(bytes.Fields([]byte(content[from.Offset:to.Offset])), []byte(" ")))
}

// uses says which functions identifiers mean, and which calls are of function values.
func (k *checker) uses(file *ast.File, info *types.Info) {
	callees := map[*ast.Ident]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			k.call(call, info, callees)
		}
		return true
	})
	ast.Inspect(file, func(n ast.Node) bool {
		ident, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		if fn, ok := info.Uses[ident].(*types.Func); ok {
			how := "reference"
			if callees[ident] {
				how = "call"
			}
			k.say(ident.Pos(), fmt.Sprintf("ref %s -> %s", ident.Name, fullName(fn.Origin())), how)
		}
		return true
	})
}

// fullName is FullName, with the type itself where the receiver is written as an alias of it.
func fullName(fn *types.Func) string {
	recv := fn.Signature().Recv()
	if recv == nil {
		return fn.FullName()
	}
	star, base := "", types.Unalias(recv.Type())
	if pointer, ok := base.(*types.Pointer); ok {
		star, base = "*", types.Unalias(pointer.Elem())
	}
	if named, ok := base.(*types.Named); ok && named.TypeArgs() == nil {
		return fmt.Sprintf("(%s%s).%s", star, types.TypeString(named, nil), fn.Name())
	}
	return fn.FullName()
}

func (k *checker) call(call *ast.CallExpr, info *types.Info, callees map[*ast.Ident]bool) {
	fun := ast.Unparen(call.Fun)
	if tv := info.Types[fun]; tv.IsType() {
		if len(call.Args) == 1 && isUnsafePointer(info.TypeOf(call.Args[0])) && !isUintptr(tv.Type) && !isUnsafePointer(tv.Type) {
			k.say(call.Fun.Pos(), fmt.Sprintf("unsafe %s: %s", k.words(call.Fun), typeText(tv.Type)))
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
		k.say(call.Fun.Pos(), fmt.Sprintf("callee %s: %s", k.words(call.Fun), typeText(t)))
	}
}

func calleeIdent(fun ast.Expr) *ast.Ident {
	switch fun := fun.(type) {
	case *ast.Ident:
		return fun
	case *ast.SelectorExpr:
		return fun.Sel
	case *ast.IndexExpr:
		return calleeIdent(ast.Unparen(fun.X))
	case *ast.IndexListExpr:
		return calleeIdent(ast.Unparen(fun.X))
	}
	return nil
}

// values says what expressions and declared names are.
func (k *checker) values(info *types.Info, file *ast.File) {
	inside := func(node ast.Node) bool { return file.FileStart <= node.Pos() && node.Pos() < file.FileEnd }
	for expr, tv := range info.Types {
		if !inside(expr) || !tv.IsVoid() && !tv.IsValue() && !tv.IsNil() {
			continue
		}
		k.value(expr, tv.Type)
		if tv.Value != nil {
			k.say(expr.Pos(), fmt.Sprintf("const %s = %s", k.words(expr), tv.Value.ExactString()))
		}
	}
	for ident, object := range info.Defs {
		if object == nil || !inside(ident) {
			continue
		}
		switch object := object.(type) {
		case *types.Const:
			k.value(ident, object.Type())
			k.say(ident.Pos(), fmt.Sprintf("const %s = %s", ident.Name, object.Val().ExactString()))
		case *types.Var, *types.Func:
			k.value(ident, object.Type())
		}
	}
}

func (k *checker) value(node ast.Node, t types.Type) {
	if t != nil && t != types.Typ[types.Invalid] {
		k.say(node.Pos(), fmt.Sprintf("type %s: %s", k.words(node), typeText(t)))
	}
}

// typeText leaves the names out of several results.
func typeText(t types.Type) string {
	tuple, ok := t.(*types.Tuple)
	if !ok {
		return types.TypeString(t, nil)
	}
	var list []string
	for v := range tuple.Variables() {
		list = append(list, types.TypeString(v.Type(), nil))
	}
	return "(" + strings.Join(list, ", ") + ")"
}

func isUnsafePointer(t types.Type) bool {
	basic, ok := types.Unalias(t).(*types.Basic)
	return ok && basic.Kind() == types.UnsafePointer
}

func isUintptr(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Kind() == types.Uintptr
}

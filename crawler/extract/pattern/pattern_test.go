package pattern_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Since a pattern is compiled when it is first used, a wrong one would be found by a page.
func TestEveryPatternOfTheReadersCompiles(t *testing.T) {
	found := 0
	err := filepath.WalkDir("..", func(folder string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		for _, text := range patternsIn(t, folder) {
			found++
			if _, err := regexp.Compile(text); err != nil {
				t.Errorf("%s: %v", folder, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 150 {
		t.Errorf("found %d patterns: are they made in another way now?", found)
	}
}

// patternsIn are the texts that a package makes patterns of.
func patternsIn(t *testing.T, folder string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var calls []*ast.CallExpr
	p := source{constants: make(map[string]ast.Expr)}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				p.learn(n)
			case *ast.CallExpr:
				if makesPattern(n) {
					calls = append(calls, n)
				}
			}
			return true
		})
	}
	var texts []string
	for _, call := range calls {
		text, ok := p.text(call.Args[0])
		if !ok {
			t.Errorf("%s: a pattern that is no constant text", folder)
		}
		texts = append(texts, text)
	}
	return texts
}

// makesPattern tells pattern.New(…) and pattern.Whole(…).
func makesPattern(call *ast.CallExpr) bool {
	f, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	from, ok := f.X.(*ast.Ident)
	return ok && from.Name == "pattern" && (f.Sel.Name == "New" || f.Sel.Name == "Whole")
}

// source is what a package's constant texts are.
type source struct{ constants map[string]ast.Expr }

func (s source) learn(spec *ast.ValueSpec) {
	for i, name := range spec.Names {
		if i < len(spec.Values) {
			s.constants[name.Name] = spec.Values[i]
		}
	}
}

// text is the value of an expression of texts and constants.
func (s source) text(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil
	case *ast.Ident:
		value, ok := s.constants[e.Name]
		if !ok {
			return "", false
		}
		return s.text(value)
	case *ast.ParenExpr:
		return s.text(e.X)
	case *ast.BinaryExpr:
		left, ok := s.text(e.X)
		right, also := s.text(e.Y)
		return strings.Join([]string{left, right}, ""), ok && also && e.Op == token.ADD
	}
	return "", false
}

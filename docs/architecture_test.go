// Package docs holds what the documents say against the code.
package docs

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "dealvitals/"

// room is a row of the table in architecture.md: a folder with all below it that has no row
// of its own.
type room struct {
	imports []string
	atMost  bool // it need not import all of them
	pure    bool
}

var quoted = regexp.MustCompile("`([^`]+)`")

// rooms reads the table.
func rooms(t *testing.T) map[string]room {
	t.Helper()
	text, err := os.ReadFile("architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	read := make(map[string]room)
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if len(cells) != 5 || !strings.HasPrefix(strings.TrimSpace(cells[1]), "`") {
			continue
		}
		r := room{pure: strings.HasSuffix(strings.TrimSpace(cells[2]), " Pure"), imports: names(cells[3])}
		if strings.TrimSpace(cells[3]) == "all" {
			continue
		}
		if strings.Contains(cells[3], "as `") {
			as := r.imports[0]
			r = room{imports: append([]string{as}, read[as].imports...), atMost: true}
		}
		read[names(cells[1])[0]] = r
	}
	if len(read) < 15 {
		t.Fatalf("the table has only the rows %v", slices.Sorted(maps.Keys(read)))
	}
	return read
}

func names(cell string) []string {
	var all []string
	for _, m := range quoted.FindAllStringSubmatch(cell, -1) {
		all = append(all, m[1])
	}
	return all
}

// within is the longest of the folders that a folder is or lies in; "" for none.
func within(folder string, folders []string) string {
	best := ""
	for _, f := range folders {
		if (folder == f || strings.HasPrefix(folder, f+"/")) && len(f) > len(best) {
			best = f
		}
	}
	return best
}

func TestEachFolderImportsWhatArchitectureSays(t *testing.T) {
	all := rooms(t)
	folders := slices.Collect(maps.Keys(all))
	used := make(map[string]map[string]bool)
	eachFile(t, func(folder, path string, file *ast.File) {
		row := within(folder, folders)
		r, ok := all[row]
		if !ok {
			return
		}
		if used[row] == nil {
			used[row] = make(map[string]bool)
		}
		for _, i := range file.Imports {
			name, _ := strconv.Unquote(i.Path.Value)
			if r.pure && slices.Contains([]string{"os", "os/exec", "net", "net/http", "log/slog"}, name) {
				t.Errorf("%s imports %s, and %s is pure", path, name, row)
			}
			imported, ours := strings.CutPrefix(name, module)
			if !ours || within(imported, folders) == row {
				continue
			}
			to := within(imported, r.imports)
			if to == "" {
				t.Errorf("%s imports %s, which architecture.md does not say of %s", path, imported, row)
			}
			used[row][to] = true
		}
		if r.pure {
			ast.Inspect(file, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == "Now" {
					if x, ok := s.X.(*ast.Ident); ok && x.Name == "time" {
						t.Errorf("%s asks the clock, and %s is pure", path, row)
					}
				}
				return true
			})
		}
	})
	for row, r := range all {
		for _, i := range r.imports {
			if !r.atMost && !used[row][i] {
				t.Errorf("architecture.md says that %s imports %s, which it does not", row, i)
			}
		}
	}
}

// eachFile parses each file of the program but for tests and what only tests use.
func eachFile(t *testing.T, do func(folder, path string, file *ast.File)) {
	t.Helper()
	files := token.NewFileSet()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		folder := filepath.ToSlash(strings.TrimPrefix(filepath.Dir(path), ".."+string(filepath.Separator)))
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || forTests(folder) {
			return nil
		}
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err == nil {
			do(folder, path, file)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// forTests tells a package that only tests import, by its name.
func forTests(folder string) bool {
	name := filepath.Base(folder)
	return strings.HasSuffix(name, "test") && name != "backtest"
}

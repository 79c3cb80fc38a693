package backtest_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dealvitals/scorer/backtest"
)

var update = flag.Bool("update", false, "write what the report says into testdata")

// The whole report of an invented history, as numbers and in both languages.
func TestTheReportReadsAsItDid(t *testing.T) {
	r := backtest.Run(history(42, 900, informed), backtest.Options{})
	var numbers bytes.Buffer
	encoder := json.NewEncoder(&numbers)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(r); err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string]string{
		"report.json": numbers.String(),
		"report.txt":  strings.Join(r.Sentences("zh"), "\n") + "\n\n" + strings.Join(r.Sentences("en"), "\n") + "\n",
	} {
		path := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s differs; look at it with -update and git diff:\n%.3000s", name, got)
		}
	}
}

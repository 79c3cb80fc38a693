package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dealvitals/api/desk/desktest"
	"dealvitals/scorer"
	"dealvitals/scorer/backtest"
	"dealvitals/store/bolt"
)

func TestABacktestOfTheStoreIsPrinted(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "a.db")
	db, err := bolt.Open(path, bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := desktest.Ended(t.Context(), db, 150, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	at := []string{"backtest", "--db", path, "--as-of", "2026-02-01"}
	out, _ := typed(t, ExitOK, "", at...)
	for _, want := range []string{"policy 1 on 150 deals", "The flag is better than the base rate: of 15 flagged deals", "cold_relationship", "CNY", "none flags more surely", "precision 精确率", "80–90"} {
		if !strings.Contains(out, want) {
			t.Errorf("it does not say %q:\n%s", want, out)
		}
	}
	if zh, _ := typed(t, ExitOK, "", append(at, "--lang", "zh")...); !strings.Contains(zh, "标记优于基准率：被标记的 15 个商机中") {
		t.Errorf("in Chinese:\n%s", zh)
	}

	draft := scorer.DefaultPolicy()
	draft.Patterns[scorer.ColdRelationship] = scorer.PatternPolicy{}
	body, err := json.Marshal(draft)
	if err != nil {
		t.Fatal(err)
	}
	out, _ = typed(t, ExitOK, string(body), append(at, "--policy", "-")...)
	for _, want := range []string{"the draft on 150 deals", "Too few deals to tell whether the flag", "cold_relationship, freezes (policy 1)", "The draft judges 75 of 150 screens otherwise", "left alone 不再标记", "韩梅梅", "75: "} {
		if !strings.Contains(out, want) {
			t.Errorf("of a draft it does not say %q:\n%s", want, out)
		}
	}
}

// tableOf is a table of ended deals, of which the flag and the health tell nothing, or all.
func tableOf(rows int, told bool) string {
	var table strings.Builder
	table.WriteString("id,result,closed_at,amount,source,health,flag\n")
	for n := range rows {
		won := n*7%5 < 2
		high := n*13%7 < 3
		if told {
			high = won
		}
		result, flag, health, source := "lost", "yes", 30, "fair"
		if won {
			result = "won"
		}
		if high {
			flag, health, source = "no", 80, "referral"
		}
		fmt.Fprintf(&table, "D%d,%s,%s,1000,%s,%d,%s\n", n, result, time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n).Format(time.DateOnly), source, health, flag)
	}
	return table.String()
}

func TestABacktestOfATableNeedsNoStore(t *testing.T) {
	folder := t.TempDir()
	t.Chdir(folder)
	for name, c := range map[string]struct {
		told bool
		args []string
		want backtest.Verdict
	}{
		"a flag that tells nothing": {false, nil, backtest.NoBetter},
		"a flag that tells all":     {true, nil, backtest.Better},
		"flagged by a bound":        {true, []string{"--flag-below", "50"}, backtest.Better},
	} {
		out, _ := typed(t, ExitOK, tableOf(400, c.told), append([]string{"backtest", "--file", "-", "--format", "json"}, c.args...)...)
		var b tableBacktest
		if err := json.Unmarshal([]byte(out), &b); err != nil {
			t.Fatal(err)
		}
		if b.Answer != c.want || b.Rows != 400 || b.Split.Test != 80 || b.Split.Train != 320 {
			t.Errorf("%s: %s, %+v", name, b.Answer, b.Split)
		}
	}
	cut := strings.NewReplacer(",health,flag", "", ",80,no", "", ",30,yes", "")
	for told, want := range map[bool]string{false: "no better than the base rate", true: "The flag is better than the base rate"} {
		if out, _ := typed(t, ExitOK, cut.Replace(tableOf(400, told)), "backtest", "--file", "-", "--features", "source"); !strings.Contains(out, want) {
			t.Errorf("a score that is learnt from a column, told %v:\n%s", told, out)
		}
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 0 {
		t.Errorf("it made %v, %v", left, err)
	}
}

func TestABacktestThatCannotBeIsRefused(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, c := range map[string]struct {
		table string
		code  int
		args  []string
		want  string
	}{
		"options of the other kind": {"", ExitUsage, []string{"--features", "a"}, "--features needs --file"},
		"a span for a table":        {"", ExitUsage, []string{"--file", "-", "--from", "2025-01-01"}, "leave rows out of the table"},
		"a language":                {"", ExitUsage, []string{"--lang", "fr"}, "there are en and zh"},
		"an order of dates":         {"", ExitUsage, []string{"--file", "-", "--dates", "ydm"}, "there are ymd, mdy and dmy"},
		"no day":                    {"", ExitUsage, []string{"--from", "soon"}, "YYYY-MM-DD"},
		"bad rows":                  {"result,closed_at,flag\nwon,soon,yes\n", ExitFailure, []string{"--file", "-"}, "with --partial"},
		"nothing to measure":        {"result,closed_at\nwon,2025-01-01\n", ExitUsage, []string{"--file", "-"}, "neither a flag nor a score"},
		"two scores":                {"result,health,x\nwon,5,1\n", ExitUsage, []string{"--file", "-", "--features", "x"}, "leave it out"},
		"nothing ended":             {"result,flag\nopen,yes\n", ExitFailure, []string{"--file", "-"}, "none of its 1 rows"},
		"no result":                 {"status,flag\nwon,yes\n", ExitFailure, []string{"--file", "-"}, "the column result"},
	} {
		if _, messages := typed(t, c.code, c.table, append([]string{"backtest"}, c.args...)...); !strings.Contains(messages, c.want) {
			t.Errorf("%s: %s", name, messages)
		}
	}
}

func TestABacktestOfNothingSaysWhatToImport(t *testing.T) {
	db := filepath.Join(t.TempDir(), "a.db")
	begin(t, db)
	if out, _ := typed(t, ExitOK, "", "backtest", "--db", db); !strings.Contains(out, "Next: dealvitals import template outcomes") || strings.Contains(out, "precision") {
		t.Errorf("it says %s", out)
	}
}

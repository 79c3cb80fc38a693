package imports_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"dealvitals/imports"
)

func TestATableOfEndedDealsIsReadInItsOwnWords(t *testing.T) {
	for _, c := range []struct {
		name, table string
		o           imports.HistoryOptions
		want        string
	}{
		{"our headings", "商机编号,结果,关闭日期,评分日期,金额(万元),成交金额(万元),币种,销售,健康度,标记\nD1,赢单,2026-08-31,2026-06-02,320,300,CNY,李娜,71.5,否\n", imports.HistoryOptions{},
			"D1 true 2026-08-31 2026-06-02 3200000 3000000 CNY 李娜 71.5 true/false"},
		{"others', months first", "key;status;closed;opened;value;rep\nA;Closed Lost;3/31/2026;12/1/2025;5000;Ann\n",
			imports.HistoryOptions{Columns: map[string]string{"id": "key", "result": "status", "closed_at": "closed", "scored_at": "opened", "amount": "value", "owner": "rep"}, Dates: imports.DatesMDY},
			"A false 2026-03-31 2025-12-01 5000 0  Ann – false/false"},
		{"days first, with a time", "result,closed_at,probability,flag\nwon,31-03-2026 19:58,0.25,yes\n", imports.HistoryOptions{Dates: imports.DatesDMY},
			"line 2 true 2026-03-31 – – 0   25 true/true"},
	} {
		h, err := imports.ReadHistory(t.Context(), strings.NewReader(c.table), c.o)
		if err != nil || len(h.Cases) != 1 || len(h.Problems) != 0 {
			t.Errorf("%s: %+v, %v", c.name, h, err)
			continue
		}
		one, scored, open, health := h.Cases[0], "–", "–", "–"
		if !one.ScoredAt.IsZero() {
			scored = one.ScoredAt.Format("2006-01-02")
		}
		if one.Open != nil {
			open = one.Open.String()
		}
		if one.Health != nil {
			health = fmt.Sprint(*one.Health)
		}
		if got := fmt.Sprintf("%s %v %s %s %s %s %s %s %s %v/%v", one.ID, one.Won, one.ClosedAt.Format("2006-01-02"), scored, open, one.Final, one.Currency, one.Owner, health, one.Assessed, one.Flagged); got != c.want {
			t.Errorf("%s: it reads %q, want %q", c.name, got, c.want)
		}
	}
}

func TestRowsThatCannotBeReadAreNamed(t *testing.T) {
	table := "id,result,closed_at,amount,health,flag,说明\n1,won,soon,1,50,yes,x\n2,lost,2026-01-01,-5,50,no,x\n3,won,2026-01-01,1,101,no,x\n4,won,2026-01-01,1,50,maybe,x\n5,谈判,soon,1,50,no,x\n6,lost,2026-01-01,,,,\n"
	h, err := imports.ReadHistory(t.Context(), strings.NewReader(table), imports.HistoryOptions{Features: []string{"说明"}})
	if err != nil {
		t.Fatal(err)
	}
	if h.Rows != 6 || h.Open != 1 || len(h.Cases) != 1 || len(h.Problems) != 4 || !h.Flagged || !h.Scored {
		t.Errorf("read: %+v", h)
	}
	if c := h.Cases[0]; c.ID != "6" || c.Open != nil || c.Health != nil || c.Assessed || len(c.Features) != 1 {
		t.Errorf("the good row reads %+v", c)
	}
	for i, want := range []string{"is no day", "is no amount", "out of range", "neither yes"} {
		if got := h.Problems[i].String(); !strings.Contains(got, want) || !strings.HasPrefix(got, fmt.Sprintf("line %d", i+2)) {
			t.Errorf("problem %d: %s", i, got)
		}
	}
}

func TestATableWithoutItsColumnsIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		table string
		o     imports.HistoryOptions
		want  string
	}{
		"no result":           {"id,closed_at\n", imports.HistoryOptions{}, "the column result (结果) is missing; the heading has id, closed_at"},
		"a heading not there": {"id,result\n", imports.HistoryOptions{Columns: map[string]string{"owner": "rep"}}, "the column rep is missing"},
		"a feature not there": {"id,result\n", imports.HistoryOptions{Features: []string{"source"}}, "the column source is missing"},
		"no column of ours":   {"id,result\n", imports.HistoryOptions{Columns: map[string]string{"color": "id"}}, "none of the columns"},
	} {
		_, err := imports.ReadHistory(t.Context(), strings.NewReader(c.table), c.o)
		var bad *imports.BadTableError
		if !errors.As(err, &bad) || !strings.Contains(bad.Problems[0].String(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	var file *imports.FileError
	if _, err := imports.ReadHistory(t.Context(), strings.NewReader(""), imports.HistoryOptions{}); !errors.As(err, &file) {
		t.Errorf("an empty file: %v", err)
	}
}

// FuzzHistory: no table makes the reader panic, and what it cannot read has a typed error.
func FuzzHistory(f *testing.F) {
	f.Add("id,result,closed_at,amount,health\n1,won,2026-01-01,1e99,5\n", "mdy")
	f.Add("结果;概率\n赢单;1%\n", "")
	f.Fuzz(func(t *testing.T, table, dates string) {
		h, err := imports.ReadHistory(t.Context(), strings.NewReader(table), imports.HistoryOptions{Dates: dates})
		var file *imports.FileError
		var bad *imports.BadTableError
		if err != nil && !errors.As(err, &file) && !errors.As(err, &bad) {
			t.Errorf("the error has no type: %v", err)
		}
		if len(h.Cases)+h.Open > h.Rows {
			t.Errorf("%d rows give %d cases and %d open ones", h.Rows, len(h.Cases), h.Open)
		}
	})
}

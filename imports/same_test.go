package imports_test

import (
	"slices"
	"strings"
	"testing"

	"dealvitals/imports"
)

// Messages that are equal in all that is kept of them are as many as the table has, in whatever
// order it stands and however often it is imported.
func TestEqualMessagesAreAsManyAsTheTableHas(t *testing.T) {
	const heading = "时间,商机编号,联系人编号,方向,类型,内容\n"
	rows := []string{
		"2026-11-20 10:30:00,D1,K1,收,text,好的", "2026-11-20 10:30:00,D1,K1,收,text,好的", "2026-11-20 10:31:00,D1,K1,发,text,报价",
		"2026-11-20 10:31:00,D1,K1,收,text,多少", "2026-11-20 10:31:00,D1,K1,发,text,报价", "2026-11-20 10:32:00,D1,K1,收,text,好的",
	}
	shuffled := []string{rows[2], rows[0], rows[5], rows[4], rows[1], rows[3]}
	falling := slices.Clone(rows)
	slices.Reverse(falling)
	broken := []string{rows[0], "gestern,D1,K1,收,text,好的", rows[1], rows[2], "gestern,D1,K1,收,text,好的", rows[3], rows[4], rows[5]}
	for name, first := range map[string][]string{"rising": rows, "falling": falling, "in no order": shuffled, "with rows that cannot be read": broken} {
		w := newWorld(t)
		for n, table := range [][]string{first, rows, falling, shuffled, broken} {
			r, err := w.take("interactions", strings.NewReader(heading+strings.Join(table, "\n")+"\n"), imports.Options{Partial: true})
			if want := map[bool]int{true: len(rows)}[n == 0]; err != nil || r.Created != want {
				t.Errorf("%s, import %d: %d new, want %d; %v", name, n+1, r.Created, want, err)
			}
		}
	}
}

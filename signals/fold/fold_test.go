package fold_test

import (
	"testing"
	"unicode"

	"dealvitals/signals/fold"
)

func TestSpellingsOfOneNameFoldAlike(t *testing.T) {
	spellings := map[string][]string{
		"中国平安保险集团股份有限公司": {
			"中国平安保险（集团）股份有限公司", "中国平安保险(集团)股份有限公司", "中 国 平安保险〔集团〕股份有限公司",
			"中国\u00a0平安保险\u3000（集团）股份\u200b有限公司", "中國平安保險（集團）股份有限公司",
		},
		"tcl科技集团": {"ＴＣＬ科技集团", "TCL 科技集团", "tcl科技集團", "T\u200bCL科技集团"},
		"第704研究所": {"第７０４研究所", "第 704 研究所"},
	}
	for want, list := range spellings {
		for _, s := range list {
			if got := fold.Letters(s); got != want {
				t.Errorf("%q folds to %q, want %q", s, got, want)
			}
		}
	}
}

func TestGapsRememberWhatStoodBetweenLetters(t *testing.T) {
	f := fold.Of("甲 乙（丙）、丁：戊-己。")
	want := []fold.Gap{0, fold.Blank, fold.Open, fold.Close | fold.Mark, fold.Colon, fold.Dash, fold.Mark}
	if len(f.Gaps) != len(want) {
		t.Fatalf("%d gaps, want %d", len(f.Gaps), len(want))
	}
	for i := range want {
		if f.Gaps[i] != want[i] {
			t.Errorf("gap %d is %b, want %b", i, f.Gaps[i], want[i])
		}
	}
}

func FuzzLetters(f *testing.F) {
	for _, s := range []string{"中国平安保险（集团）股份有限公司", "ＴＣＬ", "體育局", "㈱某某", "\xff\xfe", "ﬁ", "①②", "İ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		folded := fold.Of(s)
		if len(folded.Gaps) != len(folded.Letters)+1 {
			t.Fatalf("%d gaps around %d letters", len(folded.Gaps), len(folded.Letters))
		}
		for _, r := range folded.Letters {
			if !unicode.IsLetter(r) && !unicode.IsNumber(r) {
				t.Fatalf("%q is left as a letter of %q", r, s)
			}
		}
		once := fold.Letters(s)
		if again := fold.Letters(once); again != once {
			t.Fatalf("folding %q twice gives %q, once %q", s, again, once)
		}
	})
}

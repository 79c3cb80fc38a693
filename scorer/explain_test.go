package scorer_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"dealvitals/scorer"
	"dealvitals/signals"
)

// reasonConstants are the values of the Reason… and Why… constants of a package, as written
// in its source: none may be without a sentence.
func reasonConstants(t *testing.T, folder string) []string {
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) != 1 || !strings.HasPrefix(spec.Names[0].Name, "Reason") && !strings.HasPrefix(spec.Names[0].Name, "Why") {
				return true
			}
			if literal, ok := spec.Values[0].(*ast.BasicLit); ok {
				code, err := strconv.Unquote(literal.Value)
				if err != nil {
					t.Fatal(err)
				}
				codes = append(codes, code)
			}
			return true
		})
	}
	return codes
}

func TestEveryReasonHasASentenceInBothLanguages(t *testing.T) {
	codes := append(reasonConstants(t, "../signals"), reasonConstants(t, ".")...)
	for _, o := range signals.Outcomes() {
		codes = append(codes, string(o))
	}
	for _, d := range scorer.Patterns() {
		codes = append(codes, string(d))
	}
	if len(codes) < 50 {
		t.Fatalf("only %d codes were found in the sources", len(codes))
	}
	known := scorer.ReasonCodes()
	for _, code := range codes {
		zh, en := scorer.ReasonText(code, "zh"), scorer.ReasonText(code, "en")
		if !slices.Contains(known, code) || zh == "" || en == "" || zh == en || !strings.ContainsFunc(zh, func(r rune) bool { return unicode.Is(unicode.Han, r) }) || strings.ContainsFunc(en, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%s: zh %q, en %q", code, zh, en)
		}
	}
	if got := scorer.ReasonText("our_own", "zh"); got != "our_own" {
		t.Errorf("a person's own code is told as %q", got)
	}
}

func TestExplainTellsTheWholeDerivation(t *testing.T) {
	p := scorer.DefaultPolicy()
	h := history(40, 0)
	a := scorer.Assess(h, p, now)
	d, found := scorer.Decide(nil, []scorer.Evaluation{a.Evaluation}, scorer.Turn{}, p, now)
	if !found {
		t.Fatalf("no decision on %+v", a.Evaluation)
	}
	for lang, words := range map[string][]string{
		"zh": {"两高一低", "虚假繁荣", "互动", "23%", "54%", "复核", "异议", "到期", "sales-ops"},
		"en": {"Two high, one low", "WeChat", "23 %", "54 %", "eview", "disputed", "until", "sales-ops"},
	} {
		x := scorer.Explain(a, h, p, lang).WithFreeze([]scorer.Decision{*d}, now)
		all := strings.Join(append(append(append([]string{x.Summary, x.Pattern, x.Freeze.Sentence}, x.Caveats...), x.Rules...), x.Factors[0].Sentence), "\n")
		for _, word := range words {
			if !strings.Contains(all, word) {
				t.Errorf("%s: %q is not told in\n%s", lang, word, all)
			}
		}
		if len(x.Factors) != 3 || len(x.WayOut) != 3 || len(x.Freeze.Possible) != 3 {
			t.Errorf("%s: %d factors, %d ways out, people may %v", lang, len(x.Factors), len(x.WayOut), x.Freeze.Possible)
		}
		for _, s := range x.Factors[0].Signals {
			if s.Counted && (s.Evidence == "" || s.WhyText == "" || s.Date == nil) {
				t.Errorf("%s: a job that counts without its page or reason: %+v", lang, s)
			}
		}
	}
}

// A deal that is frozen on three numbers, one of which is not known now, says what was known then.
func TestAFreezeTellsWhatItWasDecidedOnWhereLessIsKnownNow(t *testing.T) {
	p := scorer.DefaultPolicy()
	h := history(40, 0)
	a := scorer.Assess(h, p, now)
	d, found := scorer.Decide(nil, []scorer.Evaluation{a.Evaluation}, scorer.Turn{}, p, now)
	if !found {
		t.Fatalf("no decision on %+v", a.Evaluation)
	}
	told := func(a scorer.Assessment) string {
		return strings.Join(scorer.Explain(a, h, p, "en").WithFreeze([]scorer.Decision{*d}, now).Caveats, "\n")
	}
	const word = "The freeze was decided on the score as of"
	if got := told(a); strings.Contains(got, word) {
		t.Errorf("where all is known: %s", got)
	}
	a.Evaluation.Diagnosis = scorer.Unknown
	if got := told(a); !strings.Contains(got, word) || !strings.Contains(got, "Two high, one low") {
		t.Errorf("where less is known now: %s", got)
	}
}

// TestEachWayOutLeadsOut puts the numbers that the explanation names through the score.
func TestEachWayOutLeadsOut(t *testing.T) {
	p := scorer.DefaultPolicy()
	for _, levels := range [][3]string{{"high", "high", "low"}, {"high", "low", "high"}, {"low", "high", "high"}} {
		m := measures(levels[0], levels[1], levels[2])
		a := scorer.Assessment{Evaluation: scorer.Evaluate("D", m, p, now), Measures: m}
		x := scorer.Explain(a, signals.History{}, p, "en")
		if len(x.WayOut) != 3 {
			t.Fatalf("%v: ways out %+v", levels, x.WayOut)
		}
		if low := x.WayOut[0]; *a.Evaluation.Factors.Of(low.Factor).Band != scorer.BandLow {
			t.Errorf("%v: the first way out is %s, which is not low", levels, low.Factor)
		}
		for _, c := range x.WayOut {
			changed := measures(levels[0], levels[1], levels[2])
			f := changed[c.Factor]
			f.Value = &c.To
			changed[c.Factor] = f
			if e := scorer.Evaluate("D", changed, p, now); e.Freezes {
				t.Errorf("%v: %s at %v still is %s", levels, c.Factor, c.To, e.Diagnosis)
			}
		}
	}
}

func TestMissingDataIsExplainedAsMissing(t *testing.T) {
	p := scorer.DefaultPolicy()
	m := measures("?", ">mid", "high")
	a := scorer.Assessment{Evaluation: scorer.Evaluate("D", m, p, now), Measures: m}
	x := scorer.Explain(a, signals.History{}, p, "zh")
	if !strings.Contains(x.Factors[0].Sentence, "未知") || !strings.Contains(x.Factors[0].Sentence, "拦截") || !strings.Contains(x.Pattern, "不按“低”处理") || len(x.WayOut) != 0 {
		t.Errorf("%q, %q, %v", x.Factors[0].Sentence, x.Pattern, x.WayOut)
	}
	if x.Factors[1].Status != signals.StatusUnknown || len(x.Caveats) != 1 || !strings.Contains(x.Caveats[0], "下限") {
		t.Errorf("a lower bound is told as %s, %v", x.Factors[1].Status, x.Caveats)
	}
}

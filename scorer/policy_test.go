package scorer_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"slices"
	"testing"

	"dealvitals/scorer"
	"dealvitals/signals"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"
)

// factor changes one factor of a policy.
func factor(f signals.Factor, change func(*scorer.FactorPolicy)) func(*scorer.Policy) {
	return func(p *scorer.Policy) {
		x := p.Factors[f]
		x.Curve = slices.Clone(x.Curve)
		change(&x)
		p.Factors[f] = x
	}
}

// segmented spoils a segment.
func segmented(change func(*scorer.Segment)) func(*scorer.Policy) {
	return func(p *scorer.Policy) {
		s := lenient(scorer.SegmentMatch{Region: []string{"江苏"}})
		change(&s)
		p.Segments = []scorer.Segment{s}
	}
}

// wrongs is one way each to spoil a policy, and where that is told. Schema tells whether
// the JSON Schema sees it too: it does not compare one field with another.
var wrongs = []struct {
	name   string
	spoil  func(*scorer.Policy)
	path   string
	schema bool
}{
	{"no window", factor("hiring", func(f *scorer.FactorPolicy) { f.WindowDays = 0 }), "/factors/hiring/window_days", true},
	{"tenders over more than a year", factor("tender", func(f *scorer.FactorPolicy) { f.WindowDays = 400 }), "/factors/tender/window_days", true},
	{"a window of a century", factor("tender", func(f *scorer.FactorPolicy) { f.WindowDays = 36500 }), "/factors/tender/window_days", true},
	{"no limit of freshness", factor("wechat", func(f *scorer.FactorPolicy) { f.StaleAfterDays = 0 }), "/factors/wechat/stale_after_days", true},
	{"no weight", factor("hiring", func(f *scorer.FactorPolicy) { f.Weight = 0 }), "/factors/hiring/weight", true},
	{"high above 100", factor("hiring", func(f *scorer.FactorPolicy) { f.High = 101 }), "/factors/hiring/high", true},
	{"low above high", factor("hiring", func(f *scorer.FactorPolicy) { f.Low = 70 }), "/factors/hiring/low", false},
	{"a curve of one point", factor("hiring", func(f *scorer.FactorPolicy) { f.Curve = f.Curve[:1] }), "/factors/hiring/curve", true},
	{"a curve that goes back", factor("hiring", func(f *scorer.FactorPolicy) { f.Curve[2].Value = 1 }), "/factors/hiring/curve/2/value", false},
	{"a curve that falls", factor("hiring", func(f *scorer.FactorPolicy) { f.Curve[2].Score = 1 }), "/factors/hiring/curve/2/score", false},
	{"a curve that never reaches high", factor("hiring", func(f *scorer.FactorPolicy) { f.Curve = f.Curve[:2] }), "/factors/hiring/curve", false},
	{"a negative value", factor("hiring", func(f *scorer.FactorPolicy) { f.Curve[0].Value = -1 }), "/factors/hiring/curve/0/value", true},
	{"a factor missing", func(p *scorer.Policy) { delete(p.Factors, signals.FactorTender) }, "/factors/tender", true},
	{"a factor too many", func(p *scorer.Policy) { p.Factors["weather"] = scorer.FactorPolicy{} }, "/factors/weather", true},
	{"a pattern missing", func(p *scorer.Policy) { delete(p.Patterns, scorer.ShrinkingBuyer) }, "/patterns/shrinking_buyer", true},
	{"a pattern that is none", func(p *scorer.Policy) { p.Patterns["a/b"] = scorer.PatternPolicy{} }, "/patterns/a~1b", true},
	{"a freeze without a flag", func(p *scorer.Policy) { p.Patterns[scorer.ShrinkingBuyer] = scorer.PatternPolicy{Freeze: true} }, "/patterns/shrinking_buyer/flag", false},
	{"a mode that is none", func(p *scorer.Policy) { p.Freeze.Mode = "maybe" }, "/freeze/mode", true},
	{"no confirmations", func(p *scorer.Policy) { p.Freeze.Confirmations = 0 }, "/freeze/confirmations", true},
	{"no release", func(p *scorer.Policy) { p.Freeze.ReleaseAfter = 0 }, "/freeze/release_after", true},
	{"a freeze for ever", func(p *scorer.Policy) { p.Freeze.MaxDays = 0 }, "/freeze/max_days", true},
	{"a review after the end", func(p *scorer.Policy) { p.Freeze.ReviewDays = 91 }, "/freeze/review_days", false},
	{"nobody reviews", func(p *scorer.Policy) { p.Freeze.Reviewer = " " }, "/freeze/reviewer", true},
	{"payment undecided", func(p *scorer.Policy) { p.Payment.StaleData = "" }, "/payment/stale_data", true},
	{"no half-life", func(p *scorer.Policy) { p.WeChat.HalfLifeDays = 0 }, "/wechat/half_life_days", true},
	{"no cap", func(p *scorer.Policy) { p.WeChat.DailyCap = 0 }, "/wechat/daily_cap", true},
	{"keywords that double the heat twice", func(p *scorer.Policy) { p.WeChat.MaxLift = 2 }, "/wechat/max_lift", true},
	{"silence nobody could have heard", func(p *scorer.Policy) { p.WeChat.MinCoverage = 0 }, "/wechat/min_coverage", true},
	{"an empty keyword", func(p *scorer.Policy) { p.WeChat.Keywords[0].Words[0] = " " }, "/wechat/keywords/0/words/0", true},
	{"a scale that is none", factor("hiring", func(f *scorer.FactorPolicy) { f.Scale = "rank" }), "/factors/hiring/scale", true},
	{"percentiles of a handful", factor("hiring", func(f *scorer.FactorPolicy) { f.Scale, f.MinCohort = scorer.ScalePercentile, 5 }), "/factors/hiring/min_cohort", true},
	{"percentiles of any number", factor("hiring", func(f *scorer.FactorPolicy) { f.Scale = scorer.ScalePercentile }), "/factors/hiring/min_cohort", true},
	{"a segment without a name", segmented(func(s *scorer.Segment) { s.Name = " " }), "/segments/0/name", true},
	{"a segment of all deals", segmented(func(s *scorer.Segment) { s.Match = scorer.SegmentMatch{} }), "/segments/0/match", true},
	{"a segment of a blank", segmented(func(s *scorer.Segment) { s.Match.Region = []string{" "} }), "/segments/0/match/region/0", true},
	{"a segment that overrides nothing", segmented(func(s *scorer.Segment) { s.Factors, s.Patterns = nil, nil }), "/segments/0", false},
	{"a segment whose curve falls", segmented(func(s *scorer.Segment) { s.Factors["hiring"].Curve[1].Score = 1 }), "/segments/0/factors/hiring/curve/1/score", false},
	{"a segment whose high the policy's curve never reaches", segmented(func(s *scorer.Segment) {
		s.Factors["tender"] = scorer.FactorOverride{Low: to(70.0)}
	}), "/segments/0/factors/tender/low", false},
	{"a segment of another factor", segmented(func(s *scorer.Segment) { s.Factors["weather"] = scorer.FactorOverride{} }), "/segments/0/factors/weather", true},
	{"a segment that freezes unseen", segmented(func(s *scorer.Segment) {
		s.Patterns[scorer.ShrinkingBuyer] = scorer.PatternPolicy{Freeze: true}
	}), "/segments/0/patterns/shrinking_buyer/flag", false},
	{"two segments of one name", func(p *scorer.Policy) {
		p.Segments = []scorer.Segment{lenient(scorer.SegmentMatch{Size: []string{"a"}}), lenient(scorer.SegmentMatch{Size: []string{"b"}})}
	}, "/segments/1/name", false},
	{"a group without a name", func(p *scorer.Policy) { p.WeChat.Keywords[0].Name = "" }, "/wechat/keywords/0/name", true},
}

func schema(t testing.TB) *jsonschema.Schema {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(scorer.PolicySchema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("policy.schema.json", document); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("policy.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func bySchema(t testing.TB, s *jsonschema.Schema, p scorer.Policy) error {
	body, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(document)
}

func TestABadPolicyIsRefusedWithPathAndReason(t *testing.T) {
	s := schema(t)
	if err := scorer.DefaultPolicy().Validate(); err != nil {
		t.Fatalf("the default policy: %v", err)
	}
	if err := bySchema(t, s, scorer.DefaultPolicy()); err != nil {
		t.Fatalf("the default policy by its schema: %v", err)
	}
	for _, tt := range wrongs {
		p := scorer.DefaultPolicy()
		tt.spoil(&p)
		var all scorer.PolicyErrors
		if err := p.Validate(); !errors.As(err, &all) || !slices.ContainsFunc(all, func(e *scorer.PolicyError) bool { return e.Path == tt.path && e.Reason != "" }) {
			t.Errorf("%s: %v, want a problem at %s", tt.name, err, tt.path)
		}
		var first *scorer.PolicyError
		if err := p.Validate(); !errors.As(err, &first) {
			t.Errorf("%s: %v is no *PolicyError", tt.name, err)
		}
		if err := bySchema(t, s, p); (err != nil) != tt.schema {
			t.Errorf("%s: the schema says %v, want a problem: %v", tt.name, err, tt.schema)
		}
	}
	p := scorer.DefaultPolicy()
	p.WeChat.MaxLift = math.NaN()
	if p.Validate() == nil {
		t.Error("NaN is taken")
	}
}

func TestAPolicyThatIsValidIsValidByItsSchema(t *testing.T) {
	s := schema(t)
	rapid.Check(t, func(t *rapid.T) {
		p := scorer.DefaultPolicy()
		for range rapid.IntRange(0, 1).Draw(t, "changes") {
			rapid.SampledFrom(wrongs).Draw(t, "wrong").spoil(&p)
		}
		p.Freeze.MaxDays = rapid.IntRange(-5, 5000).Draw(t, "max days")
		body, _ := json.Marshal(p)
		document, _ := jsonschema.UnmarshalJSON(bytes.NewReader(body))
		if err := s.Validate(document); err != nil && p.Validate() == nil {
			t.Fatalf("Validate takes what the schema refuses: %v", err)
		}
	})
}

func TestWhatIsWrongIsToldWithItsLine(t *testing.T) {
	for document, want := range map[string]scorer.PolicyError{
		"freeze:\n  moed: propose\n":                                                {Path: "/freeze/moed", Line: 2},
		"factors:\n  hiring:\n    curve:\n      - {value: x}\n":                     {Path: "/factors/hiring/curve/0/value", Line: 4},
		"freeze: {mode: propose}\nfactors: 3\n":                                     {Path: "/factors", Line: 2},
		"freeze:\n  confirmations: 1.5\n":                                           {Path: "/freeze/confirmations", Line: 2},
		"freeze:\n  mode: propose\n  max_days: 0\n":                                 {Path: "/freeze/max_days", Line: 3},
		"patterns:\n  a/b: {flag: true, freeze: true}\n":                            {Path: "/patterns/a~1b", Line: 2},
		"wechat:\n  keywords:\n    - name: x\n      words: ['']\n      weight: 1\n": {Path: "/wechat/keywords/0/words/0", Line: 4},
		"segments:\n  - name: x\n    match: {}\n":                                   {Path: "/segments/0/match", Line: 3},
		"comment: x\n\nversion: 2\n":                                                {Path: "/payment/stale_data", Line: 1},
		"a: &a {mode: propose}\nfreeze: *a\n":                                       {Path: "/a", Line: 1},
	} {
		_, err := scorer.CheckPolicy([]byte(document))
		var all scorer.PolicyErrors
		if !errors.As(err, &all) || !slices.ContainsFunc(all, func(e *scorer.PolicyError) bool { return e.Path == want.Path && e.Line == want.Line && e.Reason != "" }) {
			t.Errorf("%q: want a problem at %s in line %d, got\n%v", document, want.Path, want.Line, err)
		}
	}
	var text bytes.Buffer
	if err := scorer.DefaultPolicy().WriteYAML(&text); err != nil {
		t.Fatal(err)
	}
	if _, err := scorer.CheckPolicy(text.Bytes()); err != nil {
		t.Error(err)
	}
}

func TestPoliciesAreReadAsTheyAreWritten(t *testing.T) {
	p := scorer.DefaultPolicy()
	p.Segments = []scorer.Segment{lenient(scorer.SegmentMatch{Region: []string{"江苏"}, Size: []string{"大型"}})}
	p.Approval.SecondPerson = true
	var text bytes.Buffer
	if err := p.WriteYAML(&text); err != nil {
		t.Fatal(err)
	}
	fromYAML, err := scorer.ReadPolicy(text.Bytes())
	if err != nil || !reflect.DeepEqual(fromYAML, p) {
		t.Errorf("YAML: %v\n got %+v\nwant %+v\n%s", err, fromYAML, p, text.String())
	}
	body, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	fromJSON, err := scorer.ReadPolicy(body)
	if err != nil || !reflect.DeepEqual(fromJSON, p) {
		t.Errorf("JSON: %v, %+v", err, fromJSON)
	}
	for _, bad := range []string{"", "a: [", "- 1", "freeze: {mode: 3}", "frieze: {}", "factors: {hiring: {curve: 3}}"} {
		var wrong *scorer.PolicyError
		if _, err := scorer.ReadPolicy([]byte(bad)); !errors.As(err, &wrong) {
			t.Errorf("%q: %v, want a *PolicyError", bad, err)
		}
	}
}

func TestComparePoliciesNamesEachValueThatDiffers(t *testing.T) {
	a, b := scorer.DefaultPolicy(), scorer.DefaultPolicy()
	b.Version, b.Comment = 2, "x"
	factor("hiring", func(f *scorer.FactorPolicy) { f.Curve[1].Value = 3 })(&b)
	b.Freeze.Mode = scorer.ModePropose
	changes, err := scorer.ComparePolicies(a, b)
	want := []scorer.PolicyChange{{Path: "/factors/hiring/curve/1/value", From: "2", To: "3"}, {Path: "/freeze/mode", From: "automatic", To: "propose"}}
	if err != nil || !slices.Equal(changes, want) {
		t.Errorf("%v %v, want %v", changes, err, want)
	}
}

func FuzzReadPolicy(f *testing.F) {
	f.Add([]byte("freeze: {mode: automatic}"))
	f.Fuzz(func(_ *testing.T, document []byte) {
		if p, err := scorer.CheckPolicy(document); err == nil {
			_ = p.Validate()
		}
	})
}

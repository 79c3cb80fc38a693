package scorer_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"dealvitals/scorer"
	"dealvitals/signals"

	"pgregory.net/rapid"
)

func to[T any](x T) *T { return &x }

// lenient is a segment whose overrides change what a deal with few jobs looks like.
func lenient(match scorer.SegmentMatch) scorer.Segment {
	return scorer.Segment{
		Name: "小客户", Match: match,
		Factors:  map[signals.Factor]scorer.FactorOverride{signals.FactorHiring: {Curve: []scorer.Point{{0, 30}, {1, 60}, {3, 100}}, WindowDays: to(60)}},
		Patterns: map[scorer.Diagnosis]scorer.PatternPolicy{scorer.ColdRelationship: {Flag: true}},
	}
}

func TestTheFirstSegmentThatMatchesHolds(t *testing.T) {
	deal := signals.Deal{Region: "江苏", ProductLine: "MES 系统", Stage: "方案"}
	customer := signals.Customer{Industry: "装备制造", Size: "Small", Region: "上海"}
	for name, tt := range map[string]struct {
		match scorer.SegmentMatch
		want  bool
	}{
		"the industry of the customer":            {scorer.SegmentMatch{Industry: []string{"化工", "装备制造"}}, true},
		"another industry":                        {scorer.SegmentMatch{Industry: []string{"化工"}}, false},
		"the product line, spaces and case aside": {scorer.SegmentMatch{ProductLine: []string{"mes系统"}}, true},
		"the size, in full width":                 {scorer.SegmentMatch{Size: []string{"ｓｍａｌｌ"}}, true},
		"the deal's region before the customer's": {scorer.SegmentMatch{Region: []string{"上海"}}, false},
		"the stage": {scorer.SegmentMatch{Stage: []string{"方案"}}, true},
		"one list that matches and one that does not": {scorer.SegmentMatch{Industry: []string{"装备制造"}, Size: []string{"large"}}, false},
		"every list":                                       {scorer.SegmentMatch{Industry: []string{"装备制造"}, Region: []string{"江苏"}, Size: []string{"small"}}, true},
		"a part of the word is not the word":               {scorer.SegmentMatch{Industry: []string{"制造"}}, false},
		"what the deal does not say is in no list of some": {scorer.SegmentMatch{Industry: []string{"装备制造"}, Stage: []string{"签约"}}, false},
	} {
		p := scorer.DefaultPolicy()
		p.Segments = []scorer.Segment{lenient(tt.match), {Name: "rest", Match: scorer.SegmentMatch{Stage: []string{"方案"}}}}
		want := "rest"
		if tt.want {
			want = "小客户"
		}
		held := p.For(deal, customer)
		if held.Segment() != want || held.Segments != nil {
			t.Errorf("%s: segment %q, want %q", name, held.Segment(), want)
		}
		if again := held.For(deal, customer); !reflect.DeepEqual(again, held) {
			t.Errorf("%s: asked again it is another policy", name)
		}
		if in := p.In(want); !reflect.DeepEqual(in, held) {
			t.Errorf("%s: by name it is another policy", name)
		}
	}
	bare := scorer.DefaultPolicy()
	bare.Segments = []scorer.Segment{lenient(scorer.SegmentMatch{Region: []string{"上海"}})}
	if got := bare.For(signals.Deal{}, customer).Segment(); got != "小客户" {
		t.Errorf("a deal without a region is in segment %q, not that of its customer's region", got)
	}
	if got := bare.For(signals.Deal{}, signals.Customer{}).Segment(); got != "" {
		t.Errorf("a deal that says nothing is in segment %q", got)
	}
}

func TestASegmentChangesWhatItOverridesAndSaysSo(t *testing.T) {
	p := scorer.DefaultPolicy()
	p.Segments = []scorer.Segment{lenient(scorer.SegmentMatch{Region: []string{"江苏"}})}
	h := history(40, 0)
	h.Deal.Region = "江苏"
	a := scorer.Assess(h, p, now)
	if e := a.Evaluation; e.Segment != "小客户" || e.Diagnosis != scorer.ColdRelationship || !e.Flagged || e.Freezes {
		t.Errorf("%+v", e)
	}
	x := scorer.Explain(a, h, p, "zh")
	if x.Segment != "小客户" || len(x.Rules) != 2 || x.Factors[0].To.Sub(x.Factors[0].From).Hours() != 60*24 {
		t.Errorf("explained with segment %q, rules %v, window from %v", x.Segment, x.Rules, x.Factors[0].From)
	}
	if health := scorer.HealthOf(h.Deal, a.Evaluation, scorer.FreezeView{}); health.Segment != "小客户" {
		t.Errorf("health names the segment %q", health.Segment)
	}
	if base := p.Factors[signals.FactorHiring]; base.WindowDays != 30 || p.Patterns[scorer.ColdRelationship] != (scorer.PatternPolicy{Flag: true, Freeze: true}) {
		t.Error("the policy itself was changed")
	}
}

// TestSegmentsNeverChangeDealsOutside compares, for deals in no segment, a policy with any
// segments to the one without, byte for byte.
func TestSegmentsNeverChangeDealsOutside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := history(rapid.IntRange(0, 60).Draw(t, "jobs"), rapid.IntRange(0, 60).Draw(t, "messages"))
		values := []string{"", "a", "b", "c"}
		pick := func(name string) string { return rapid.SampledFrom(values).Draw(t, name) }
		h.Deal.Region, h.Deal.ProductLine, h.Deal.Stage = pick("region"), pick("line"), pick("stage")
		h.Customer.Industry, h.Customer.Size, h.Customer.Region = pick("industry"), pick("size"), pick("seat")
		base := scorer.DefaultPolicy()
		segmented := base
		for range rapid.IntRange(1, 3).Draw(t, "segments") {
			list := func(name string) []string {
				return rapid.SliceOfN(rapid.SampledFrom(values[1:]), 0, 2).Draw(t, name)
			}
			s := lenient(scorer.SegmentMatch{Industry: list("industries"), Region: list("regions"), ProductLine: list("lines"), Size: list("sizes"), Stage: list("stages")})
			segmented.Segments = append(segmented.Segments, s)
		}
		want, got := scorer.Assess(h, base, now), scorer.Assess(h, segmented, now)
		same := string(document(t, h, want, base)) == string(document(t, h, got, segmented))
		if inside := segmented.For(h.Deal, h.Customer).Segment() != ""; !inside && !same {
			t.Fatalf("a deal in no segment is scored otherwise:\n%+v\n%+v", want.Evaluation, got.Evaluation)
		}
	})
}

type fataler interface{ Fatal(...any) }

func document(t fataler, h signals.History, a scorer.Assessment, p scorer.Policy) []byte {
	body, err := json.Marshal([]any{a.Evaluation, a.Measures, scorer.Explain(a, h, p, "en")})
	if err != nil {
		t.Fatal(err)
	}
	return body
}

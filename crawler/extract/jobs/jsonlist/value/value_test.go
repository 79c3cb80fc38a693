package value_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"dealvitals/crawler/extract/jobs/jsonlist/value"
)

func TestPathsLeadToValuesOrToNothing(t *testing.T) {
	dec := json.NewDecoder(strings.NewReader(`{"a":{"list":[{"n":" x "},{"n":7}],"count":"12","on":"true","off":0},"f":1.5,"null":null}`))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		t.Fatal(err)
	}
	if got := value.Text(v, "a.list.0.n"); got != "x" {
		t.Errorf("text %q", got)
	}
	if got := value.First(v, "b.c", "a.list.9.n", "a.list.1.n"); got != "7" {
		t.Errorf("first %q", got)
	}
	if n, ok := value.Int(v, "a.count"); !ok || n != 12 {
		t.Errorf("count %d %t", n, ok)
	}
	if _, ok := value.Int(v, "f"); ok {
		t.Error("1.5 is no whole number")
	}
	if !value.True(v, "a.on") || !value.False(v, "a.off") || value.False(v, "a.missing") {
		t.Error("truth of on, off or a missing value")
	}
	if !value.Has(v, "null") || value.Has(v, "missing") || value.Has(nil, "x") {
		t.Error("a null is there, a missing key is not")
	}
	if got := value.Texts(v, "a.list", "n"); !slices.Equal(got, []string{"x", "7"}) {
		t.Errorf("texts %v", got)
	}
	if value.Object(v, "a.list") != nil || value.List(v, "a") != nil || value.Object(v, "a") == nil || len(value.List(v, "a.list")) != 2 {
		t.Error("objects are no lists")
	}
}

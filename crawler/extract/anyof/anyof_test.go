package anyof

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWordsAreFoundAsByLookingForEachOfThem(t *testing.T) {
	piece := rapid.StringOfN(rapid.SampledFrom([]rune("ab招聘岗é0/")), 1, 6, -1)
	long := piece.Filter(func(s string) bool { return len(s) >= 2 })
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(long, 0, 40).Draw(t, "words")
		text := strings.Join(rapid.SliceOfN(piece, 0, 6).Draw(t, "text"), "")
		any, last := false, -1
		for _, w := range words {
			any = any || strings.Contains(text, w)
			last = max(last, strings.LastIndex(text, w))
		}
		set := Of(words...)
		if got := set.In(text); got != any {
			t.Fatalf("In(%q) of %q: got %v", text, words, got)
		}
		if got := set.Last(text); got != last {
			t.Fatalf("Last(%q) of %q: got %d, want %d", text, words, got, last)
		}
	})
}

package casing

import (
	"strings"
	"testing"
	"unicode"
)

func TestEveryCharacterIsLoweredAsByTheStandardLibrary(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		for _, s := range []string{string(r), "aB" + string(r) + "Cd"} {
			if got, want := Lower(s), strings.ToLower(s); got != want {
				t.Fatalf("%q: got %q, want %q", s, got, want)
			}
		}
	}
}

func FuzzAnyTextIsLoweredAsByTheStandardLibrary(f *testing.F) {
	f.Add("软件工程师 Go（Senior）– 10K")
	f.Add("\xe4\xb8")
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := Lower(s), strings.ToLower(s); got != want {
			t.Fatalf("%q: got %q, want %q", s, got, want)
		}
	})
}

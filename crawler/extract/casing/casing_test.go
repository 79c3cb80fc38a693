package casing

import (
	"strings"
	"testing"
	"unicode"
)

func TestEveryCharacterIsLoweredAsByTheStandardLibrary(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		for _, s := range []string{string(r), "aB" + string(r) + "Cd"} {
			agrees(t, s)
		}
	}
}

func FuzzAnyTextIsLoweredAsByTheStandardLibrary(f *testing.F) {
	f.Add("软件工程师 Go（Senior）– 10K")
	f.Add("\xe4\xb8")
	f.Fuzz(func(t *testing.T, s string) {
		agrees(t, s)
	})
}

func agrees(t *testing.T, s string) {
	t.Helper()
	want := strings.ToLower(s)
	if got := Lower(s); got != want {
		t.Fatalf("%q: got %q, want %q", s, got, want)
	}
	if got := string(AppendLower([]byte("x"), s)); got != "x"+want {
		t.Fatalf("%q appended: got %q, want %q", s, got, "x"+want)
	}
}

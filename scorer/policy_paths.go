package scorer

import (
	"cmp"
	"slices"
	"strings"
)

// Patterns lists the three of two-high-one-low.
func Patterns() []Diagnosis {
	return []Diagnosis{ColdRelationship, TalkWithoutPurchase, ShrinkingBuyer}
}

func oneOf[T comparable](got T, allowed []T) bool { return slices.Contains(allowed, got) }

// escape writes a key as a part of a JSON pointer (RFC 6901 §3).
func escape(key string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(key)
}

func sortErrors(list PolicyErrors) {
	slices.SortStableFunc(list, func(a, b *PolicyError) int { return cmp.Compare(a.Path, b.Path) })
}

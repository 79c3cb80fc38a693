package match

import (
	"slices"

	"dealvitals/signals"
	"dealvitals/signals/fold"
)

// Registered tells whether a customer is known by a whole name, as notices write it: by
// one with a legal form, or that of a public body. Of names without Chinese letters nothing
// is asked. A customer that has only a short name and was never seen may well be there
// under its real one.
func Registered(c signals.Customer) bool {
	if registeredName(c.Name) {
		return true
	}
	return slices.ContainsFunc(c.Aliases, func(a signals.Alias) bool { return registeredName(a.Name) && wholeName(a.Name) })
}

func registeredName(name string) bool {
	letters := fold.Of(name).Letters
	chinese := slices.ContainsFunc(letters, func(r rune) bool { return r >= fold.FirstIdeograph })
	return !chinese || wholeName(name) || len(letters) > minStem && bodyOf(name) != bodyCompany
}

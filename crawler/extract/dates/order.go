package dates

import (
	"net/url"
	"strings"

	"dealvitals/crawler/extract/casing"
)

// OrderOf tells the order of day and month of a page from its dates: one 24/11/2026 among
// them decides; failing that, its language does (lang as in the html element, "en-US").
func OrderOf(texts []string, lang string) Order {
	day, month := 0, 0
	for _, t := range texts {
		a, b, ok := slashed(t)
		switch {
		case !ok:
		case a > 12 && b <= 12:
			day++
		case b > 12 && a <= 12:
			month++
		}
	}
	switch {
	case day > 0 && month == 0:
		return DayFirst
	case month > 0 && day == 0:
		return MonthFirst
	case day > 0:
		return OrderUnknown
	}
	lang = casing.Lower(lang)
	switch {
	case lang == "en-us" || lang == "en_us":
		return MonthFirst
	case strings.HasPrefix(lang, "en-") || strings.HasPrefix(lang, "en_"):
		return DayFirst
	}
	for _, l := range []string{"de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "no", "fi", "pl", "ru", "tr", "cs", "id", "vi"} {
		if lang == l || strings.HasPrefix(lang, l+"-") || strings.HasPrefix(lang, l+"_") {
			return DayFirst
		}
	}
	return OrderUnknown
}

// OrderOfPage is OrderOf for a page that may not name its language: the land of its address
// tells, too. Addresses of no land, and of lands that write both, tell nothing.
func OrderOfPage(texts []string, lang, address string) Order {
	if o := OrderOf(texts, lang); o != OrderUnknown {
		return o
	}
	u, err := url.Parse(address)
	if err != nil {
		return OrderUnknown
	}
	host := casing.Lower(u.Hostname())
	switch host[strings.LastIndexByte(host, '.')+1:] {
	case "uk", "ie", "au", "nz", "in", "sg", "my", "za", "ke", "ng", "fr", "de", "es", "it", "pt", "nl", "be", "at", "ch", "lu", "dk", "no", "se", "fi", "pl", "cz", "sk", "gr", "ro", "bg", "hr", "ru", "ua", "tr", "br", "ar", "cl", "pe", "mx", "id", "vn", "th", "eu":
		return DayFirst
	}
	return OrderUnknown
}

// slashed reads a/b/yyyy out of a text.
func slashed(text string) (a, b int, ok bool) {
	for i := 0; i+6 < len(text); i++ {
		if !isDigit(text[i]) || i > 0 && (isDigit(text[i-1]) || text[i-1] == '/' || text[i-1] == '-') {
			continue
		}
		a, n := number(text[i:])
		j := i + n
		if n > 2 || j >= len(text) || text[j] != '/' && text[j] != '-' {
			continue
		}
		sep := text[j]
		b, m := number(text[j+1:])
		k := j + 1 + m
		if m == 0 || m > 2 || k >= len(text) || text[k] != sep {
			continue
		}
		if _, y := number(text[k+1:]); y == 4 {
			return a, b, true
		}
	}
	return 0, 0, false
}

// Package kind tells what a procurement notice announces, from its title, from the words
// that a site files it under, and from what its text says of the result.
//
// What a title says first wins in the order of DESIGN §4: correction, termination,
// contract, prequalification, award, single-source, intention, inquiry, tender. A word
// only counts where it speaks of the notice, not of the goods: 土地变更调查 is a survey,
// 合同能源管理 a service, 集中标识 a sign.
package kind

import (
	"strings"
	"unicode"

	"dealvitals/crawler/extract/pattern"
	"dealvitals/signals"

	"golang.org/x/text/width"
)

// rule says that a text which matches is of a type.
type rule struct {
	of signals.NoticeType
	re *pattern.Pattern
	// words are Chinese texts of which re needs one: a cheap test before it. A text with
	// Latin letters is not tested so.
	words []string
	// unless takes the matches out that speak of something else, before re is tried.
	unless *pattern.Pattern
}

// Of is the type that a title states, "" where it states none.
func Of(title string) signals.NoticeType {
	text := plain(title)
	for i := range titleRules {
		if titleRules[i].matches(text) {
			return titleRules[i].of
		}
	}
	return ""
}

// OfCategory is the type that a site's own word for a kind of notice stands for ("中标结果",
// "cn-standard", "Contract Award"), "" where it stands for none. Sites file notices under
// two or three wide words, so a category is a hint: a title that states a type comes first.
func OfCategory(category string) signals.NoticeType {
	text := plain(category)
	if text == "" {
		return ""
	}
	if t, ok := codes[strings.ToLower(text)]; ok {
		return t
	}
	for i := range categoryRules {
		if categoryRules[i].matches(text) {
			return categoryRules[i].of
		}
	}
	return Of(text)
}

// NoProcurement tells whether a title is of the neighbours of procurement on the same
// sites: land, property and waste sold or let, permits, opening records, company news.
func NoProcurement(title string) bool {
	text := plain(title)
	return otherTrade.MatchString(text) && !purchase.MatchString(text)
}

// Certain tells whether a title states a type in words that only procurement uses: English
// news speak of awards, plans and amendments, too.
func Certain(title string) bool {
	t := Of(title)
	return t != "" && t != signals.NoticeOther && (hasHan(title) || procurement.MatchString(title))
}

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// Document tells whether a title is of rules, guidance or news about procurement.
func Document(title string) bool {
	text := plain(title)
	if circular.MatchString(text) && !bought.MatchString(text) {
		return true
	}
	return document.MatchString(text) && !announcement.MatchString(text) || victory.MatchString(text) && !notified.MatchString(text)
}

func (r *rule) matches(text string) bool {
	if len(r.words) > 0 && !latin(text) && !containsAny(text, r.words) {
		return false
	}
	if r.unless != nil {
		text = r.unless.ReplaceAllString(text, " ")
	}
	return r.re.MatchString(text)
}

// latin tells a text with Latin letters.
func latin(text string) bool {
	for i := 0; i < len(text); i++ {
		if c := text[i] | 0x20; c >= 'a' && c <= 'z' {
			return true
		}
	}
	return false
}

func containsAny(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// plain narrows full-width letters and leaves out blanks between Chinese characters, so
// that "更 正 公 告" and "（变更）" read as what they say.
func plain(s string) string {
	s = width.Fold.String(s)
	if !strings.ContainsAny(s, " \u00a0\u3000\t\n") {
		return s
	}
	runes := []rune(s)
	var b strings.Builder
	for i, r := range runes {
		if (r == ' ' || r == '\u00a0' || r == '\u3000' || r == '\t' || r == '\n') && i > 0 && i+1 < len(runes) {
			if runes[i-1] > 0x2e00 && runes[i+1] > 0x2e00 {
				continue
			}
			r = ' '
		}
		b.WriteRune(r)
	}
	return strings.TrimSpace(b.String())
}

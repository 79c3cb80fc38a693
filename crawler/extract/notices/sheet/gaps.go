package sheet

import (
	"strings"
	"unicode/utf8"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/pattern"
)

// gap is a blank that a page makes wide on purpose, so that it is seen as one.
var gap = pattern.New(`[ \t\n]*(?:\x{a0}|\x{3000}|\x{2003}){2}[ \t\n\x{a0}\x{3000}\x{2003}]*`)

// gaps splits a text at the wide blanks between the value of one label and the next label:
// 采购人：某局　　　　地址：某路. Blanks within labels (地　　址) and values part nothing.
func gaps(text string) []string {
	found := gap.FindAllStringIndex(text, -1)
	if len(found) == 0 {
		return []string{text}
	}
	var parts []string
	from := 0
	for _, g := range found {
		if g[0] > from && stated(text[from:g[0]]) && labelled(text[g[1]:]) {
			parts = append(parts, text[from:g[0]])
			from = g[1]
		}
	}
	return append(parts, text[from:])
}

// stated tells whether a text has a label and its value.
func stated(text string) bool {
	pairs := Pairs(dom.Clean(text))
	return len(pairs) > 0 && pairs[len(pairs)-1].Value != ""
}

// western is a label of a few words.
var western = pattern.New(`^\p{L}[\p{L}.'’/&()-]*(?: [\p{L}.'’/&()-]+){0,5}$`)

// labelled tells whether a text begins with a label: one of a few words, or one of Chinese
// characters, written in one or with blanks between its characters.
func labelled(text string) bool {
	at, _ := colon(text, 0)
	if at < 0 || at > 3*4*maxLabel {
		return false
	}
	if label := text[:at]; !hasHan(label) {
		return !gap.MatchString(label) && western.MatchString(dom.Clean(label))
	}
	label := ""
	for _, piece := range gap.Split(text[:at], -1) {
		piece = dom.Clean(piece)
		if label != "" && piece != "" && utf8.RuneCountInString(piece) > 1 {
			return false // a value goes on before the label
		}
		label += strings.ReplaceAll(piece, " ", "")
	}
	n := utf8.RuneCountInString(label)
	return n >= 2 && n <= 14 && cjkOnly(label)
}

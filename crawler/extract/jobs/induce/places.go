package induce

import (
	"strings"
	"unicode/utf8"

	"dealvitals/crawler/extract/dates"
	"dealvitals/crawler/extract/jobs/words"
	"dealvitals/signals"
)

// guessPlace takes a leaf without a label for the place: by its class, else by its words.
func (v *view) guessPlace(text string, element int32) string {
	if len(text) > 90 {
		return ""
	}
	e := &v.o.Elements[element]
	said := e.Class
	if e.Parent >= 0 && v.o.Elements[e.Parent].Last-v.o.Elements[e.Parent].First <= 3 {
		said |= v.o.Elements[e.Parent].Class
	}
	if said&sayPlace != 0 && !numeric(text) && !words.Salary(text) && !words.Action(text) {
		return barePlace(text)
	}
	if words.Place(text) {
		v.spots[v.spotOf(element, 0)]++
		return barePlace(text)
	}
	for i, piece := range words.Pieces(text) {
		if words.Place(piece) {
			v.spots[v.spotOf(element, i)]++
			return piece
		}
	}
	return ""
}

// spot is where in a record a place stands: how the element stands, which of its kind it is,
// and which piece of its text.
type spot struct {
	key   uint64
	nth   int16
	piece int
}

func (v *view) spotOf(element int32, piece int) spot {
	e := &v.o.Elements[element]
	return spot{e.Key, e.Nth, piece}
}

// usualSpot is where most records of the page name a place that is known as one: at least
// two, and half of those without a label for it.
func (v *view) usualSpot(records int) (spot, bool) {
	best, most := spot{}, 0
	for s, n := range v.spots {
		if n > most || n == most && (s.nth < best.nth || s.nth == best.nth && s.piece < best.piece) {
			best, most = s, n
		}
	}
	return best, most >= 2 && most*2 >= records
}

// placeAt is what a record names where the others name their place, "" where that is
// something else: no list of cities holds them all.
func (v *view) placeAt(r *rec, at spot) string {
	for l := r.from; l < r.to; l++ {
		leaf := &v.o.Leaves[l]
		if l == r.title || v.spotOf(leaf.Element, at.piece) != at {
			continue
		}
		text := placeOnly(leaf.Text)
		if at.piece > 0 {
			pieces := words.Pieces(leaf.Text)
			if at.piece >= len(pieces) {
				return ""
			}
			text = pieces[at.piece]
		}
		text = strings.Trim(text, besidePlace)
		if _, dated := dates.ParseIn(text, v.d.At, v.order); dated || len(text) > 60 || words.Fact(text) || words.Salary(text) || words.Action(text) || words.LabelOf(text) != words.NoLabel || numeric(text) || words.LooksTitle(text) != words.NotTitle || words.Team(text) {
			return ""
		}
		return text
	}
	return ""
}

// completePlaces gives the postings without a place what stands where the others have theirs.
func (v *view) completePlaces(recs []rec, all []signals.Posting) {
	at, ok := v.usualSpot(len(recs))
	if !ok || len(recs) != len(all) {
		return
	}
	for i := range all {
		if all[i].Place == "" {
			all[i].Place = v.placeAt(&recs[i], at)
		}
	}
}

// farAbove is how many texts above a record its group's heading may stand.
const farAbove = 300

// placeAbove is the place that the heading of a record's group names: jobs are listed city by
// city. The nearest heading that is no job's title decides.
func (v *view) placeAbove(from int32, titles map[int32]bool) string {
	for l := from - 1; l >= 0 && l > from-farAbove; l-- {
		if e := &v.o.Elements[v.o.Leaves[l].Element]; e.Level == 0 || titles[l] || e.Region&outside != 0 {
			continue
		}
		if text := v.o.Leaves[l].Text; words.Place(text) {
			return barePlace(text)
		}
		return ""
	}
	return ""
}

// parting tells the signs between the facts of a line.
func parting(r rune) bool {
	return r == '/' || r == '|' || r == '·' || r == '｜' || r == '•' || r == '丨'
}

// besidePlace are the signs that stand around a place.
const besidePlace = " []【】·•|｜丨-"

// barePlace is a place without what stands around and behind it: (苏州), Berlin, full-time.
func barePlace(text string) string {
	text = strings.Trim(placeOnly(text), besidePlace)
	for _, p := range [][2]string{{"(", ")"}, {"（", "）"}} {
		inner, opens := strings.CutPrefix(text, p[0])
		if inner, closes := strings.CutSuffix(inner, p[1]); opens && closes && !strings.Contains(inner, p[0]) {
			text = inner
		}
	}
	for {
		i := strings.LastIndex(text, ", ")
		if i <= 0 || !words.Fact(text[i+2:]) || words.Place(text[i+2:]) {
			return text
		}
		text = text[:i]
	}
}

// placeOnly is a place without the facts that stand behind it in the same text: 東京都渋谷区 /
// 正社員 / 年収500万円.
func placeOnly(value string) string {
	for i := 0; i < len(value); {
		n := strings.IndexFunc(value[i:], parting)
		if n < 0 {
			return value
		}
		at := i + n
		_, size := utf8.DecodeRuneInString(value[at:])
		rest := strings.TrimSpace(value[at+size:])
		if end := strings.IndexFunc(rest, parting); end >= 0 {
			rest = strings.TrimSpace(rest[:end])
		}
		if at > 0 && (words.Fact(rest) && !words.Place(rest) || words.Salary(rest)) {
			return strings.TrimSpace(value[:at])
		}
		i = at + size
	}
	return value
}

package signals

import (
	"slices"
	"strings"

	"dealvitals/signals/fold"
)

// Relevance is how much a notice has to do with what a deal sells.
type Relevance struct {
	Related bool
	Score   float64  // 0–1: the weight of the best place where a keyword stands; 1 where the deal has no keywords
	Words   []string // keywords that stand in the notice, as the deal has them
	// Excluded is the exclusion that holds the notice unrelated, "" if none does.
	Excluded string
}

// Where a keyword stands weighs differently: a title says what is bought, a summary also
// names what is around it.
const (
	weightTitle    = 1.0
	weightLot      = 0.9
	weightCategory = 0.8
	weightSummary  = 0.5
)

// Relate tells whether a notice has to do with what a deal sells, by its keywords. A
// keyword may hold alternatives, "UPS|不间断电源", and one that begins with "-" excludes:
// "-维修" drops each notice whose title, lots or categories say 维修. A deal without
// keywords is related to every notice.
func Relate(n Notice, keywords []string) Relevance {
	wanted, unwanted := readKeywords(keywords)
	places := placesOf(n)
	for _, k := range unwanted {
		if weight, _ := places.find(k); weight > weightSummary {
			return Relevance{Excluded: k.written}
		}
	}
	if len(wanted) == 0 {
		return Relevance{Related: true, Score: 1}
	}
	var r Relevance
	for _, k := range wanted {
		weight, found := places.find(k)
		if !found {
			continue
		}
		r.Words = append(r.Words, k.written)
		r.Score = max(r.Score, weight)
	}
	r.Related = len(r.Words) > 0
	slices.Sort(r.Words)
	r.Words = slices.Compact(r.Words)
	return r
}

// soughtWord is one keyword of a deal, folded.
type soughtWord struct {
	written      string
	alternatives [][]rune
}

func readKeywords(keywords []string) (wanted, unwanted []soughtWord) {
	for _, written := range keywords {
		written = strings.TrimSpace(written)
		bare, excludes := cutMinus(written)
		k := soughtWord{written: written}
		for _, alternative := range strings.FieldsFunc(bare, func(r rune) bool { return r == '|' || r == '｜' }) {
			if letters := fold.Of(alternative).Letters; len(letters) > 0 {
				k.alternatives = append(k.alternatives, letters)
			}
		}
		switch {
		case len(k.alternatives) == 0:
		case excludes:
			unwanted = append(unwanted, k)
		default:
			wanted = append(wanted, k)
		}
	}
	return wanted, unwanted
}

// WantedWords are the words of keywords by which a notice may be related to a deal: each
// alternative, without exclusions.
func WantedWords(keywords []string) []string {
	var words []string
	wanted, _ := readKeywords(keywords)
	for _, k := range wanted {
		for _, letters := range k.alternatives {
			words = append(words, string(letters))
		}
	}
	return words
}

// cutMinus takes the sign of an exclusion off, half or full width.
func cutMinus(written string) (string, bool) {
	for _, minus := range []string{"-", "－", "−"} {
		if rest, found := strings.CutPrefix(written, minus); found {
			return rest, true
		}
	}
	return written, false
}

// noticePlaces are the parts of a notice in which keywords are looked for, heaviest first.
type noticePlaces []noticePlace

type noticePlace struct {
	text   fold.Text
	weight float64
}

func placesOf(n Notice) noticePlaces {
	places := noticePlaces{{fold.Of(n.Title), weightTitle}}
	for _, lot := range n.Lots {
		places = append(places, noticePlace{fold.Of(lot), weightLot})
	}
	for _, category := range n.Categories {
		places = append(places, noticePlace{fold.Of(category), weightCategory})
	}
	return append(places, noticePlace{fold.Of(n.Summary), weightSummary})
}

// find is the weight of the heaviest place that holds one of a keyword's alternatives.
func (p noticePlaces) find(k soughtWord) (float64, bool) {
	for _, place := range p {
		for _, letters := range k.alternatives {
			if holdsWord(place.text, letters) {
				return place.weight, true
			}
		}
	}
	return 0, false
}

// holdsWord tells whether a word stands in a text. Words do not run across punctuation,
// and Latin ones and figures stand alone: AI is not in MAIN, nor 5G in 15G.
func holdsWord(text fold.Text, word []rune) bool {
	for i := 0; i+len(word) <= len(text.Letters); i++ {
		if slices.Equal(text.Letters[i:i+len(word)], word) && standsAlone(text, i, i+len(word)) {
			return true
		}
	}
	return false
}

func standsAlone(text fold.Text, start, end int) bool {
	for i := start + 1; i < end; i++ {
		if text.Gaps[i]&(fold.Mark|fold.Colon|fold.Open|fold.Close) != 0 {
			return false
		}
	}
	return !sameScript(text, start) && !sameScript(text, end)
}

// sameScript tells whether the letters on both sides of a gap are of one Latin word or
// number.
func sameScript(text fold.Text, at int) bool {
	if at == 0 || at == len(text.Letters) || text.Gaps[at] != 0 {
		return false
	}
	return latin(text.Letters[at-1]) && latin(text.Letters[at])
}

func latin(r rune) bool { return r < fold.FirstIdeograph }

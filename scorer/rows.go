package scorer

import "time"

// shows tells whether the newest evaluations show the pattern as often in a row as the
// policy asks. An evaluation without an answer ends the row.
func shows(recent []Evaluation, p Policy) bool {
	row := 0
	for i := len(recent) - 1; i >= 0 && readingOf(recent[i]) == pattern; i-- {
		row++
	}
	return row >= p.Freeze.Confirmations
}

// gone tells whether the pattern was gone for as many evaluations on ok data as the policy
// asks, the present one among them. Evaluations without an answer change nothing: they are
// passed over.
func gone(recent []Evaluation, p Policy) bool {
	if readingOf(recent[len(recent)-1]) != without {
		return false
	}
	row := 0
	for i := len(recent) - 1; i >= 0 && readingOf(recent[i]) != pattern; i-- {
		if readingOf(recent[i]) == without {
			row++
		}
	}
	return row >= p.Freeze.ReleaseAfter
}

// begunAgain tells whether the pattern has ended and begun again since a decision. It has
// ended when it would have been released, and begun when it would have been frozen.
func begunAgain(d Decision, recent []Evaluation, p Policy) bool {
	ended, away, row := false, 0, 0
	for _, e := range recent {
		if !e.AsOf.After(d.At) {
			continue
		}
		switch readingOf(e) {
		case unclear:
			row = 0
		case without:
			row = 0
			away++
			ended = ended || away >= p.Freeze.ReleaseAfter
		case pattern:
			away = 0
			row++
		}
	}
	return ended && row >= p.Freeze.Confirmations
}

// distinct leaves one evaluation an instant, the one recorded last, and none that is later
// than as-of.
func distinct(recent []Evaluation, asOf time.Time) []Evaluation {
	kept := make([]Evaluation, 0, len(recent))
	for _, e := range recent {
		switch n := len(kept); {
		case e.AsOf.After(asOf):
		case n > 0 && kept[n-1].AsOf.Equal(e.AsOf):
			kept[n-1] = e
		default:
			kept = append(kept, e)
		}
	}
	return kept
}

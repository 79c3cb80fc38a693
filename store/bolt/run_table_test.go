package bolt

import (
	"reflect"
	"testing"
	"time"

	"dealvitals/signals"
)

// Summaries of earlier forms are read as they were meant.
func TestSummariesOfEarlierFormsAreRead(t *testing.T) {
	at := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	day := signals.Date{Year: 2026, Month: 11, Day: 20}
	unread := &signals.Unread{Notices: 3, Doubtful: 2, NewestDoubtful: &day}
	whole := signals.Run{ID: "r", StartedAt: at, FinishedAt: at.Add(time.Minute), Outcome: signals.OutcomeOK, Complete: true, Items: 7, List: "abc", Extractor: "css", Reaches: &day, Unread: unread}
	for form, forget := range map[byte]func(*signals.RunSummary){
		summaryForm1: func(s *signals.RunSummary) { s.List, s.Extractor, s.Reaches = "", "", nil },
		summaryForm2: func(s *signals.RunSummary) { s.Reaches = nil },
		summaryForm:  func(*signals.RunSummary) {},
	} {
		_, want, err := decodeSummary(encodeSummary(5, whole))
		if err != nil {
			t.Fatal(err)
		}
		forget(&want)
		known, got, err := decodeSummary(inForm(form, whole))
		if err != nil || known != 5 || !reflect.DeepEqual(got, want) {
			t.Errorf("form %d: %+v (%v), want %+v", form, got, err, want)
		}
	}
	if _, _, err := decodeSummary([]byte{summaryForm + 1, 0}); err == nil {
		t.Error("a form of tomorrow is read")
	}
}

// inForm writes a summary as an earlier version of the program did.
func inForm(form byte, run signals.Run) []byte {
	out := make(encoder, 0, 64)
	out.byte(form)
	out.int(5)
	out.text(run.ID)
	out.time(run.StartedAt)
	out.time(run.FinishedAt)
	out.text(string(run.Outcome))
	out.flags(run.Complete, run.Drifted, run.AllDated, run.Stated)
	out.uint(uint64(run.Items))
	if form >= summaryForm2 {
		out.text(run.List)
		out.text(run.Extractor)
	}
	if form >= summaryForm {
		out.day(run.Reaches)
	}
	out.unread(run.Unread)
	return out
}

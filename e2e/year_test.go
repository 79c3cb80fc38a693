package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"dealvitals/api/desk"
	"dealvitals/scorer"
	"dealvitals/signals"
)

// yearStory is a freeze that the year calls for, in weeks: not before the customer, or the
// talk, is as it says, and as soon as the rules give.
type yearStory struct {
	pattern        scorer.Diagnosis
	from, by       int // frozen
	freeFrom, free int // released: two scorings without the pattern may be of one week, or of two
}

var yearStories = map[string]yearStory{
	// The last talk is on the Friday before silentFrom; a month later nothing of it is left.
	"D1B": {scorer.ColdRelationship, silentFrom + 2, silentFrom + 5, silentTo + 1, silentTo + 2},
	// The last purchase is of week 25; 90 days later it does not count any more. The next is of week 43.
	"D2A": {scorer.TalkWithoutPurchase, 38, 38, 43, 44},
	"D2B": {scorer.TalkWithoutPurchase, 38, 38, yearRelease, yearRelease}, // by a person
	// The last jobs opened in frozenFrom; a month later none of them is new.
	"D3A": {scorer.ShrinkingBuyer, frozenFrom + 3, frozenFrom + 5, frozenTo, frozenTo + 1},
}

const (
	yearRelease = 40 // when somebody has looked at D2B
	yearWeeks   = 53
)

// yearTroubles are the weeks in which a site tells less than is true, and the factors that
// it feeds. Its customers do well in all of them.
var yearTroubles = []struct {
	site     string
	from, to int
	outcome  signals.Outcome // of the newest run; "" where the site looks well
	factor   signals.Factor
	deals    []string
}{
	{"glass", outageFrom, outageTo, signals.OutcomeUnreachable, signals.FactorHiring, []string{"D1A", "D1B"}},
	{"tenders2", outageFrom, outageTo, signals.OutcomeUnreachable, signals.FactorTender, []string{"D1A", "D1B", "D5A", "D5B"}},
	{"tenders1", blockFrom, blockTo, signals.OutcomeBlocked, signals.FactorTender, []string{"D2A", "D2B", "D3A", "D3B", "D4A", "D4B"}},
	{"instruments", redesignFrom, redesignTo, signals.OutcomeScriptShell, signals.FactorHiring, []string{"D2A", "D2B"}},
	{"instruments", redesignTo, redesignTo + 5, "", signals.FactorHiring, []string{"D2A", "D2B"}}, // the other page
	{"glass", partFrom, partTo, "", signals.FactorHiring, []string{"D1A", "D1B"}},
	{"tenders1", boxFrom, boxTo, "", signals.FactorTender, []string{"D2A", "D2B", "D3A", "D3B", "D4A", "D4B"}},
	{"tenders1", quietFrom, quietTo + 1, "", signals.FactorTender, []string{"D2A", "D2B", "D3A", "D3B", "D4A", "D4B"}},
}

// yearAnswer is what was said of a deal in a week, as bytes.
type yearAnswer struct {
	asOf                    time.Time
	health, why, commission []byte
}

// TestAYear lives through twelve months with six customers, twelve deals, three hiring pages
// and two tender sites that change as real ones do: each week the program's scheduler crawls
// all of them, and scoring follows.
func TestAYear(t *testing.T) {
	t.Parallel()
	sites := newYearSites(t)
	y := newYearOffice(t, sites)
	y.pull()
	var said []map[string]yearAnswer
	locked := make(map[string][]byte)
	for w := range yearWeeks {
		y.now = yearBegins.AddDate(0, 0, 7*w-3)
		y.pull()
		y.now = y.now.AddDate(0, 0, 3)
		y.pull()
		sites.week = w
		y.crawl()
		if w == yearRelease {
			y.release("D2B")
			y.checkRecheck(2) // D2A and D3A
		}
		y.checkTroubles(w)
		said = append(said, y.answers(y.clock()))
		y.checkStates(w, said[w])
		if period := y.now.AddDate(0, 0, -7); w > 0 && period.Month() != y.now.Month() {
			locked[period.Format("2006-01")] = y.lock(period.Format("2006-01"))
		}
	}
	for deal, story := range yearStories {
		y.checkStory(deal, story)
	}
	for w, then := range said {
		y.same(fmt.Sprintf("week %d", w), then, y.answers(then["D1A"].asOf))
	}
	if len(locked) != 12 {
		t.Errorf("%d months were locked", len(locked))
	}
	for period, then := range locked {
		if now := y.period(period); !bytes.Equal(then, now) {
			t.Errorf("the locked period %s is answered otherwise:\nthen %s\nnow  %s", period, then, now)
		}
	}
	y.close()
	y.askTheProgram(said)
}

// release is what a person decides who looked at a deal.
func (y *yearOffice) release(deal string) {
	y.Helper()
	decisions, err := y.db.Verdicts.Decisions(y.Context(), deal, time.Time{})
	y.must(err)
	_, err = y.desk.Decide(y.Context(), deal, scorer.Request{Action: scorer.ActionRelease, Reason: "framework_contract", Note: "buys through its parent"}, desk.NewestSeq(decisions), "anna")
	y.must(err)
}

// answers are what the program says of every deal as of an instant.
func (y *yearOffice) answers(asOf time.Time) map[string]yearAnswer {
	y.Helper()
	all := make(map[string]yearAnswer)
	checked, err := y.desk.Check(y.Context(), yearDeals, asOf)
	y.must(err)
	for i, deal := range yearDeals {
		j, err := y.desk.Judge(y.Context(), deal, asOf)
		y.must(err)
		all[deal] = yearAnswer{asOf, encode(y.T, j.Health), encode(y.T, j.Explain("zh")), encode(y.T, checked.Answers[i])}
	}
	return all
}

// checkStates holds the states of a week against the stories, and all answers against each
// other: whatever no story freezes is never held.
func (y *yearOffice) checkStates(w int, said map[string]yearAnswer) {
	y.Helper()
	for _, deal := range yearDeals {
		h, c := decode[scorer.Health](y.T, said[deal].health), decode[desk.FreezeAnswer](y.T, said[deal].commission)
		frozen := h.Freeze.State == scorer.FreezeFrozen
		if frozen != (c.State == desk.CheckFrozen) || frozen != (c.Pay == desk.Hold) || h.Freeze.DecisionID != c.DecisionID {
			y.Errorf("week %d, %s: health says %+v, the commission check %+v", w, deal, h.Freeze, c)
		}
		story, told := yearStories[deal]
		switch {
		case frozen && (!told || w < story.from || w >= story.free):
			y.Errorf("week %d: %s is frozen: %s", w, deal, said[deal].why)
		case !frozen && told && w >= story.by && w < story.freeFrom:
			y.Errorf("week %d: %s is not frozen: %s", w, deal, said[deal].why)
		}
	}
}

// checkTroubles tells whether a trouble of a site is seen, and made nothing low.
func (y *yearOffice) checkTroubles(w int) {
	y.Helper()
	for _, trouble := range yearTroubles {
		if !during(w, trouble.from, trouble.to) {
			continue
		}
		runs, err := y.db.Runs.List(y.Context(), trouble.site, "", 1)
		y.must(err)
		if got := runs[0].Outcome; trouble.outcome != "" && got != trouble.outcome || trouble.outcome == "" && got != signals.OutcomeOK {
			y.Errorf("week %d: the run of %s ended as %s", w, trouble.site, got)
		}
		for _, deal := range trouble.deals {
			j, err := y.desk.Judge(y.Context(), deal, y.clock())
			y.must(err)
			if f := j.Assessment.Evaluation.Factors.Of(trouble.factor); f.Band != nil && *f.Band == scorer.BandLow {
				y.Errorf("week %d: while %s is in trouble the %s of %s is low: %+v", w, trouble.site, trouble.factor, deal, f)
			}
		}
	}
}

// checkStory looks at what was decided on a deal, and whether it is told down to the pages.
func (y *yearOffice) checkStory(deal string, story yearStory) {
	y.Helper()
	decisions, err := y.db.Verdicts.Decisions(y.Context(), deal, time.Time{})
	y.must(err)
	if len(decisions) != 2 || decisions[0].Action != scorer.ActionFreeze || decisions[1].Action != scorer.ActionRelease {
		y.Fatalf("the decisions on %s: %+v", deal, decisions)
	}
	freeze, release := decisions[0], decisions[1]
	if freeze.Diagnosis != story.pattern {
		y.Errorf("%s was frozen as %s", deal, freeze.Diagnosis)
	}
	weekOf := func(at time.Time) int { return int(at.Sub(yearBegins) / week) }
	if w := weekOf(freeze.At); w < story.from || w > story.by {
		y.Errorf("%s was frozen in week %d, not %d to %d", deal, w, story.from, story.by)
	}
	if w := weekOf(release.At); w < story.freeFrom || w > story.free {
		y.Errorf("%s was released in week %d, not %d to %d", deal, w, story.freeFrom, story.free)
	}
	y.checkPages(freeze)
}

// checkPages opens every captured page behind a freeze, and finds there what was counted.
func (y *yearOffice) checkPages(freeze scorer.Decision) {
	y.Helper()
	j, err := y.desk.Judge(y.Context(), freeze.DealID, *freeze.EvaluatedAt)
	y.must(err)
	shown := 0
	for _, f := range j.Explain("zh").Factors {
		for _, s := range f.Signals {
			if !s.Counted || s.Evidence == "" {
				continue
			}
			shown++
			if !slices.Contains(freeze.Evidence, s.Evidence) {
				y.Errorf("the freeze of %s does not name the page of %q", freeze.DealID, s.Title)
			}
			if page := y.page(s.Evidence); !bytes.Contains(page, []byte(s.Title)) {
				y.Errorf("%q is not on its captured page: %.300s", s.Title, page)
			}
		}
	}
	if shown < 3 { // D3A: no job is new, and no message has a page
		y.Errorf("only %d signals lead from the freeze of %s to a page", shown, freeze.DealID)
	}
}

// checkRecheck scores again what is held: the same program decides the same.
func (y *yearOffice) checkRecheck(held int) {
	y.Helper()
	r, err := y.desk.Recheck(y.Context(), "zh")
	y.must(err)
	if r.Held != held || r.Same != held || len(r.Changed) != 0 {
		y.Errorf("%d are held, %d of them the same: %+v", r.Held, r.Same, r.Changed)
	}
}

// lock locks a commission period, which has to hold what a check says as of its end.
func (y *yearOffice) lock(period string) []byte {
	y.Helper()
	p, err := y.desk.LockPeriod(y.Context(), period, desk.PeriodLocking{}, "anna")
	y.must(err)
	checked, err := y.desk.Check(y.Context(), yearDeals, *p.CutOff)
	y.must(err)
	lines, err := y.desk.CheckPeriod(y.Context(), yearDeals, period)
	y.must(err)
	for i, c := range checked.Answers {
		if l := lines.Answers[i]; l.State != c.State || l.Pay != c.Pay || l.DecisionID != c.DecisionID || !l.Locked {
			y.Errorf("period %s says %+v, the check as of its end %+v", period, l, c)
		}
	}
	return y.period(period)
}

func (y *yearOffice) period(period string) []byte {
	y.Helper()
	lines, err := y.desk.CheckPeriod(y.Context(), yearDeals, period)
	y.must(err)
	return encode(y.T, lines)
}

// same compares the answers for a past instant with those of then.
func (y *yearOffice) same(when string, then, now map[string]yearAnswer) {
	y.Helper()
	for _, deal := range yearDeals {
		a, b := then[deal], now[deal]
		if !bytes.Equal(a.health, b.health) || !bytes.Equal(a.why, b.why) || !bytes.Equal(a.commission, b.commission) {
			y.Errorf("%s, %s is answered otherwise:\nthen %s %s\nnow  %s %s", when, deal, a.health, a.commission, b.health, b.commission)
		}
	}
}

// askTheProgram asks the program itself, started anew on the year's store.
func (y *yearOffice) askTheProgram(said []map[string]yearAnswer) {
	y.Helper()
	output(y.T, y.folder, "verify", "--db", "year.db")
	for _, w := range []int{outageFrom, blockFrom, redesignFrom, yearRelease, yearWeeks - 1} {
		var want bytes.Buffer
		e := json.NewEncoder(&want)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		healths := make([]json.RawMessage, len(yearDeals))
		for i, deal := range yearDeals {
			healths[i] = said[w][deal].health
		}
		y.must(e.Encode(map[string]any{"deals": healths}))
		got := output(y.T, y.folder, "score", "--as-of", said[w]["D1A"].asOf.Format(time.RFC3339Nano), "--format", "json", "--db", "year.db")
		if !bytes.Equal(got, want.Bytes()) {
			y.Errorf("week %d: the program says\n%s\nand said then\n%s", w, got, want.Bytes())
		}
	}
}

package crawler

import (
	"fmt"

	"dealvitals/crawler/extract"
	"dealvitals/signals"
)

// The values of Run.Truncated.
const (
	truncatedPages   = "page_limit" // the list has more pages than a run may read
	truncatedLoop    = "loop"       // its pages lead back to what was read
	truncatedCap     = "cap"        // the site shows fewer records than it says it has
	truncatedTime    = "time_limit" // the run took as long as it may: for any run, or until quiet hours begin
	truncatedOnePage = "one_page"   // the only page is full, and nobody knows whether there are more
	truncatedMore    = "more"       // a control loads the rest of the list, whose address nobody knows
	truncatedGap     = "gap"        // where an unfinished walk was to go on, the list shows what was never read
	truncatedSilent  = "silent"     // the list has nothing of the days that count
	truncatedFeed    = "feed"       // a feed shows only what is newest, and does not reach back over the window
)

func (w *walk) outOfTime(problem string) {
	w.ended = false
	w.truncated, w.result.Run.Truncated = truncatedTime, truncatedTime
	w.explain(problem)
}

// explain adds to what is said of the run; the first thing said stands first.
func (w *walk) explain(problem string) {
	switch run := &w.result.Run; {
	case problem == "":
	case run.Problem == "":
		run.Problem = problem
	default:
		run.Problem += "; " + problem
	}
}

// finish fills in what the run came to.
func (w *walk) finish() Result {
	run := &w.result.Run
	run.FinishedAt = w.c.clock()
	run.Items = w.addedCount()
	run.AllDated = w.dated && run.Items > 0 && w.tender == nil
	run.Outcome = w.outcome()
	if w.searching == nil {
		run.Complete = w.settle()
		run.Stated = run.Complete && run.Items > 0 && w.total != nil && w.records >= *w.total
		run.OnePage = w.onePage()
	} else {
		run.Complete = w.searching.all && run.Outcome.Measurement()
		w.explainSearches()
	}
	if w.tender != nil {
		w.keepUnread()
	}
	w.result.Postings = w.packed.all()
	return w.result
}

// settle judges the list that was walked last, and tells whether it is whole.
func (w *walk) settle() bool {
	if w.ended && w.capped() {
		w.ended = false
		w.truncated = truncatedCap
		w.explain(fmt.Sprintf("the site says that there are %d, but shows %d", *w.total, len(w.seen)))
	}
	if w.ended && w.tender != nil {
		w.judgeReach()
	}
	complete := w.ended && w.measured && w.recognised()
	if run := &w.result.Run; run.Truncated == "" {
		run.Truncated = w.truncated
	}
	switch w.truncated {
	case truncatedPages:
		w.explain(fmt.Sprintf("the list goes on behind page %d, the last that may be read", w.maxPages()))
	case truncatedGap:
		w.explain("the list has changed where an earlier run had stopped: the next run reads it from its beginning")
	case truncatedLoop:
		w.explain("its pages lead back to what was read already")
	}
	if w.tender != nil {
		w.keepBackfill(complete)
		if w.searching == nil {
			w.keepOrder(complete)
		}
	}
	return complete
}

// onePage tells a list of jobs that was read whole from one page, which says nothing of how
// long the list is.
func (w *walk) onePage() bool {
	run := &w.result.Run
	return w.tender == nil && run.Complete && run.Items > 0 && w.total == nil && len(w.pages) == 1 && !extract.AnswersWhole(run.Extractor)
}

// recognised tells whether the list that was walked last showed records, or said that it
// has none.
func (w *walk) recognised() bool {
	pages := w.result.Run.Pages
	return len(w.seen) > 0 || len(pages) > 0 && pages[len(pages)-1].Outcome == signals.OutcomeEmpty
}

// outcome is the first list page's that is no measurement, else ok, or empty where the
// list said so.
func (w *walk) outcome() signals.Outcome {
	pages := w.result.Run.Pages
	for _, p := range pages {
		if !p.Outcome.Measurement() {
			w.explain(p.Problem)
			return p.Outcome
		}
	}
	switch {
	case w.addedCount() > 0:
		return signals.OutcomeOK
	case len(pages) == 0 && w.searching != nil && len(w.searching.list) == 0:
		return signals.OutcomeEmpty
	case len(pages) == 0:
		return signals.OutcomeUnreachable // the time was over before the first page came
	case pages[len(pages)-1].Outcome == signals.OutcomeEmpty:
		return signals.OutcomeEmpty
	}
	w.explain("no list was recognised on it, nor on the system that it embeds")
	return signals.OutcomeNotRelevant
}

// capped tells whether the site says of more records than it showed.
func (w *walk) capped() bool {
	return w.total != nil && w.records < *w.total && (w.tender == nil || !w.tender.stopped() && !w.tender.walked.met)
}

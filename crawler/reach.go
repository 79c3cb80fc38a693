package crawler

import "fmt"

// fullPage is how many notices on the only page of a list make it look like the first of
// several: pages of lists hold ten or more.
const fullPage = 10

// judgeReach takes a list that does not reach back over the window for what it may be: a
// part. A feed shows only what is newest; so does a page that is full, states no total, and
// whose next page nobody recognised. What they do not show must not be counted as nothing.
func (w *walk) judgeReach() {
	if newest := w.tender.newest; w.searching == nil && !w.tender.undated && !newest.IsZero() && newest.Before(w.tender.horizon) {
		w.ended = false
		w.truncated = truncatedSilent
		w.explain(fmt.Sprintf("the newest notice is of %s: a list that shows nothing of the last %d days may be out of use, or begin with what is oldest", newest, horizonDays))
		return
	}
	if w.tender.stopped {
		return
	}
	onlyPage := len(w.pages) == 1 && w.total == nil && len(w.seen) >= fullPage
	if !w.tender.feed && !onlyPage || w.tender.oldest != nil && w.tender.oldest.Before(w.tender.horizon) {
		return
	}
	w.ended = false
	since := "an unknown day"
	if w.tender.oldest != nil {
		since = w.tender.oldest.String()
	}
	if w.tender.feed {
		w.truncated = truncatedFeed
		w.explain(fmt.Sprintf("the feed reaches back to %s only, not over the %d days that count: make the site's list a target instead", since, horizonDays))
		return
	}
	w.truncated = truncatedOnePage
	w.explain(fmt.Sprintf("the list reaches back to %s only, not over the %d days that count, and no next page was recognised: give its address with {page} in it, or its interface", since, horizonDays))
}

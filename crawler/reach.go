package crawler

import "fmt"

// fullPage is how many notices on the only page of a list make it look like the first of
// several: pages of lists hold ten or more.
const fullPage = 10

// judgeReach takes a list that does not reach back over the window for what it may be: a
// part. A feed shows only what is newest; so does a page that is full, states no total, and
// whose next page nobody recognised. What they do not show must not be counted as nothing.
func (w *walk) judgeReach() {
	if w.searching == nil && w.silent() {
		w.ended = false
		w.truncated = truncatedSilent
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

// silent tells whether a list shows nothing of the days that count, and explains it. That of
// a site that serves many buyers is not empty by itself: one that says so fails, or filters
// by something.
func (w *walk) silent() bool {
	newest := w.tender.newest
	switch {
	case len(w.seen) == 0:
		w.explain("the site says that it has no notices: a list that shows nothing may be out of use, or filter by something")
	case !w.tender.undated && newest.Before(w.tender.horizon):
		w.explain(fmt.Sprintf("the newest notice is of %s: a list that shows nothing of the last %d days may be out of use, or begin with what is oldest", newest, horizonDays))
	default:
		return false
	}
	return true
}

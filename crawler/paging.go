package crawler

import (
	"slices"

	"dealvitals/crawler/extract"
)

// after is the next list page, nil where the list ends. It notes how it ended.
func (w *walk) after(this extract.Request, v *visit) *extract.Request {
	if w.tender != nil && w.tender.stopped {
		w.ended = true
		return nil
	}
	if w.tender != nil && w.tender.walked.gap {
		w.result.Run.Truncated = truncatedGap
		return nil
	}
	if w.tender != nil && w.tender.meets {
		w.tender.meets = false
		if next := w.goOn(); next != nil {
			return next
		}
	}
	if v.instead {
		return v.next
	}
	if w.pages[len(w.pages)-1].again {
		w.endOfCircle()
		return nil
	}
	if v.next == nil || requestKey(*v.next) == requestKey(this) {
		w.ended = true // a last page whose next link leads to itself is common
		return nil
	}
	if w.requests[requestKey(*v.next)] {
		w.endOfCircle()
		return nil
	}
	return v.next
}

// endOfCircle judges a list whose pages lead back to what was read. It is whole when all
// records that the site states were seen, or when only its last page came again, as sites
// answer a number beyond the last: then its other pages were different ones. A site that
// shows the first page under every number did not show its list.
func (w *walk) endOfCircle() {
	if w.total != nil && len(w.seen) >= *w.total {
		w.ended = true
		return
	}
	n := len(w.pages)
	if n >= 3 && slices.Equal(w.pages[n-1].ids, w.pages[n-2].ids) {
		w.ended = true
		return
	}
	w.result.Run.Truncated = truncatedLoop
}

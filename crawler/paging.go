package crawler

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"dealvitals/crawler/extract"
	"dealvitals/crawler/extract/paging"
)

// after is the next list page, nil where the list ends. It notes how it ended.
func (w *walk) after(this extract.Request, v *visit) *extract.Request {
	if w.tender != nil && w.tender.stopped() {
		w.ended = true
		return nil
	}
	if w.tender != nil && w.tender.walked.gap {
		w.truncated = truncatedGap
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
	if rest := v.restBehind(len(w.pages) == 1); v.next == nil && rest != "" {
		w.truncated = truncatedMore
		w.explain(fmt.Sprintf("it goes on behind %q, and no address of the rest was recognised: make the address that the scripts load the list from the target, or give the page's with {page} in it", rest))
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

// restBehind is what a page says by which the list goes on. Of several pages in a row, the
// last has a pager like the first.
func (v *visit) restBehind(only bool) string {
	if v.state.More == "" && only {
		return v.state.Pager
	}
	return v.state.More
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
	w.truncated = truncatedLoop
}

// nextOf is the next page as the answer tells, else as the request does: by a number that
// the target names, or by one in its body. goesOn tells that the answer says that there is
// more, though not how much.
func (w *walk) nextOf(r extract.Request, v *visit, goesOn bool) *extract.Request {
	switch {
	case v.next != nil:
		return likeThis(r, *v.next)
	case v.page.Items == 0 || w.instead || v.total != nil && w.recordsBefore()+v.page.Items >= *v.total:
		return nil
	case paged(w.target.URL, w.target.Reading):
		next := nthRequest(w.target.URL, w.target.Reading, w.pagesBefore()+2, w.recordsBefore()+v.page.Items)
		return &next
	case r.Body == "":
		return nil
	}
	total := v.total
	if total == nil && goesOn {
		most := math.MaxInt
		total = &most
	}
	return paging.NextByBody(r, v.page.Items, total)
}

// likeThis is a next page of which only the address was told, asked for as this one was:
// the interface at an address takes the same body for each page.
func likeThis(r, next extract.Request) *extract.Request {
	here, _, _ := strings.Cut(r.URL, "?")
	there, _, _ := strings.Cut(next.URL, "?")
	if r.Body != "" && next.Body == "" && next.Method == "" && here == there {
		next.Method, next.Body, next.ContentType = r.Method, r.Body, r.ContentType
	}
	return &next
}

// pagesBefore and recordsBefore are what stands before this page, read by this run or by
// earlier ones that it goes on with.
func (w *walk) pagesBefore() int {
	if w.tender == nil {
		return len(w.pages)
	}
	return len(w.pages) + w.tender.walked.skipPage
}

func (w *walk) recordsBefore() int {
	if w.tender == nil {
		return w.records
	}
	return w.records + w.tender.walked.skipRecs
}

package crawler

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"dealvitals/crawler/extract"
	"dealvitals/signals"
	"dealvitals/signals/match"
)

// maxRefusals is how many detail pages in a row may be refused before a run asks for no
// more: a site that keeps programs out, or is down, is not asked two hundred times.
const maxRefusals = 5

// detailWork is what a run knows of the pages of their own that notices have.
type detailWork struct {
	todo     []signals.UnreadDetail // found on the list, or left behind by earlier runs
	place    map[string]int         // in todo, by notice, until it is sorted
	listed   map[string]int         // place in result.Notices of a notice found on the list
	sought   map[string]bool        // notices whose titles name a customer, or what is sold
	done     map[string]bool        // notices whose pages were read, or do not matter any more
	asked    int
	left     int // not asked for in this run
	gone     int // not asked for any more
	pageless int // of which the list shows no address
	refusals int // in a row
	failed   int
	failure  string // the first
	pages    []signals.RunPage
}

func newDetailWork(unread []signals.UnreadDetail) detailWork {
	work := detailWork{todo: unread, place: make(map[string]int), listed: make(map[string]int), sought: make(map[string]bool), done: make(map[string]bool)}
	for i, d := range unread {
		work.place[d.NoticeID] = i
	}
	return work
}

// wantDetails notes the new notices of a list page whose own pages are to be read. What
// the list tells by now of one that waits already, may end the doubt about it.
func (w *walk) wantDetails(v *visit, known map[string]bool) {
	work := &w.tender.details
	onPage := make(map[string]bool, len(v.notices))
	for _, n := range v.notices {
		onPage[n.ID] = true
	}
	for i, n := range w.result.Notices {
		if !onPage[n.ID] || n.Published != nil && n.Published.Before(w.tender.horizon) {
			continue
		}
		address, doubtful := w.ownPage(n), match.MayBeAnybodys(n)
		at, waits := work.place[n.ID]
		switch {
		case waits:
			work.listed[n.ID] = i
			work.todo[at].URL, work.todo[at].Doubtful = address, work.todo[at].Doubtful && doubtful
		case address != "" && !known[n.ID], address == "" && doubtful:
			work.listed[n.ID] = i
			work.place[n.ID] = len(work.todo)
			work.todo = append(work.todo, signals.UnreadDetail{
				TargetID: w.target.ID, NoticeID: n.ID, URL: address, Day: w.dayOf(n), Doubtful: doubtful,
			})
		case address == "" && n.Summary == "": // its title is all that anybody will know
			w.result.Notices[i].Details = signals.DetailUnread
		}
	}
}

// ownPage is the address of a notice's own page, "" where the list shows none: it opens its
// notices by a script, or links them to itself.
func (w *walk) ownPage(n signals.Notice) string {
	if w.requests[requestKey(extract.Request{URL: n.URL})] {
		return ""
	}
	return n.URL
}

func (w *walk) dayOf(n signals.Notice) signals.Date {
	if n.Published != nil {
		return *n.Published
	}
	return signals.DateOf(w.result.Run.StartedAt.In(signals.Shanghai))
}

// details reads the pages of notices that were not read yet: those that were tried least
// often first, of these what is sought, of these the doubtful ones, of these the newest. So
// each gets its turn, and a page that cannot be read keeps no other from being read.
func (w *walk) details(ctx context.Context) error {
	work := &w.tender.details
	w.leaveOld()
	if err := w.noteSought(ctx); err != nil {
		return err
	}
	slices.SortStableFunc(work.todo, func(a, b signals.UnreadDetail) int {
		return cmp.Or(cmp.Compare(a.Tries, b.Tries), cmp.Compare(work.rankOf(a), work.rankOf(b)), b.Day.Start().Compare(a.Day.Start()))
	})
	for i := range work.todo {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		switch {
		case work.todo[i].Day.Before(w.tender.horizon):
		case work.todo[i].URL == "":
			work.pageless++
		case work.todo[i].Gone(w.result.Run.StartedAt):
			work.gone++
		case work.asked >= w.c.settings.MaxDetails, work.refusals >= maxRefusals, w.refused():
			work.left++
		default:
			work.asked++
			if err := w.detail(ctx, &work.todo[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// noteSought finds the notices whose titles name a customer with an open deal, or what such a
// deal sells, where there are more notices than a run may read: those whom it concerns have
// their answer first.
func (w *walk) noteSought(ctx context.Context) error {
	work := &w.tender.details
	if w.c.interest == nil || len(work.todo) <= w.c.settings.MaxDetails {
		return nil
	}
	words, err := w.c.interest.SoughtWords(ctx)
	if err != nil {
		return fmt.Errorf("looking up what is sought: %w", err)
	}
	sought := signals.NewKeywordCounter([]signals.KeywordGroup{{Words: words}})
	for _, d := range work.todo {
		n, err := w.listedNotice(ctx, d.NoticeID)
		if err != nil {
			return err
		}
		if len(sought.Count(n.Title)) > 0 {
			work.sought[d.NoticeID] = true
		}
	}
	return nil
}

func (k *detailWork) rankOf(d signals.UnreadDetail) int {
	switch {
	case k.sought[d.NoticeID]:
		return 0
	case d.Doubtful:
		return 1
	}
	return 2
}

// refused tells whether the site refused the list: then it is not asked for more.
func (w *walk) refused() bool {
	pages := w.result.Run.Pages
	return len(pages) > 0 && refusal(pages[len(pages)-1].Outcome)
}

// leaveOld takes the notices off the list of work that no policy could count any more.
func (w *walk) leaveOld() {
	work := &w.tender.details
	oldest := w.tender.horizon.AddDays(w.tender.days - signals.TenderLongestDays)
	work.todo = slices.DeleteFunc(work.todo, func(d signals.UnreadDetail) bool {
		old := d.Day.Before(oldest)
		work.done[d.NoticeID] = old
		return old
	})
}

// keepUnread puts into the result what stays unread, and what does not any more.
func (w *walk) keepUnread() {
	work := &w.tender.details
	for _, d := range work.todo {
		if work.done[d.NoticeID] {
			continue
		}
		w.result.Unread = append(w.result.Unread, d)
		if i, ok := work.listed[d.NoticeID]; ok {
			w.result.Notices[i].Details = signals.DetailUnread
		}
	}
	for id, done := range work.done {
		if done {
			w.result.DetailsRead = append(w.result.DetailsRead, id)
		}
	}
	slices.Sort(w.result.DetailsRead)
	w.result.Run.Unread = signals.UnreadOf(w.result.Unread, w.tender.horizon)
	w.result.Run.Pages = slices.Concat(w.result.Run.Pages, work.pages)
	w.explainDetails()
}

// explainDetails says of the run which details it lacks.
func (w *walk) explainDetails() {
	work := &w.tender.details
	if work.failed > 0 {
		w.explain(fmt.Sprintf("%d of %d detail pages could not be read, the first: %s", work.failed, work.asked, work.failure))
	}
	if work.refusals >= maxRefusals {
		w.explain(fmt.Sprintf("after %d refusals in a row no more detail pages were asked for", work.refusals))
	}
	if work.left > 0 {
		w.explain(fmt.Sprintf("the detail pages of %d more notices were left for the next runs: one may read %d", work.left, w.c.settings.MaxDetails))
	}
	if work.gone > 0 {
		w.explain(fmt.Sprintf("the detail pages of %d notices are gone for good", work.gone))
	}
	if work.pageless > 0 {
		w.explain(fmt.Sprintf("the list shows no address of the own pages of %d notices: make the site's interface a target, or its search by a customer's name ({customer})", work.pageless))
	}
	if u := w.result.Run.Unread; u != nil && u.Doubtful > 0 {
		w.explain(fmt.Sprintf("%d notices lack their details, %d of them may be anybody's demand: until those are read, or older than %d days, no count of this source proves that a customer buys little", u.Notices, u.Doubtful, w.tender.days))
	}
}

package crawler

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"dealvitals/signals"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// maxSearchPages is how many pages of one name's results a run reads. What lies behind
// them, the next run reads.
const maxSearchPages = 20

// alikeFrom is how many notices on the first page of two customers' results, the same ones
// in the same order, show that the site does not search by what it is asked.
const alikeFrom = 3

// SearchBook knows for which customers a search target is asked, those searched least
// recently first. A Memory may be one.
type SearchBook interface {
	Searches(ctx context.Context, targetID string) ([]signals.Search, error)
}

// searching is a run that searches a tender site for customers.
type searching struct {
	target  signals.Target // as it is configured
	list    []signals.Search
	pages   int // that may be read of the present name's results
	all     bool
	left    int               // customers whose turn did not come
	answers map[string]string // first page of results: the customer who was shown it first
	alike   bool
	shown   shownResults
}

func (c *Crawler) newSearching(ctx context.Context, t signals.Target) (*searching, error) {
	book, ok := c.memory.(SearchBook)
	if !ok {
		return nil, &SettingError{"memory", "one that knows the customers, for a target that searches for them"}
	}
	list, err := book.Searches(ctx, t.ID)
	if err != nil {
		return nil, fmt.Errorf("looking up the customers that target %s is to search for: %w", t.ID, err)
	}
	return &searching{target: t, list: list, answers: make(map[string]string)}, nil
}

// searches walks the results for one customer after another, as far as the run's pages
// reach. A site that refuses is not asked for the rest.
func (w *walk) searches(ctx context.Context) error {
	s, whole := w.searching, 0
	for i, search := range s.list {
		if len(w.result.Run.Pages) >= w.limit() {
			s.left = len(s.list) - i
			break
		}
		complete, err := w.search(ctx, search)
		if err != nil {
			return err
		}
		if complete {
			whole++
			w.result.Searched = append(w.result.Searched, search.CustomerID)
		}
		if w.refused() {
			s.left = len(s.list) - i - 1
			break
		}
	}
	s.all = whole == len(s.list)
	w.judgeSearchReach()
	if s.alike {
		s.all, w.result.Searched = false, nil
		w.explain("it answers different names alike: it does not search by what it is asked")
	}
	return nil
}

// search walks the results for each name of a customer, and tells whether all were read.
func (w *walk) search(ctx context.Context, search signals.Search) (bool, error) {
	for _, name := range search.Names {
		left := w.limit() - len(w.result.Run.Pages)
		if left <= 0 {
			return false, nil
		}
		w.searching.pages = min(maxSearchPages, left)
		if err := w.beginSearch(ctx, name, search); err != nil {
			return false, err
		}
		if err := w.list(ctx); err != nil {
			return false, err
		}
		w.compare(search.CustomerID)
		w.searching.shown.add(w.tender)
		if !w.settle() {
			return false, nil
		}
	}
	return true, nil
}

// beginSearch makes the walk ready for another list.
func (w *walk) beginSearch(ctx context.Context, name string, search signals.Search) error {
	w.target = w.searching.target
	w.target.URL, w.target.Reading.Body = ForCustomer(w.target.URL, w.target.Reading.Body, name)
	w.pages, w.records, w.total, w.instead, w.ended, w.truncated = nil, 0, nil, false, false, ""
	w.requests, w.hashes, w.seen = make(map[string]bool), make(map[string]bool), make(map[string]bool)
	earlier, err := w.c.readBackfill(ctx, w.target)
	if err != nil {
		return err
	}
	t := w.tender
	w.tender = &tenderWalk{days: t.days, horizon: t.horizon, wasRecent: t.wasRecent, details: t.details, order: listOrder{strict: true}, walked: walked{earlier: earlier}}
	if !search.Last.IsZero() {
		w.tender.lastComplete = signals.DateOf(search.Last.In(signals.Shanghai))
	}
	return nil
}

// compare notes what a customer's search answered, and whether another's answered the same.
func (w *walk) compare(customerID string) {
	if len(w.pages) == 0 || len(w.pages[0].ids) < alikeFrom {
		return
	}
	s, answer := w.searching, strings.Join(w.pages[0].ids, "\n")
	if first, known := s.answers[answer]; known && first != customerID {
		s.alike = true
		return
	}
	s.answers[answer] = customerID
}

// ForCustomer puts a customer's name into the address and the request body of a search,
// written as each needs it.
func ForCustomer(address, body, name string) (string, string) {
	before, query, found := strings.Cut(address, "?")
	address = fillName(before, name, url.PathEscape)
	if found {
		address += "?" + fillName(query, name, url.QueryEscape)
	}
	if start := strings.TrimSpace(body); strings.HasPrefix(start, "{") || strings.HasPrefix(start, "[") {
		return address, fillName(body, name, inJSON)
	}
	return address, fillName(body, name, url.QueryEscape)
}

func fillName(text, name string, escape func(string) string) string {
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(name)
	if err != nil {
		gbk = name // GB18030 has a code for every character: only broken text comes here
	}
	return strings.NewReplacer(signals.CustomerPart, escape(name), signals.CustomerPartGBK, url.QueryEscape(gbk)).Replace(text)
}

// inJSON is a text as it stands between the quotes of a JSON string.
func inJSON(text string) string {
	quoted, err := json.Marshal(text)
	if err != nil {
		return "" // a string: it cannot fail
	}
	return string(quoted[1 : len(quoted)-1])
}

// explainSearches says for whom a run did not search.
func (w *walk) explainSearches() {
	s := w.searching
	if len(s.list) == 0 {
		w.explain("no customer has an open deal: there is nobody to search for")
	}
	if s.all && len(s.list) > 0 && len(w.added) == 0 {
		w.explain("it found nothing for anybody: unless it did before, its address or encoding may be wrong, and it proves nothing")
	}
	if s.left > 0 {
		w.explain(fmt.Sprintf("%d of %d customers are left for the next run: a run reads %d pages", s.left, len(s.list), w.limit()))
	}
	slices.Sort(w.result.Searched)
}

package page

import (
	"strings"

	"dealvitals/signals"
)

// Detached is the result with strings of its own. Those that readers take from a page's
// tree are parts of its text, of which each would keep the whole in memory.
func (r Result) Detached() Result {
	detach(&r.Why, &r.Extractor, &r.Charset, &r.More, &r.Pager, &r.Text)
	for i := range r.Postings {
		p := &r.Postings[i]
		detachPosting(p)
	}
	for i := range r.Notices {
		detachNotice(&r.Notices[i])
	}
	for _, next := range []*Request{r.Next, r.Instead} {
		if next != nil {
			detach(&next.URL, &next.Method, &next.Body, &next.ContentType)
		}
	}
	for i := range r.Barred {
		detach(&r.Barred[i])
	}
	for i := range r.RunnersUp {
		detach(&r.RunnersUp[i].Extractor, &r.RunnersUp[i].Why)
	}
	return r
}

// detachPosting lets an id that is the end of the address be a part of it: a run holds
// thousands of postings at a time.
func detachPosting(p *signals.Posting) {
	rest, within := strings.CutSuffix(p.URL, p.ID)
	if !within {
		detach(&p.ID, &p.Title, &p.Place, &p.URL, &p.TargetID, &p.CustomerID, &p.Evidence)
		return
	}
	detach(&p.Title, &p.Place, &p.URL, &p.TargetID, &p.CustomerID, &p.Evidence)
	p.ID = p.URL[len(rest):]
}

func detachNotice(n *signals.Notice) {
	detach(&n.ID, &n.Title, &n.URL, &n.Buyer, &n.BuyerCode, &n.Agency, &n.Currency, &n.Region, &n.ProjectNo, &n.Summary, &n.Text, &n.TargetID, &n.Evidence)
	for _, list := range [][]string{n.Winners, n.Categories, n.Lots} {
		for i := range list {
			list[i] = strings.Clone(list[i])
		}
	}
}

// detach gives some strings, which stay and go together, memory of their own.
func detach(parts ...*string) {
	size := 0
	for _, p := range parts {
		size += len(*p)
	}
	var all strings.Builder
	all.Grow(size)
	for _, p := range parts {
		all.WriteString(*p)
	}
	rest := all.String()
	for _, p := range parts {
		*p, rest = rest[:len(*p)], rest[len(*p):]
	}
}

package extract

import (
	"cmp"

	"dealvitals/signals"
)

// Probe is what one page yields, as `dealvitals probe` prints it (DESIGN §5). What is
// absent is null. Dates are only those that state a publication.
type Probe struct {
	Outcome   signals.Outcome `json:"outcome"`
	Why       string          `json:"why"`
	Kind      signals.Kind    `json:"kind"`
	Page      *Form           `json:"page"`
	Extractor *string         `json:"extractor"`
	Charset   string          `json:"charset"`
	Count     *int            `json:"count"` // nil where the page is no measurement
	Total     *int            `json:"total"`
	Next      *string         `json:"next"`
	Postings  []ProbePosting  `json:"postings"`
	Notices   []ProbeNotice   `json:"notices"`
	RunnersUp []RunnerUp      `json:"runners_up"`
	Request   *Request        `json:"next_request"`
	Rest      *string         `json:"rest"`    // what tells that the list goes on, where no next page is known
	Instead   *Request        `json:"instead"` // the system that the page embeds: crawl that
	Target    ProbeTarget     `json:"target"`
}

// ProbePosting is a posting in a Probe.
type ProbePosting struct {
	ID        string        `json:"id"`
	Title     string        `json:"title"`
	Location  *string       `json:"location"`
	Posted    *signals.Date `json:"posted"`
	URL       *string       `json:"url"`
	Headcount *int          `json:"headcount"`
}

// ProbeNotice is a notice in a Probe. Amount is in whole currency units.
type ProbeNotice struct {
	ID        string             `json:"id"`
	Title     string             `json:"title"`
	URL       *string            `json:"url"`
	Published *signals.Date      `json:"published"`
	Type      signals.NoticeType `json:"type"`
	Buyer     *string            `json:"buyer"`
	Agency    *string            `json:"agency"`
	Winners   []string           `json:"winners"`
	Amount    *float64           `json:"amount"`
	Currency  *string            `json:"currency"`
	Region    *string            `json:"region"`
	ProjectNo *string            `json:"project_no"`
}

// ProbeTarget is a target that can be imported as it stands, once a customer is named.
type ProbeTarget struct {
	Kind    signals.Kind    `json:"kind"`
	URL     string          `json:"url"`
	Reading signals.Reading `json:"reading,omitzero"`
}

// NewProbe is the result of a page for people and programs.
func NewProbe(p Page, kind signals.Kind, r Result) Probe {
	probe := Probe{
		Outcome: r.Outcome, Why: r.Why, Kind: kind, Extractor: optional(r.Extractor), Charset: r.Charset, Total: r.Total,
		Postings: []ProbePosting{}, Notices: []ProbeNotice{}, RunnersUp: r.RunnersUp, Request: r.Next, Instead: r.Instead,
		Target: targetOf(p, kind, r),
	}
	if r.Form != "" {
		probe.Page = &r.Form
	}
	probe.Rest = optional(cmp.Or(r.More, r.Pager))
	if r.Next != nil {
		probe.Next = optional(r.Next.URL)
	}
	for _, x := range r.Postings {
		probe.Postings = append(probe.Postings, postingOf(x))
	}
	for _, n := range r.Notices {
		probe.Notices = append(probe.Notices, noticeOf(n))
	}
	if r.Outcome.Measurement() {
		count := len(r.Postings) + len(r.Notices)
		probe.Count = &count
	}
	if probe.RunnersUp == nil {
		probe.RunnersUp = []RunnerUp{}
	}
	return probe
}

func postingOf(x signals.Posting) ProbePosting {
	out := ProbePosting{ID: x.ID, Title: x.Title, Location: optional(x.Place), URL: optional(x.URL)}
	if x.Basis == signals.DatePublished {
		out.Posted = x.Posted
	}
	if x.Headcount > 0 {
		out.Headcount = &x.Headcount
	}
	return out
}

func noticeOf(n signals.Notice) ProbeNotice {
	out := ProbeNotice{
		ID: n.ID, Title: n.Title, URL: optional(n.URL), Published: n.Published, Type: n.Type, Buyer: optional(n.Buyer), Agency: optional(n.Agency),
		Winners: append([]string{}, n.Winners...), Currency: optional(n.Currency), Region: optional(n.Region), ProjectNo: optional(n.ProjectNo),
	}
	if n.Amount != nil {
		amount := n.Amount.InexactFloat64()
		out.Amount = &amount
	}
	return out
}

func targetOf(p Page, kind signals.Kind, r Result) ProbeTarget {
	t := ProbeTarget{Kind: kind, URL: p.URL}
	if r.Instead != nil {
		t.URL = r.Instead.URL
		t.Reading.Method, t.Reading.Body = r.Instead.Method, r.Instead.Body
	}
	return t
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

package signals

import "slices"

// demand is a project seen as the demand of one customer for what one deal sells.
type demand struct {
	project   Project
	relevance Relevance
	// lead is the notice that first announced the demand, -1 where no confirmed notice of
	// the customer's own did; opened is its day, zero where it is not known.
	lead      int
	opened    Date
	basis     string // WhyPublished, WhyFirstSeen or WhyBaseline: how opened is known
	cancelled bool
}

// demandsOf reads all projects of a history as demands.
func demandsOf(h TenderHistory, deal Deal) []demand {
	first := map[string]RunSummary{}
	for _, s := range h.Sources {
		first[s.Target.ID] = firstComplete(ofThisList(s.Target, s.Runs))
	}
	var demands []demand
	for _, p := range Projects(relevantTo(h.Notices)) {
		demands = append(demands, demandOf(p, deal, first))
	}
	return demands
}

// relevantTo leaves out notices that the program withdrew; those that a person rejected
// stay to be shown.
func relevantTo(notices []MatchedNotice) []MatchedNotice {
	kept := make([]MatchedNotice, 0, len(notices))
	for _, n := range notices {
		if n.Match.Match || n.Match.Actor != "" {
			kept = append(kept, n)
		}
	}
	return kept
}

func demandOf(p Project, deal Deal, first map[string]RunSummary) demand {
	d := demand{project: p, lead: -1, relevance: relateProject(p, deal.Keywords)}
	for i, n := range p.Notices {
		if !n.Match.Counts() || !n.Notice.Type.Demand() {
			continue
		}
		day, basis := openingOf(n.Notice, first[n.Notice.TargetID])
		if d.lead < 0 || d.basis == WhyBaseline && basis != WhyBaseline || basis != WhyBaseline && day.Before(d.opened) {
			d.lead, d.opened, d.basis = i, day, basis
		}
	}
	d.cancelled = d.lead >= 0 && cancelled(p)
	return d
}

// openingOf is the day that a notice came out: the stated one, else its first sight where
// a complete run of its site came before. A notice without a date that was there at the
// first crawl is the baseline: its day is that of the crawl, and proves nothing.
func openingOf(n Notice, first RunSummary) (Date, string) {
	switch {
	case n.Published != nil:
		return *n.Published, WhyPublished
	case !first.FinishedAt.IsZero() && n.FirstSeen.After(first.FinishedAt):
		return dayOf(n), WhyFirstSeen
	}
	return dayOf(n), WhyBaseline
}

// relateProject relates a project to keywords by all its notices, for one site's notice
// lists the lots that another's leaves out.
func relateProject(p Project, keywords []string) Relevance {
	var best Relevance
	for _, n := range p.Notices {
		r := Relate(n.Notice, keywords)
		if r.Excluded != "" {
			return r
		}
		if r.Score > best.Score {
			best = r
		}
	}
	return best
}

// cancelled tells whether a project was ended and not put out again: its newest
// termination is no earlier than its newest demand, is of no earlier round, ends more
// than a lot of it, and no award came after.
func cancelled(p Project) bool {
	var ended, asked, given Date
	endedRound, askedRound := 0, 0
	for _, n := range p.Notices {
		day, round := dayOf(n.Notice), roundOf(n.Notice)
		switch {
		case n.Notice.Type == NoticeTermination:
			if endsLotOnly(n.Notice, p) {
				continue
			}
			ended, endedRound = laterOf(ended, day), max(endedRound, round)
		case n.Notice.Type.Demand():
			asked, askedRound = laterOf(asked, day), max(askedRound, round)
		case n.Notice.Type == NoticeAward || n.Notice.Type == NoticeContract:
			given = laterOf(given, day)
		}
	}
	switch {
	case ended.IsZero(), askedRound > endedRound, ended.Before(asked):
		return false
	}
	return given.IsZero() || given.Before(ended)
}

// endsLotOnly tells whether a termination names a lot while the project's demand was for
// more than that lot.
func endsLotOnly(end Notice, p Project) bool {
	lots := lotsOf(end)
	if len(lots) == 0 {
		return false
	}
	for _, n := range p.Notices {
		if n.Notice.Type.Demand() && !slices.Equal(lotsOf(n.Notice), lots) {
			return true
		}
	}
	return false
}

func laterOf(a, b Date) Date {
	if a.IsZero() || a.Before(b) {
		return b
	}
	return a
}

// countsIn tells whether the demand counts in a window.
func (d demand) countsIn(w dayWindow) bool {
	return d.lead >= 0 && d.basis != WhyBaseline && d.relevance.Related && !d.cancelled && w.holds(d.opened)
}

package signals

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Project is one thing that a buyer wants to buy, with all notices about it: the same one
// on several sites, its corrections, its re-tenders, its award.
type Project struct {
	Key     string // of its first notice: "target/id"
	Title   string // as the first notice has it
	Number  string // as the first notice that states one has it
	Notices []MatchedNotice
	// Why says what holds the notices together, in the order in which they were joined;
	// empty for a single notice.
	Why []Link
}

// Link says why two notices are about one project.
type Link struct {
	From, To string // keys of the notices
	By       LinkRule
	What     string // the number or title that they share
}

// LinkRule names a reason to take two notices for one project.
type LinkRule string

const (
	LinkNumber LinkRule = "project_number" // the same project number
	LinkTitle  LinkRule = "buyer_title"    // the same buyer and title, less type, round and lot, within half a year
)

// sameTitleWithin is how far apart two notices of one title may be and still be about
// one project. Re-tenders come within months; the next year's purchase bears the same
// title often enough.
const sameTitleWithin = 180

// Projects groups notices by the project that they are about. The result does not depend
// on the order of the notices, nor on how often one is given; projects are sorted by key,
// notices by date.
func Projects(notices []MatchedNotice) []Project {
	list := distinctNotices(notices)
	facts := make([]projectFacts, len(list))
	for i, n := range list {
		facts[i] = factsOf(n.Notice)
	}
	groups := newGroups(len(list))
	var links []Link
	for _, bucket := range buckets(facts) {
		links = append(links, joinBucket(bucket, list, facts, groups)...)
	}
	return assemble(list, links, groups)
}

// distinctNotices drops repetitions of a notice, keeping the record that saw it last, and
// sorts by day and key.
func distinctNotices(notices []MatchedNotice) []MatchedNotice {
	list := slices.Clone(notices)
	slices.SortFunc(list, func(a, b MatchedNotice) int {
		return cmp.Or(cmp.Compare(noticeKey(a.Notice), noticeKey(b.Notice)), b.Notice.LastSeen.Compare(a.Notice.LastSeen),
			b.Match.RecordedAt.Compare(a.Match.RecordedAt), cmp.Compare(spelled(a), spelled(b)))
	})
	list = slices.CompactFunc(list, func(a, b MatchedNotice) bool { return noticeKey(a.Notice) == noticeKey(b.Notice) })
	slices.SortStableFunc(list, func(a, b MatchedNotice) int { return dayOf(a.Notice).Start().Compare(dayOf(b.Notice).Start()) })
	return list
}

// spelled orders two records of one notice that were seen at the same time, so that the
// choice between them does not depend on which came first.
func spelled(n MatchedNotice) string {
	return strings.Join([]string{
		dayOf(n.Notice).String(), n.Notice.Evidence, n.Notice.Title, string(n.Notice.Type), n.Notice.ProjectNo, n.Notice.Buyer, n.Match.By,
	}, "\n")
}

func noticeKey(n Notice) string { return n.TargetID + "/" + n.ID }

// dayOf is when a notice was published, else when it was first seen, in Shanghai.
func dayOf(n Notice) Date {
	if n.Published != nil {
		return *n.Published
	}
	return DateOf(n.FirstSeen.In(Shanghai))
}

// bucket holds the notices, by index, that share a number or a title.
type bucket struct {
	rule    LinkRule
	what    string
	members []int
}

// buckets lists what is shared by two notices or more, numbers first, in a fixed order.
func buckets(facts []projectFacts) []bucket {
	byKey := map[[2]string][]int{}
	for i, f := range facts {
		if f.number != "" {
			key := [2]string{string(LinkNumber), f.number}
			byKey[key] = append(byKey[key], i)
		}
		for _, core := range f.cores {
			key := [2]string{string(LinkTitle), core}
			byKey[key] = append(byKey[key], i)
		}
	}
	var list []bucket
	for key, members := range byKey {
		if len(members) > 1 {
			list = append(list, bucket{LinkRule(key[0]), key[1], members})
		}
	}
	slices.SortFunc(list, func(a, b bucket) int {
		return cmp.Or(-cmp.Compare(a.rule, b.rule), cmp.Compare(a.what, b.what))
	})
	return list
}

// joinBucket joins every two notices of a bucket that may be one project.
func joinBucket(b bucket, list []MatchedNotice, facts []projectFacts, groups groups) []Link {
	var links []Link
	for i, one := range b.members {
		for _, other := range b.members[i+1:] {
			if !b.joins(facts[one], facts[other]) || !groups.join(one, other) {
				continue
			}
			links = append(links, Link{From: noticeKey(list[one].Notice), To: noticeKey(list[other].Notice), By: b.rule, What: b.what})
		}
	}
	return links
}

func (b bucket) joins(one, other projectFacts) bool {
	if !sameBuyer(one.buyer, other.buyer) {
		return false
	}
	if b.rule == LinkNumber {
		return true
	}
	if daysBetween(one.day, other.day) > sameTitleWithin {
		return false
	}
	return !twoProjects(one, other)
}

// twoProjects tells whether two notices with one title are nevertheless two projects: one
// site announces both as new demand under numbers, or with budgets, of their own.
func twoProjects(one, other projectFacts) bool {
	if one.target != other.target || !one.demand || !other.demand || one.round != other.round {
		return false
	}
	return one.number != "" && other.number != "" && one.number != other.number ||
		one.amount != "" && other.amount != "" && one.amount != other.amount
}

func daysBetween(a, b Date) int {
	d := a.Start().Sub(b.Start())
	return int(d.Abs() / (24 * time.Hour))
}

// groups is a forest of notices that belong together (union–find).
type groups []int

func newGroups(n int) groups {
	g := make(groups, n)
	for i := range g {
		g[i] = i
	}
	return g
}

func (g groups) root(i int) int {
	for g[i] != i {
		g[i] = g[g[i]]
		i = g[i]
	}
	return i
}

// join makes one group of two, and tells whether they were two.
func (g groups) join(a, b int) bool {
	a, b = g.root(a), g.root(b)
	if a == b {
		return false
	}
	g[max(a, b)] = min(a, b)
	return true
}

func assemble(list []MatchedNotice, links []Link, groups groups) []Project {
	at := map[int]int{}
	var projects []Project
	group := map[string]int{}
	for i, n := range list {
		root := groups.root(i)
		p, known := at[root]
		if !known {
			p = len(projects)
			at[root] = p
			projects = append(projects, Project{Key: noticeKey(n.Notice), Title: n.Notice.Title})
		}
		group[noticeKey(n.Notice)] = p
		project := &projects[p]
		project.Notices = append(project.Notices, n)
		if project.Number == "" {
			project.Number = strings.TrimSpace(statedNumber(n.Notice))
		}
	}
	for _, l := range links {
		project := &projects[group[l.From]]
		project.Why = append(project.Why, l)
	}
	slices.SortFunc(projects, func(a, b Project) int { return cmp.Compare(a.Key, b.Key) })
	return projects
}

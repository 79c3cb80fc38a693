package induce

import (
	"sort"

	"golang.org/x/net/html/atom"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/jobs/words"
	"dealvitals/crawler/extract/records"
)

// rec is one record: the leaves [from, to), the element that begins it, and its title.
type rec struct {
	from, to int32
	element  int32
	title    int32 // leaf
	seeded   bool  // its title reads like a job by itself
	rate     int   // how much speaks for a posting
	links    int   // distinct addresses of single jobs inside
	seeds    int
	duties   bool
	facts    int
}

// candidate is a group of records that stand alike.
type candidate struct {
	key   uint64
	recs  []rec
	flat  bool // records go on beyond their element
	total int  // sum of the records' rates
	side  bool // a box of suggestions
	// others is the number of elements that stand alike in the same places but hold nothing
	// like a job.
	others int
}

// candidates are all groups of records, best first.
func (v *view) candidates() []candidate {
	keys := map[uint64]int{}
	var out []candidate
	for _, s := range v.seeds {
		e := v.recordOf(s)
		key := v.o.Elements[e].Key
		if _, ok := keys[key]; !ok {
			keys[key] = len(out)
			out = append(out, candidate{key: key})
		}
	}
	members := make([][]int32, len(out))
	for i := range v.o.Elements {
		if n, ok := keys[v.o.Elements[i].Key]; ok && v.o.Elements[i].Last > v.o.Elements[i].First {
			members[n] = append(members[n], int32(i))
		}
	}
	for n := range out {
		v.fill(&out[n], members[n])
	}
	sort.SliceStable(out, func(a, b int) bool { return out[a].total > out[b].total })
	return out
}

// recordOf is the outermost element around a seed that most often stands alike and holds a
// seed that stands alike too. A title that stands so only once is taken for a record of
// those that most other titles stand in.
func (v *view) recordOf(seed int32) int32 {
	own := v.o.Leaves[seed].Element
	seedKey := v.o.Elements[own].Key
	best, most := v.most(own, func(e int32) int32 { return v.alike[pair{v.o.Elements[e].Key, seedKey}] })
	if most > 1 {
		return best
	}
	best, most = v.most(own, func(e int32) int32 { return v.count[v.o.Elements[e].Key] })
	if most > 1 {
		return best
	}
	best = own
	for e := own; e >= 0 && v.mayBeRecord(e); e = v.o.Elements[e].Parent {
		best = e
		if v.all[v.o.Elements[e].Key] > 1 {
			break // it stands among others like it that are no jobs
		}
	}
	return best
}

// most is the outermost element around own, itself included, for which count is greatest.
func (v *view) most(own int32, count func(int32) int32) (int32, int32) {
	best, most := own, count(own)
	for e := v.o.Elements[own].Parent; e >= 0; e = v.o.Elements[e].Parent {
		if n := count(e); n >= most {
			best, most = e, n
		}
	}
	return best, most
}

// mayBeRecord tells whether a lone element may be the record around a lone title: small,
// and with no other heading inside.
func (v *view) mayBeRecord(e int32) bool {
	el := &v.o.Elements[e]
	return el.Last-el.First <= 60 && el.Parent >= 0 && v.held[e] == 1 && el.Node.Data != "body" && el.Node.Data != "main"
}

// fill makes the records of a candidate from the elements that stand alike.
func (v *view) fill(c *candidate, members []int32) {
	v.split(c, members)
	c.recs = v.chooseTitles(c.recs)
	v.extend(c)
	for i := range c.recs {
		v.weigh(&c.recs[i])
	}
	if !c.flat {
		v.addUnseeded(c, members)
	}
	c.total = 0
	for i := range c.recs {
		c.total += c.recs[i].rate
	}
	if len(c.recs) > 0 {
		c.side = v.sideBox(c.recs[0])
	}
}

// split makes a record of each member with a seed; one whose seeds stand on its own lines
// becomes a record for each.
func (v *view) split(c *candidate, members []int32) {
	for _, m := range members {
		e := &v.o.Elements[m]
		if v.held[m] == 0 {
			continue
		}
		var direct []int32
		for i := e.First; i < e.Last; i++ {
			if v.score[i] >= seedScore && v.o.Leaves[i].Element == m {
				direct = append(direct, i)
			}
		}
		if len(direct) < 2 {
			c.recs = append(c.recs, rec{from: e.First, to: e.Last, element: m, title: -1, seeded: true})
			continue
		}
		for n, from := range direct {
			to := e.Last
			if n+1 < len(direct) {
				to = direct[n+1]
			}
			c.recs = append(c.recs, rec{from: from, to: to, element: m, title: from, seeded: true})
		}
	}
}

// chooseTitles takes for each record the seed that stands where most titles stand.
func (v *view) chooseTitles(recs []rec) []rec {
	votes := map[uint64]int{}
	for i := range recs {
		seen := map[uint64]bool{}
		for l := recs[i].from; l < recs[i].to; l++ {
			key := v.o.Elements[v.o.Leaves[l].Element].Key
			if v.score[l] >= seedScore && !seen[key] {
				seen[key] = true
				votes[key] += 10 + int(v.score[l])
			}
		}
	}
	for i := range recs {
		r := &recs[i]
		best := -1
		for l := r.from; l < r.to; l++ {
			if v.score[l] < seedScore {
				continue
			}
			r.seeds++
			if n := votes[v.o.Elements[v.o.Leaves[l].Element].Key]; n > best && r.title < 0 || r.title >= 0 && n > best && v.o.Leaves[r.title].Element != r.element {
				best, r.title = n, l
			}
		}
	}
	return recs
}

// extend lets records written flat go on to the next record: a heading and paragraphs, a
// row of titles and a row of details.
func (v *view) extend(c *candidate) {
	if len(c.recs) == 0 || !v.writtenFlat(c) {
		return
	}
	own := 0
	for i := range c.recs {
		own += int(c.recs[i].to - c.recs[i].from)
	}
	if own > 6*len(c.recs) {
		return
	}
	c.flat = true
	for i := range c.recs {
		c.recs[i].to = v.gapAfter(c, i)
	}
}

// writtenFlat tells that most records are followed by something that is no record. The last
// one in its place is not asked where there are others: the list may just end there.
func (v *view) writtenFlat(c *candidate) bool {
	gaps, asked, last, lastGaps := 0, 0, 0, 0
	titleKey, _ := v.commonTitle(c.recs)
	for i := range c.recs {
		gap := v.gapAfter(c, i) > c.recs[i].to && !v.recordLikeAfter(c.recs[i].element, titleKey)
		if i+1 < len(c.recs) && v.sameParent(c.recs[i].element, c.recs[i+1].element) {
			asked++
			if gap {
				gaps++
			}
			continue
		}
		last++
		if gap {
			lastGaps++
		}
	}
	if asked > 0 {
		return gaps*2 >= asked
	}
	return lastGaps*2 >= last
}

func (v *view) sameParent(a, b int32) bool { return v.o.Elements[a].Parent == v.o.Elements[b].Parent }

// recordLikeAfter tells that what follows an element stands alike, is a record by its tag
// or class (an item, a row), and has a text where titles stand, whatever that says.
func (v *view) recordLikeAfter(element int32, titleKey uint64) bool {
	e := &v.o.Elements[element]
	if e.End >= int32(len(v.o.Elements)) {
		return false
	}
	next := &v.o.Elements[e.End]
	if next.Parent != e.Parent || next.Key != e.Key || v.announced(next) {
		return false
	}
	if _, ok := v.unseeded(e.End, titleKey); !ok && v.held[e.End] == 0 {
		return false
	}
	switch e.Node.DataAtom {
	case atom.Li, atom.Tr, atom.Article, atom.Tbody, atom.Dd, atom.A:
		return true
	}
	return dom.Attr(e.Node, "class") != ""
}

// announced tells an element that begins with the label of a fact, as the further rows of a
// job written as a table do.
func (v *view) announced(e *records.Element) bool {
	if e.Last-e.First < 2 {
		return false
	}
	label := words.LabelOf(v.o.Leaves[e.First].Text)
	return label != words.NoLabel && label != words.TitleOf
}

// maxExtent is the most leaves that a record written flat takes in.
const maxExtent = 120

// gapAfter is where the next record in the same element begins, else where that ends.
func (v *view) gapAfter(c *candidate, i int) int32 {
	r := &c.recs[i]
	parent := v.o.Elements[r.element].Parent
	if parent < 0 {
		return r.to
	}
	end := v.o.Elements[parent].Last
	if i+1 < len(c.recs) && c.recs[i+1].from < end && c.recs[i+1].from >= r.to {
		end = c.recs[i+1].from
	}
	return max(r.to, min(end, r.from+maxExtent))
}

// addUnseeded adds the records that stand among seeded ones but whose titles no word
// gives away.
func (v *view) addUnseeded(c *candidate, members []int32) {
	titleKey, share := v.commonTitle(c.recs)
	if titleKey == 0 {
		return
	}
	seeded, all := map[int32]int{}, map[int32]int{}
	for i := range c.recs {
		seeded[v.o.Elements[c.recs[i].element].Parent]++
	}
	for _, m := range members {
		all[v.o.Elements[m].Parent]++
	}
	average := 0 // of what speaks for the seeded records beside their titles
	for i := range c.recs {
		average += c.recs[i].rate - v.titleRate(c.recs[i].title)
	}
	average /= max(1, len(c.recs))
	added := false
	for _, m := range members {
		parent := v.o.Elements[m].Parent
		if v.held[m] > 0 || v.o.Elements[m].Region&outside != 0 {
			continue
		}
		if seeded[parent] == 0 && (v.o.Elements[m].Around&sayJob == 0 || share < 0.8) || seeded[parent] > 0 && seeded[parent]*3 < all[parent] {
			c.others++
			continue
		}
		r, ok := v.unseeded(m, titleKey)
		if !ok || r.rate-v.titleRate(r.title)+1 < average {
			c.others++
			continue
		}
		c.recs = append(c.recs, r)
		added = true
	}
	if added {
		sort.Slice(c.recs, func(a, b int) bool { return c.recs[a].from < c.recs[b].from })
	}
}

// commonTitle is the key of the element that most titles stand in, and their share.
func (v *view) commonTitle(recs []rec) (uint64, float64) {
	n := map[uint64]int{}
	for i := range recs {
		if recs[i].title >= 0 {
			n[v.o.Elements[v.o.Leaves[recs[i].title].Element].Key]++
		}
	}
	best, most := uint64(0), 0
	for k, c := range n {
		if c > most || c == most && k < best {
			best, most = k, c
		}
	}
	return best, float64(most) / float64(max(1, len(recs)))
}

// unseeded makes a record whose title stands where the others' titles stand.
func (v *view) unseeded(m int32, titleKey uint64) (rec, bool) {
	e := &v.o.Elements[m]
	for l := e.First; l < e.Last; l++ {
		leaf := &v.o.Leaves[l]
		if v.o.Elements[leaf.Element].Key != titleKey {
			continue
		}
		t := leaf.Text
		if label, _ := words.Labelled(t); label != words.NoLabel {
			return rec{}, false
		}
		if len(t) < 2 || words.Action(t) || words.LabelOf(t) != words.NoLabel || words.Sentence(t) || numeric(t) || words.Salary(t) {
			return rec{}, false
		}
		r := rec{from: e.First, to: e.Last, element: m, title: l}
		v.weigh(&r)
		return r, true
	}
	return rec{}, false
}

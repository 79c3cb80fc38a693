package induce

import (
	"sort"
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

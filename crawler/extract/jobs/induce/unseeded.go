package induce

import (
	"sort"
	"strings"

	"dealvitals/crawler/extract/jobs/words"
)

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
		if len(t) < 2 || strings.HasSuffix(t, "：") || words.Action(t) || words.AfterNotice(t) || v.label(l) != words.NoLabel || words.Sentence(t) || numeric(t) || words.Salary(t) {
			return rec{}, false
		}
		r := rec{from: e.First, to: e.Last, element: m, title: l}
		v.weigh(&r)
		return r, true
	}
	return rec{}, false
}

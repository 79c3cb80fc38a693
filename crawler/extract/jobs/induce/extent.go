package induce

import (
	"golang.org/x/net/html/atom"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/jobs/words"
	"dealvitals/crawler/extract/records"
)

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
	label := v.label(e.First)
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
	return max(r.to, v.beforeOutside(r.to, min(end, r.from+maxExtent)))
}

// beforeOutside is where the texts [from, to) come to the page's foot or another part that
// belongs to no job.
func (v *view) beforeOutside(from, to int32) int32 {
	for l := from; l < to; l++ {
		if v.o.Elements[v.o.Leaves[l].Element].Region&outside != 0 {
			return l
		}
	}
	return to
}

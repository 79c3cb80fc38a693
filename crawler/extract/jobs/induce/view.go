// Package induce reads the jobs of any page that no other reader knows: it finds the
// repeated records whose titles read like jobs, and what stands in them.
//
// It works from the titles up. Each text that may be a job's title is a seed. Elements
// that stand alike in the page and hold seeds are counted; the record of a seed is the
// outermost element around it that stands alike most often. What was found is then
// weighed: links, places, dates, pay, duties speak for jobs, as do the page's own words.
package induce

import (
	"strings"

	"dealvitals/crawler/extract/dates"
	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/jobs/words"
	"dealvitals/crawler/extract/page"
	"dealvitals/crawler/extract/records"

	"golang.org/x/net/html/atom"
)

// view is a page with what was learnt of its texts.
type view struct {
	d     *page.Document
	o     *records.Outline
	score []int8 // of each leaf as a title; a seed from seedScore on
	seeds []int32
	held  []int16 // seeds below each element
	count map[uint64]int32
	order dates.Order
	heads map[int32][]words.Label // columns of each table, by the table's element
	facts *pageFacts
}

// seedScore is what a text must reach to be taken for a title. A job's name alone gives 4,
// a field of work 2, a class or an address that says job 3.
const seedScore = 3

// outside are the parts of a page that hold no jobs of its own.
const outside = records.Nav | records.Foot | records.Crumbs | records.Pager | records.Dialog | records.Filter

func newView(d *page.Document) *view {
	o := records.Of(d.HTML(), vocabulary)
	v := &view{d: d, o: o, score: make([]int8, len(o.Leaves)), held: make([]int16, len(o.Elements)), count: map[uint64]int32{}, heads: map[int32][]words.Label{}}
	v.facts = v.readFacts()
	for i := range o.Leaves {
		if s := v.rate(int32(i)); s > 0 {
			v.score[i] = s
			if s >= seedScore {
				v.seeds = append(v.seeds, int32(i))
			}
		}
	}
	v.countSeeds()
	return v
}

// countSeeds counts, for each way of standing in the page, the elements with seeds below.
// Several seeds on lines of one element count as so many.
func (v *view) countSeeds() {
	direct := make([]bool, len(v.o.Elements))
	for _, s := range v.seeds {
		own := v.o.Leaves[s].Element
		for e := own; e >= 0; e = v.o.Elements[e].Parent {
			if v.held[e] == 0 || e == own && direct[e] {
				v.count[v.o.Elements[e].Key]++
			}
			if v.held[e] < 1<<14 {
				v.held[e]++
			}
		}
		direct[own] = true
	}
}

// rate is how much a leaf is the title of a job.
func (v *view) rate(i int32) int8 {
	leaf := &v.o.Leaves[i]
	text := leaf.Text
	if len(text) < 2 || len(text) > 200 {
		return 0
	}
	e := &v.o.Elements[leaf.Element]
	if e.Region&outside != 0 {
		return 0
	}
	if label, value := words.Labelled(text); label != words.NoLabel {
		if label == words.TitleOf && value != "" && len(value) < 120 && words.LabelOf(value) == words.NoLabel {
			return 6
		}
		return 0
	}
	said := e.Class
	if e.Parent >= 0 {
		said |= v.o.Elements[e.Parent].Class
	}
	kind := kindOfLink(v.o.Link(leaf.Element))
	score := int8(words.LooksTitle(text)) * 2
	hinted := said&sayTitle != 0 || kind == jobLink && v.firstOfLink(i) || v.columnOf(leaf.Element) == words.TitleOf
	if score == 0 && (!hinted || words.Nothing(text)) || words.Action(text) || words.LabelOf(text) != words.NoLabel {
		return 0
	}
	if score < 4 && (words.Place(text) || words.Salary(text) || words.Sentence(text) || numeric(text)) {
		return 0
	}
	if v.inParagraph(i) {
		return 0
	}
	if said&sayTitle != 0 {
		score += 3
	}
	if kind == jobLink && v.firstOfLink(i) {
		score += 3
	}
	if v.columnOf(leaf.Element) == words.TitleOf {
		score += 4
	}
	if score > 0 && e.Level > 0 {
		score++
	}
	if e.Class&(sayPlace|sayDate|saySalary|sayUnit|sayTag) != 0 && said&sayTitle == 0 {
		score -= 2
	}
	return score
}

func numeric(text string) bool {
	digits := 0
	for i := 0; i < len(text); i++ {
		if text[i] >= '0' && text[i] <= '9' {
			digits++
		}
	}
	return digits*2 >= len(text)
}

// firstOfLink tells that the leaf is the first text of its link, or its heading: the rest
// of a card that is one link are facts.
func (v *view) firstOfLink(i int32) bool {
	link := v.o.Elements[v.o.Leaves[i].Element].Link
	if link < 0 {
		return false
	}
	first := v.o.Elements[link].First
	return i == first || v.o.Elements[v.o.Leaves[i].Element].Level > 0 && v.o.Elements[link].Level == 0
}

// inParagraph tells a link or a bold word in the middle of running text.
func (v *view) inParagraph(i int32) bool {
	if i == 0 {
		return false
	}
	e := &v.o.Elements[v.o.Leaves[i].Element]
	if e.Parent < 0 || dom.Block(e.Node) {
		return false
	}
	before := &v.o.Leaves[i-1]
	return before.Element == e.Parent && len(before.Text) > 40
}

// columnOf is what the heading of a cell's column says, NoLabel outside tables.
func (v *view) columnOf(element int32) words.Label {
	cell, steps := element, 0
	for cell >= 0 && v.o.Elements[cell].Node.DataAtom != atom.Td {
		if cell = v.o.Elements[cell].Parent; steps > 6 {
			return words.NoLabel
		}
		steps++
	}
	if cell < 0 {
		return words.NoLabel
	}
	table := v.o.Elements[cell].Parent
	for table >= 0 && v.o.Elements[table].Node.DataAtom != atom.Table {
		table = v.o.Elements[table].Parent
	}
	if table < 0 {
		return words.NoLabel
	}
	heads, ok := v.heads[table]
	if !ok {
		heads = v.headings(table)
		v.heads[table] = heads
	}
	n := int(v.o.Elements[cell].Nth)
	if n < 1 || n > len(heads) {
		return words.NoLabel
	}
	return heads[n-1]
}

// headings reads the first rows of a table for one that names its columns.
func (v *view) headings(table int32) []words.Label {
	rows := 0
	for e := table + 1; e < v.o.Elements[table].End && rows < 4; e++ {
		if v.o.Elements[e].Node.DataAtom != atom.Tr {
			continue
		}
		rows++
		labels, known := v.rowLabels(e)
		if known >= 2 || known == 1 && len(labels) <= 2 && labels[0] == words.TitleOf {
			return labels
		}
	}
	return nil
}

func (v *view) rowLabels(row int32) (labels []words.Label, known int) {
	for c := row + 1; c < v.o.Elements[row].End; c = v.o.Elements[c].End {
		cell := &v.o.Elements[c]
		if cell.Node.DataAtom != atom.Td && cell.Node.DataAtom != atom.Th {
			continue
		}
		label := words.NoLabel
		if cell.Last > cell.First {
			var text strings.Builder
			for i := cell.First; i < min(cell.Last, cell.First+4); i++ {
				text.WriteString(v.o.Leaves[i].Text)
			}
			label = words.LabelOf(text.String())
		}
		if label != words.NoLabel {
			known++
		} else if cell.Last > cell.First {
			known-- // a row of data with one word that may be a heading
		}
		labels = append(labels, label)
	}
	return labels, known
}

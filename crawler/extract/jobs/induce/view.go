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

	"dealvitals/crawler/extract/casing"
	"dealvitals/crawler/extract/dates"
	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/jobs/words"
	"dealvitals/crawler/extract/page"
	"dealvitals/crawler/extract/records"
)

// view is a page with what was learnt of its texts.
type view struct {
	d      *page.Document
	o      *records.Outline
	score  []int8 // of each leaf as a title; a seed from seedScore on
	labels []int8 // of each leaf, as label keeps it
	seeds  []int32
	held   []int32          // seeds below each element
	count  map[uint64]int32 // elements with seeds, by Key
	all    map[uint64]int32 // elements, by Key
	alike  map[pair]int32   // elements with seeds that stand alike themselves
	order  dates.Order
	tables map[int32]*tableFacts // by the table's element
	facts  *pageFacts
	spots  map[spot]int        // where records name a known place
	kinds  map[string]linkKind // of the addresses looked at
	memory *scratch            // what most of these are made of
}

// seedScore is what a text must reach to be taken for a title. A job's name alone gives 4,
// a field of work 2, a class or an address that says job 3.
const seedScore = 3

// maxSeeds is the most titles that are read of one page.
const maxSeeds = 10_000

// maxLine is the most bytes of a line of running text that begins with a job.
const maxLine = 600

// outside are the parts of a page that hold no jobs of its own.
const outside = records.Nav | records.Foot | records.Crumbs | records.Pager | records.Dialog | records.Filter

func newView(d *page.Document) *view {
	o := records.Of(d.HTML(), vocabulary)
	m := scratchFor(len(o.Leaves), len(o.Elements))
	v := &view{
		d: d, o: o, memory: m, score: m.score, labels: m.labels, seeds: m.seeds, held: m.held, count: m.count, all: m.all, alike: m.alike, kinds: m.kinds,
		tables: map[int32]*tableFacts{}, spots: map[spot]int{},
	}
	v.facts = v.readFacts()
	for i := range o.Leaves {
		if s := v.rate(int32(i)); s > 0 {
			v.score[i] = s
			if s < seedScore {
				continue
			}
			if v.seeds = append(v.seeds, int32(i)); len(v.seeds) == maxSeeds {
				break
			}
		}
	}
	m.seeds = v.seeds
	v.countSeeds()
	return v
}

// release gives the view's memory back. Neither it nor its outline may be used any more.
func (v *view) release() {
	v.o.Release()
	v.memory.release()
}

// countSeeds counts, for each way of standing in the page, the elements with seeds below:
// all of them, and apart for each way that a seed itself stands. Several seeds on lines of
// one element count as so many.
func (v *view) countSeeds() {
	before, direct, seen := v.memory.before, v.memory.direct, v.memory.seen // before: seeds before each leaf
	for i := range v.o.Leaves {
		before[i+1] = before[i]
		if v.score[i] >= seedScore {
			before[i+1]++
			direct[v.o.Leaves[i].Element]++
		}
	}
	for i := range v.o.Elements {
		e := &v.o.Elements[i]
		v.all[e.Key]++
		v.held[i] = before[e.Last] - before[e.First]
		if v.held[i] > 0 {
			v.count[e.Key] += max(1, direct[int32(i)])
		}
	}
	for _, s := range v.seeds {
		own := v.o.Leaves[s].Element
		key := v.o.Elements[own].Key
		if direct[own] > 1 {
			v.alike[pair{key, key}]++
		}
		for e := own; e >= 0 && !seen[pair{uint64(e), key}]; e = v.o.Elements[e].Parent {
			seen[pair{uint64(e), key}] = true
			if e != own || direct[own] < 2 {
				v.alike[pair{v.o.Elements[e].Key, key}]++
			}
		}
	}
}

// pair is how an element stands, and how a seed below it does.
type pair struct{ element, seed uint64 }

// rate is how much a leaf is the title of a job.
func (v *view) rate(i int32) int8 {
	leaf := &v.o.Leaves[i]
	text := leaf.Text
	if len(text) < 2 || len(text) > 200 && (len(text) > maxLine || words.Counted(text) == "") {
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
	if words.Counted(text) != "" {
		return 5
	}
	if words.AfterNotice(text) {
		return 0
	}
	said := v.saidNear(leaf.Element)
	kind := v.kindOf(v.o.Link(leaf.Element))
	score := int8(words.LooksTitle(v.bareTitle(i))) * 2
	hinted := said&sayTitle != 0 || kind == jobLink && v.firstOfLink(i) || v.columnOf(leaf.Element) == words.TitleOf
	if score == 0 && (!hinted || words.Nothing(text)) || words.Action(text) || v.label(i) != words.NoLabel {
		return 0
	}
	if score < 4 && (words.Place(text) || words.Salary(text) || words.Sentence(text) || numeric(text)) {
		return 0
	}
	if v.inParagraph(i) || v.neighbour(i) {
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

// label is what a leaf names as a heading, looked up once.
func (v *view) label(leaf int32) words.Label {
	if v.labels[leaf] == 0 {
		v.labels[leaf] = 1 + int8(words.LabelOf(v.o.Leaves[leaf].Text))
	}
	return words.Label(v.labels[leaf] - 1)
}

// announces is what a leaf names as a heading, or before a colon.
func (v *view) announces(leaf int32) words.Label {
	label := v.label(leaf)
	if label == words.NoLabel {
		label, _ = words.Labelled(v.o.Leaves[leaf].Text)
	}
	return label
}

// bareTitle is a leaf's text without numbering, and without the colon of a title that stands
// above what it names: 二、服务员, 销售经理：.
func (v *view) bareTitle(i int32) string {
	leaf := &v.o.Leaves[i]
	text := dropNumbering(leaf.Text)
	bare := strings.TrimRight(text, "：: ")
	if bare == text || len(bare) == 0 || len(bare) > 60 {
		return text
	}
	e := &v.o.Elements[leaf.Element]
	alone := e.Last-e.First == 1
	for p := e; alone && !dom.Block(p.Node) && p.Parent >= 0; alone = p.Last-p.First == 1 {
		p = &v.o.Elements[p.Parent]
	}
	if !alone || words.LooksTitle(bare) != words.Title || !v.dutiesSoon(i) {
		return text // 招聘主管： may stand above the name of one
	}
	return bare
}

// dutiesReach is how many texts behind a title with a colon its duties must begin.
const dutiesReach = 8

func (v *view) dutiesSoon(i int32) bool {
	for l := i + 1; l <= i+dutiesReach && int(l) < len(v.o.Leaves); l++ {
		if v.announces(l) == words.DutiesOf {
			return true
		}
	}
	return false
}

// saidNear is what the classes of an element and of the two around it say, as long as those
// hold little more.
func (v *view) saidNear(element int32) uint32 {
	said := v.o.Elements[element].Class
	for n, p := 0, v.o.Elements[element].Parent; p >= 0 && n < 2; n, p = n+1, v.o.Elements[p].Parent {
		e := &v.o.Elements[p]
		if n > 0 && e.Last-e.First > 3 {
			break
		}
		said |= e.Class
	}
	return said
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

// neighbour tells the job that a page about another one names beneath as the one before or
// after it: 上一条：机械工程师.
func (v *view) neighbour(i int32) bool {
	if i == 0 || len(v.o.Leaves[i-1].Text) > 24 {
		return false
	}
	switch strings.TrimRight(casing.Lower(v.o.Leaves[i-1].Text), ":： ") {
	case "上一条", "下一条", "上一篇", "下一篇", "上一个", "下一个", "上一则", "下一则", "上一页", "下一页", "上一职位", "下一职位", "previous job", "next job", "previous post", "next post":
		return true
	}
	return false
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

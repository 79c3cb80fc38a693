package induce

import (
	"dealvitals/crawler/extract/anyof"
	"dealvitals/crawler/extract/casing"
	"dealvitals/crawler/extract/dates"
	"dealvitals/crawler/extract/jobs/words"
	"dealvitals/crawler/extract/records"
)

// weigh counts what speaks for a record being a posting: its title, a link to one job,
// facts that stand beside jobs, duties, class names.
func (v *view) weigh(r *rec) {
	if r.title < 0 {
		return
	}
	r.rate = v.titleRate(r.title)
	links := map[string]bool{}
	linked := false
	var found factSet
	found.kind = words.Counted(v.o.Leaves[r.title].Text) != "" // how many are wanted
	for l := r.from; l < r.to; l++ {
		leaf := &v.o.Leaves[l]
		if link := v.o.Elements[leaf.Element].Link; link >= 0 {
			href := v.o.Link(leaf.Element)
			switch v.kindOf(href) {
			case jobLink:
				links[identity(href)] = true
			case otherLink:
				linked = true
			}
		}
		if l != r.title {
			v.factOf(leaf.Text, v.label(l), l, &found)
		}
	}
	r.links, r.facts, r.duties = len(links), found.count(), found.duties
	if r.links > 0 {
		r.rate += 2
	} else if linked {
		r.rate++
	}
	r.rate += min(r.facts, 3)
	if r.duties {
		r.rate += 2
	}
	if v.o.Elements[r.element].Around&sayJob != 0 {
		r.rate++
	}
}

// titleRate is what of a record's rate its title makes.
func (v *view) titleRate(title int32) int {
	if title < 0 {
		return 0
	}
	return int(min(v.score[title], 6))
}

// factSet is which kinds of facts a record holds.
type factSet struct {
	date, place, pay, kind, apply, duties bool
}

func (f *factSet) count() int {
	n := 0
	for _, b := range []bool{f.date, f.place, f.pay, f.kind, f.apply} {
		if b {
			n++
		}
	}
	return n
}

// factOf notes the facts that a text states, a leaf's or a piece of it; named is what it is
// as a heading.
func (v *view) factOf(text string, named words.Label, leaf int32, f *factSet) {
	if len(text) > 90 {
		return
	}
	for _, p := range words.Pairs(text) {
		f.label(p.Label)
	}
	if pieces := words.Pieces(text); pieces != nil {
		for _, piece := range pieces {
			v.factOf(piece, words.LabelOf(piece), leaf, f)
		}
		return
	}
	e := &v.o.Elements[v.o.Leaves[leaf].Element]
	label := v.columnOf(v.o.Leaves[leaf].Element)
	if label == words.NoLabel {
		label, _ = words.Labelled(text)
	}
	if label == words.NoLabel {
		label = named
	}
	f.label(label)
	switch {
	case !f.pay && words.Salary(text):
		f.pay = true
	case !f.kind && words.Fact(text):
		f.kind = true
	case !f.place && (e.Class&sayPlace != 0 || words.Place(text)):
		f.place = true
	case !f.apply && applies(text):
		f.apply = true
	case !f.date:
		if _, ok := dates.ParseIn(text, v.d.At, v.order); ok {
			f.date = true
		}
	}
}

func (f *factSet) label(label words.Label) {
	switch label {
	case words.PostedOn, words.UpdatedOn, words.Until:
		f.date = true
	case words.PlaceOf:
		f.place = true
	case words.SalaryOf:
		f.pay = true
	case words.HeadcountOf:
		f.kind = true
	case words.DutiesOf:
		f.duties = true
	}
}

var applyWords = anyof.Of("apply", "申请", "应聘", "投递", "投简历", "报名", "bewerben", "postuler", "沟通")

func applies(text string) bool {
	return len(text) < 40 && applyWords.In(casing.Lower(text))
}

// sideBox tells a box of suggestions by the heading before it or the class around it.
func (v *view) sideBox(r rec) bool {
	if v.o.Elements[r.element].Region&records.Aside != 0 {
		return true
	}
	for l := r.from - 1; l >= 0 && l > r.from-6; l-- {
		t := v.o.Leaves[l].Text
		if len(t) < 50 && sideHeads.In(casing.Lower(t)) {
			return true
		}
	}
	return false
}

var sideHeads = anyof.Of("相似", "相关职位", "相关岗位", "推荐", "热门职位", "热门岗位", "热招", "看了又看", "还看了", "猜你喜欢", "其他职位", "其它职位", "更多职位", "最近浏览", "similar", "related", "recommended", "you may also", "you might", "more jobs", "other jobs", "recently viewed", "featured", "hot jobs", "people also", "other open")

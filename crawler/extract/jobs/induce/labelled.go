package induce

import (
	"dealvitals/crawler/extract/jobs/words"
	"dealvitals/signals"
)

const (
	// labelledReach is how far behind the title of a labelled job its facts are looked for.
	labelledReach = 40
	// labelledFacts is how many labels beside the title's make such a job.
	labelledFacts = 3
)

// labelledJob reads the one job of a page that writes it as a table or list of labels and
// values (職種 | エンジニア, 勤務地 | 東京): nothing in it stands alike but the rows.
func (v *view) labelledJob() (signals.Posting, bool) {
	title := int32(-1)
	for i := 1; i < len(v.o.Leaves); i++ {
		l := int32(i)
		if v.label(l-1) != words.TitleOf || v.score[l] < seedScore || v.columnOf(v.o.Leaves[i].Element) != words.NoLabel {
			continue
		}
		if title >= 0 {
			return signals.Posting{}, false // several: they are no one job
		}
		title = l
	}
	if title < 0 || v.o.Elements[v.o.Leaves[title].Element].Region&outside != 0 {
		return signals.Posting{}, false
	}
	end := min(title+labelledReach, int32(len(v.o.Leaves)))
	labels := 0
	for l := title + 1; l < end; l++ {
		if v.label(l) != words.NoLabel {
			labels++
		}
	}
	if labels < labelledFacts {
		return signals.Posting{}, false
	}
	r := rec{from: title, to: end, element: v.o.Leaves[title].Element, title: title}
	p := v.posting(&r)
	p.URL = v.d.URL
	if p.ID = identity(p.URL + "#" + p.Title); p.ID == "" {
		p.ID = p.Title + "|" + p.Place
	}
	return p, true
}

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

// labelledJobs reads the jobs of a page that writes each as a table or list of labels and
// values (職種 | エンジニア, 勤務地 | 東京): nothing in it stands alike but the rows. The one job of
// a page has the page's address.
func (v *view) labelledJobs() []signals.Posting {
	titles := v.labelledTitles()
	if len(titles) == 0 {
		return nil
	}
	wanted := labelledFacts
	if len(titles) > 1 {
		wanted = 2 // that they come again speaks for them, too
	}
	all := make([]signals.Posting, 0, len(titles))
	for i, title := range titles {
		end := min(title+labelledReach, int32(len(v.o.Leaves)))
		if i+1 < len(titles) {
			end = min(end, titles[i+1]-1)
		}
		end = v.beforeOutside(title+1, end)
		labels := 0
		for l := title + 1; l < end; l++ {
			if v.label(l) != words.NoLabel {
				labels++
			}
		}
		if labels < wanted {
			return nil
		}
		r := rec{from: title, to: end, element: v.o.Leaves[title].Element, title: title}
		all = append(all, v.posting(&r))
	}
	if len(all) > 1 {
		return Distinct(all)
	}
	p := &all[0]
	p.URL = v.d.URL
	if p.ID = identity(p.URL + "#" + p.Title); p.ID == "" {
		p.ID = p.Title + "|" + p.Place
	}
	return all
}

// maxLabelledTitle is the longest title, in bytes, that a label alone makes one.
const maxLabelledTitle = 90

// labelledTitles are the texts behind the labels of titles, nil where none reads like a job.
func (v *view) labelledTitles() []int32 {
	var titles []int32
	seeded := false
	for i := 1; i < len(v.o.Leaves); i++ {
		l, leaf := int32(i), &v.o.Leaves[i]
		if v.label(l-1) != words.TitleOf || v.label(l) != words.NoLabel || len(leaf.Text) > maxLabelledTitle || v.columnOf(leaf.Element) != words.NoLabel || v.o.Elements[leaf.Element].Region&outside != 0 {
			continue
		}
		seeded = seeded || v.score[l] >= seedScore
		titles = append(titles, l)
	}
	if !seeded {
		return nil
	}
	return titles
}

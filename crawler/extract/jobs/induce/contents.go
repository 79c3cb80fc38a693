package induce

import (
	"slices"
	"strings"

	"dealvitals/signals"
)

// withoutContents leaves out the entries of a page's own table of contents: links to a spot
// on the same page under the title of a job that is written there in full.
func (v *view) withoutContents(recs []rec, all []signals.Posting) ([]rec, []signals.Posting) {
	if !slices.ContainsFunc(recs, v.toSpot) {
		return recs, all
	}
	written := map[string]bool{}
	for i := range recs {
		if !v.toSpot(recs[i]) {
			written[all[i].Title] = true
		}
	}
	kept, out := recs[:0], all[:0]
	for i := range recs {
		if all[i].Place == "" && all[i].Posted == nil && v.toSpot(recs[i]) && written[all[i].Title] {
			continue
		}
		kept, out = append(kept, recs[i]), append(out, all[i])
	}
	return kept, out
}

// toSpot tells that the title of a record links to a spot on the page itself.
func (v *view) toSpot(r rec) bool {
	href := v.o.Link(v.o.Leaves[r.title].Element)
	return len(href) > 1 && strings.HasPrefix(href, "#") && !strings.HasPrefix(href, "#/") && !strings.HasPrefix(href, "#!")
}

package jsonlist

import (
	"fmt"

	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/crawler/extract/jobs/words"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// enoughAlone is the score from which on a single object is taken for a job: there is no
// list around it that would say so.
const enoughAlone = 8

// singleKeys are where answers of one job put it.
var singleKeys = []string{"", "data", "result", "content", "job", "posting", "position", "jobPosting", "jobPostingInfo", "postInfo", "detail", "info", "Data", "data.job", "data.position", "data.detail", "data.jobPosting", "data.info", "result.job", "data.job_post_detail", "zpData.jobInfo", "retValue", "body", "resultbody"}

// single is the result of an answer that is one job.
func single(root any, d *page.Document) (page.Result, bool) {
	for _, path := range singleKeys {
		m := value.Object(root, path)
		if len(m) < 4 {
			continue
		}
		r := rate(&list{records: []map[string]any{m}})
		if r.score < enoughAlone || words.LooksTitle(text(r.fields[0].own[r.titleKey])) == words.NotTitle || !describes(r.fields[0]) {
			continue
		}
		rd := newReader(d, r)
		p, ok := rd.posting(r.fields[0])
		if !ok {
			continue
		}
		return page.Result{
			Outcome: signals.OutcomeOK, Form: page.FormDetail, Extractor: extractor, Charset: d.Charset, Postings: []signals.Posting{p},
			Why: fmt.Sprintf("one job at %q", path),
		}, true
	}
	return page.Result{}, false
}

// describes tells an object that describes a job, as a page of one job does.
func describes(f record) bool {
	for _, k := range []string{"description", "descriptionhtml", "descriptionplain", "jobdescription", "jobdesc", "content", "responsibility", "responsibilities", "requirement", "requirements", "duty", "duties", "jobduty", "workcontent", "workconcet", "servicecondition", "positiondescription", "positiondesc", "positiondemand", "qualification", "qualifications", "contents", "require", "jobrequire", "mainbusiness"} {
		if !blank(f.own[k]) {
			return true
		}
	}
	return false
}

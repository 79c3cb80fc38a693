package systems

// Liepin 猎聘 (www.liepin.com, api-c.liepin.com).
//
// POST https://api-c.liepin.com/api/com.liepin.searchfront4c.pc-search-job gives {"flag":1,
// "data":{"data":{"jobCardList":[{"job":{…},"comp","recruiter"}]},"pagination":{"totalCounts",
// "totalPage"}}}; totals stop at a cap. refreshTime is a refresh: there is no opening date.
var liepin = System{
	Name: "liepin",
	JSON: []board{{
		Hosts: []string{"liepin.com"}, Items: []string{"data.data.jobCardList", "data.jobCardList", "data.data.list", "data.list"}, Shape: []string{"job.title", "job.jobId|job.link"},
		Title: []string{"job.title"}, ID: []string{"job.jobId"}, Place: []string{"job.dq"}, Link: []string{"job.link"}, Updated: []string{"job.refreshTime"}, Total: []string{"data.pagination.totalCounts", "data.data.pagination.totalCounts"},
	}},
}

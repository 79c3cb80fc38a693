package systems

import (
	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/crawler/extract/page"
)

// Meituan 美团 (zhaopin.meituan.com).
//
// POST /api/official/job/getJobList with {"page":{"pageNo": from 1,"pageSize"}} gives
// {"status":1,"data":{"list":[…],"page":{"totalCount"}}}. firstPostTime is the opening in
// ms, refreshTime a refresh.
var meituan = System{
	Name: "meituan",
	JSON: []board{{
		Hosts: []string{"zhaopin.meituan.com"}, Path: "job", Items: []string{"data.list"}, Shape: []string{"name", "jobUnionId"},
		Title: []string{"name"}, ID: []string{"jobUnionId"}, Place: []string{"cityList"}, Published: []string{"firstPostTime"}, Updated: []string{"refreshTime", "modifyTime"}, Total: []string{"data.page.totalCount", "data.total"},
		Address: func(_ *page.Document, r any) string {
			return "https://zhaopin.meituan.com/web/position/detail?jobUnionId=" + value.Text(r, "jobUnionId")
		},
		Next: postPage("pageNo", 1, 10, `{"page":{"pageNo":{n},"pageSize":10},"jobShareType":"1","keywords":"","cityList":[],"department":[],"jfJgList":[],"jobType":[{"code":"3","subCode":[]}],"typeCode":[],"specialCode":[]}`),
	}},
}

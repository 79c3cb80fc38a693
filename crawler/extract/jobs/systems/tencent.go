package systems

import (
	"dealvitals/crawler/extract/jobs/jsonlist/value"
)

// Tencent 腾讯 (careers.tencent.com).
//
// GET /tencentcareer/api/post/Query?pageIndex=1&pageSize=10 gives {"Code":200,"Data":{
// "Count","Posts":[…]}}. LastUpdateTime ("2026年11月24日") is a change, not the opening: there
// is no other date. PostURL is the page of the job.
var tencent = System{
	Name: "tencent",
	JSON: []board{{
		Hosts: []string{"careers.tencent.com"}, Path: "query", Items: []string{"Data.Posts"}, Answer: []string{"Data.Posts"}, Shape: []string{"RecruitPostName"},
		Title: []string{"RecruitPostName"}, ID: []string{"PostId"}, Place: []string{"LocationName"}, Link: []string{"PostURL"}, Updated: []string{"LastUpdateTime"}, Total: []string{"Data.Count"},
		Closed: func(r any) bool { return value.False(r, "IsValid") },
	}},
}

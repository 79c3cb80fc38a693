package systems

import (
	"dealvitals/crawler/extract/jobs/jsonlist/value"
)

// Dayee 大易 (wecruit.hotjob.cn, *.hotjob.cn, wintalent.cn, and companies' own domains).
//
// POST /wecruit/positionInfo/listPosition/{suite} gives {"state":"200","data":{"pageForm":
// {"pageData":[…],"dataCount","totalPage"}}}; older sites GET /wt/{company}/web/json/position/
// list and get {"req_state":200,"pageCount","postList":[…]}. publishDate is the publication,
// endDate the deadline.
var hotjob = System{
	Name: "hotjob",
	JSON: []board{{
		Hosts: []string{"hotjob.cn", "wintalent.cn"}, Items: []string{"data.pageForm.pageData", "data.pageData", "pageForm.pageData", "postList", "data.postList"}, Shape: []string{"postName", "postId"},
		Title: []string{"postName"}, ID: []string{"postId"}, Place: []string{"workPlaceStr", "workPlace", "workPlaceName"}, Published: []string{"publishDate", "publishFirstDate", "publishTime"}, Updated: []string{"refreshDate", "updateDate"},
		Total: []string{"data.pageForm.dataCount", "data.pageForm.totalCount", "data.pageForm.rowCount", "data.pageForm.total", "rowCount", "totalCount"}, Headcount: "recruitNum",
		Closed: func(r any) bool { return value.Text(r, "postStatus") == "closed" },
	}},
}

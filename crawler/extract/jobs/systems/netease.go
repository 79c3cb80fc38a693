package systems

import (
	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/crawler/extract/page"
)

// NetEase 网易 (hr.163.com).
//
// POST https://hr.163.com/api/hr163/position/queryPage with {"currentPage": from 1,
// "pageSize"} gives {"code":200,"data":{"total","pages","list":[…]}}. updateTime is a change
// in ms; there is no date of opening.
var netease = System{
	Name: "netease",
	JSON: []board{{
		Hosts: []string{"hr.163.com"}, Path: "position", Items: []string{"data.list"}, Shape: []string{"name", "workPlaceNameList|firstDepName|reqWorkYearsName", "id"},
		Title: []string{"name"}, ID: []string{"id"}, Place: []string{"workPlaceNameList"}, Published: []string{"publishTime", "createTime"}, Updated: []string{"updateTime"}, Total: []string{"data.total"}, Headcount: "recruitNum",
		Address: func(_ *page.Document, r any) string {
			if id := value.Text(r, "id"); id != "" {
				return "https://hr.163.com/job-detail.html?id=" + id
			}
			return ""
		},
		Next: postPage("currentPage", 1, 10, `{"currentPage":{n},"pageSize":10}`),
	}},
}

package systems

import (
	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/crawler/extract/page"
)

// Lagou 拉勾 (www.lagou.com).
//
// POST /jobs/positionAjax.json gives {"success":true,"content":{"positionResult":{
// "totalCount","result":[…]}}}; totalCount stops at a cap. createTime is the publication,
// which a refresh renews; lastLogin is no date of the job. Visitors that ask often get
// {"status":false,"msg":"您操作太频繁,请稍后再访问"}. Rendered lists are li.con_list_item with
// "…发布" in .format-time.
var lagou = System{
	Name: "lagou",
	JSON: []board{{
		Hosts: []string{"lagou.com"}, Items: []string{"content.positionResult.result", "content.data.page.result", "content.result"}, Answer: []string{"content"}, Shape: []string{"positionName", "positionId"},
		Title: []string{"positionName"}, ID: []string{"positionId"}, Place: []string{"city"}, Published: []string{"createTime"}, Total: []string{"content.positionResult.totalCount", "content.data.page.totalCount"},
		Address: func(_ *page.Document, r any) string {
			return "https://www.lagou.com/jobs/" + value.Text(r, "positionId") + ".html"
		},
	}},
	HTML: []listing{{
		Hosts: []string{"lagou.com"}, Marks: []string{"con_list_item"},
		Row: css("li.con_list_item"), Title: css("a.position_link h3", "h3"), Place: css(".add em", ".add"), Link: css("a.position_link"), Date: css(".format-time"), ID: "data-positionid",
	}},
}

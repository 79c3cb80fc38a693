package systems

import (
	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/crawler/extract/page"
)

// Alibaba 阿里巴巴 and its companies (talent.alibaba.com, talent.antgroup.com, careers.aliyun.com,
// talent.taotian.com, talent.ele.me, …).
//
// POST /position/search with {"channel","language","pageIndex": from 1,"pageSize"} gives
// {"success":true,"content":{"datas":[…],"totalCount"}}. publishTime is the publication in
// ms, modifyTime a change. Without its token the answer is a login or error page.
var alibaba = System{
	Name: "alibaba",
	JSON: []board{{
		Hosts: []string{"talent.alibaba.com", "talent-holding.alibaba.com", "antgroup.com", "careers.aliyun.com", "talent.taotian.com", "talent.ele.me"}, Path: "position/search", Items: []string{"content.datas", "content.data"}, Answer: []string{"content"}, Shape: []string{"name|title", "workLocations|workLocation|categories|batchName", "id|code"},
		Title: []string{"name", "title"}, ID: []string{"id", "code"}, Place: []string{"workLocations", "workLocation"}, Link: []string{"positionUrl"}, Published: []string{"publishTime", "gmtPublish", "gmtCreate"}, Updated: []string{"modifyTime", "gmtModified"},
		Total: []string{"content.totalCount", "totalCount", "content.total"}, Headcount: "headCount",
		Closed: func(r any) bool {
			s := value.Text(r, "status")
			return s == "closed" || s == "offline"
		},
		Address: func(d *page.Document, r any) string {
			if o := origin(d); o != "" && value.Text(r, "id") != "" {
				return o + "/off-campus/position-detail?positionId=" + value.Text(r, "id")
			}
			return ""
		},
		Next: postPage("pageIndex", 1, 10, `{"channel":"group_official_site","language":"zh","pageIndex":{n},"pageSize":10}`),
	}},
}

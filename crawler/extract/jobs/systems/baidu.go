package systems

import (
	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/crawler/extract/page"
)

// Baidu 百度 (talent.baidu.com).
//
// POST /httservice/getPostListNew with form fields recruitType, pageSize, curPage gives
// {"status":"ok","data":{"list":[…],"total","pageNum"}}. publishDate is the publication,
// updateDate a change.
var baidu = System{
	Name: "baidu",
	JSON: []board{{
		Hosts: []string{"talent.baidu.com"}, Path: "postlist", Items: []string{"data.list", "postList"}, Shape: []string{"name", "postId", "workPlace|publishDate"},
		Title: []string{"name", "postName"}, ID: []string{"postId"}, Place: []string{"workPlace"}, Published: []string{"publishDate"}, Updated: []string{"updateDate"}, Total: []string{"data.total", "total"}, Headcount: "recruitNum",
		Address: func(_ *page.Document, r any) string {
			if id := value.Text(r, "postId"); id != "" {
				return "https://talent.baidu.com/jobs/detail/SOCIAL/" + id
			}
			return ""
		},
	}},
}

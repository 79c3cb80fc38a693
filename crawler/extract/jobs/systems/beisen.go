package systems

import (
	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/crawler/extract/page"
	"dealvitals/crawler/extract/pattern"
)

// Beisen 北森 (*.zhiye.com, *.italent.cn).
//
// POST https://{company}.zhiye.com/api/Jobad/GetJobAdPageList with {"PageIndex": from 0,
// "PageSize", "Category": ["1" 社招, "2" 校招, "3" 实习]} gives {"Code":200,"Count","Data":
// […]}. PostDate is the publication, ChangeDate a change. Older portals render a table or
// list on the server.
var beisen = System{
	Name: "beisen",
	JSON: []board{{
		Hosts: []string{"zhiye.com"}, Path: "jobad", Items: []string{"Data", "Data.List", "data.Data"}, Shape: []string{"JobAdName", "Id|JobAdId"},
		Title: []string{"JobAdName", "JobName"}, ID: []string{"Id", "JobAdId"}, Place: []string{"LocNames", "LocName", "WorkPlace"},
		Published: []string{"PostDate", "PostDateInt", "PublishDate"}, Updated: []string{"ChangeDate", "UpdateDate", "ModifiedTime"}, Total: []string{"Count", "Total"}, Headcount: "HeadCount",
		Address: func(d *page.Document, r any) string {
			if id := value.Text(r, "Id"); id != "" && onHost(d, []string{"zhiye.com"}) {
				return origin(d) + "/social/detail?jobAdId=" + id
			}
			return ""
		},
		Next: postPage("PageIndex", 0, 20, `{"PageIndex":{n},"PageSize":20,"KeyWords":"","SpecialType":0}`),
	}},
	Link: []linkShape{
		{Mark: ".zhiye.com", Pattern: pattern.New(`https?://([\w-]+)\.zhiye\.com`), URL: "https://$1.zhiye.com/api/Jobad/GetJobAdPageList", Method: "POST", Body: `{"PageIndex":0,"PageSize":20,"KeyWords":"","SpecialType":0}`},
	},
}

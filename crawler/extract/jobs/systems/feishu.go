package systems

import (
	"strings"

	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/crawler/extract/page"
)

// Feishu recruiting 飞书招聘 ({company}.jobs.feishu.cn, jobs.bytedance.com, careers.tiktok.com,
// and companies' own domains).
//
// POST /api/v1/search/job/posts with {"limit","offset",…} gives {"code":0,"data":{"count",
// "job_post_list":[…]}}. publish_time is the publication in ms, often missing. count stops at
// 10 000 (a cap). A wrong signature or token answers with another code and no data. Rendered
// lists are a[data-id] around .positionItem, without dates.
var feishu = System{
	Name: "feishu",
	JSON: []board{{
		Hosts: []string{"jobs.feishu.cn", "jobs.bytedance.com", "lifeattiktok.com", "careers.tiktok.com"}, Items: []string{"data.job_post_list", "data.result.job_post_list", "job_post_list"}, Answer: []string{"data.job_post_list|data.result|job_post_list"}, Shape: []string{"title", "id"},
		Title: []string{"title"}, ID: []string{"id", "code"}, Place: []string{"city_list", "city_info"}, Published: []string{"publish_time"}, Total: []string{"data.count", "data.result.count", "count"}, Headcount: "head_count",
		Address: feishuAddress,
		Next:    postNext("offset", `{"keyword":"","limit":10,"offset":{n},"job_category_id_list":[],"location_code_list":[],"subject_id_list":[],"recruitment_id_list":[],"portal_type":6,"job_function_id_list":[]}`),
	}},
	HTML: []listing{{
		Hosts: []string{"jobs.feishu.cn", "jobs.bytedance.com"}, Marks: []string{"positionItem-title-text"},
		Row: css("a:has(.positionItem-title-text)"), Title: css(".positionItem-title-text"), Place: css(".positionItem-subTitle > span:first-child", ".positionItem-subTitle"), ID: "data-id",
	}},
}

func feishuAddress(d *page.Document, r any) string {
	id, o := value.Text(r, "id"), origin(d)
	switch {
	case id == "" || o == "":
		return ""
	case strings.HasSuffix(o, "jobs.bytedance.com"):
		return o + "/experienced/position/" + id + "/detail"
	case onHost(d, []string{"jobs.feishu.cn"}):
		return o + "/index/position/" + id + "/detail"
	}
	return ""
}

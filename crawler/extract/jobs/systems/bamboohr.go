package systems

import (
	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/crawler/extract/page"
	"dealvitals/crawler/extract/pattern"
)

// BambooHR ({company}.bamboohr.com).
//
// GET https://{company}.bamboohr.com/careers/list gives {"meta":{"totalCount"},"result":[…]}
// on one page, without dates. /jobs/embed2.php renders li.BambooHR-ATS-Jobs-Item.
var bambooHR = System{
	Name: "bamboohr",
	JSON: []board{{
		Hosts: []string{"bamboohr.com"}, Items: []string{"result"}, Answer: []string{"result", "meta.totalCount"}, Shape: []string{"jobOpeningName"},
		Title: []string{"jobOpeningName"}, ID: []string{"id"}, Place: []string{"location", "atsLocation"}, Published: []string{"datePosted"}, Total: []string{"meta.totalCount"},
		Address: func(d *page.Document, r any) string {
			if o := origin(d); o != "" {
				return o + "/careers/" + value.Text(r, "id")
			}
			return ""
		},
	}},
	HTML: []listing{{
		Hosts: []string{"bamboohr.com"}, Marks: []string{"BambooHR-ATS-Jobs"},
		Row: css(".BambooHR-ATS-Jobs-Item"), Title: css("a"), Place: css(".BambooHR-ATS-Location"), ID: "id",
		None: css(".BambooHR-ATS-board .BambooHR-ATS-Description", ".BambooHR-ATS-No-Jobs"),
	}},
	Link: []linkShape{
		{Mark: `id="BambooHR"`, Pattern: pattern.New(`data-domain="([\w-]+)\.bamboohr\.com"`), URL: "https://$1.bamboohr.com/careers/list", Certain: true},
		{Mark: ".bamboohr.com/", Pattern: pattern.New(`https?://([\w-]+)\.bamboohr\.com/(?:careers|jobs|js/embed)`), URL: "https://$1.bamboohr.com/careers/list"},
	},
}

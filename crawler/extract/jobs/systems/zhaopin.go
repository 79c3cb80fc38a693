package systems

import "dealvitals/signals"

// Zhaopin 智联招聘 (www.zhaopin.com, fe-api.zhaopin.com, company.zhaopin.com).
//
// GET https://fe-api.zhaopin.com/c/i/sou?start=0&pageSize=90 gave {"code":200,"data":{
// "count","numFound","results":[…]}}; pages now hold the same records as "positionList" in
// window.__INITIAL_STATE__. createDate is the publication, updateDate a refresh, which the
// site does by itself; newer records have publishTime and firstPublishTime. numTotal and the
// like are capped. Rendered lists are .joblist-box__item cards without dates; the oldest are
// table.newlist, whose last column is the refresh.
var zhaopin = System{
	Name: "zhaopin",
	JSON: []board{{
		Hosts: []string{"fe-api.zhaopin.com"}, Path: "/c/i/", Items: []string{"data.results", "data.list", "data.data.list"}, Shape: []string{"jobName|name", "positionURL|positionUrl|number", "company|companyName|salary|salary60"},
		Title: []string{"jobName", "name"}, ID: []string{"number", "jobId", "positionNumber"}, Place: []string{"workCity", "city.display", "city"}, Link: []string{"positionURL", "positionUrl"},
		Published: []string{"firstPublishTime", "createDate", "publishTime"}, Updated: []string{"updateDate"}, Total: []string{"data.numFound", "data.numTotal", "data.count"},
	}},
	HTML: []listing{{
		Hosts: []string{"zhaopin.com"}, Marks: []string{"joblist-box__item"},
		Row: css(".joblist-box__item"), Title: css(".jobinfo__name", ".iteminfo__line1__jobname__name", ".iteminfo__line1__jobname", ".jobinfo__top a"), Place: css(".jobinfo__other-info-item", ".iteminfo__line2__jobdesc__demand__item", ".job-area"), Link: css("a.jobinfo__name", ".jobinfo__top a", "a.joblist-box__iteminfo"),
	}, {
		Hosts: []string{"zhaopin.com"}, Marks: []string{`class="newlist"`},
		Row: css("table.newlist"), Title: css("td.zwmc a"), Place: css("td.gzdd"), Date: css("td.gxsj span"), Basis: signals.DateUpdated,
	}},
}

package systems

// Zhaopin 智联招聘 (www.zhaopin.com, fe-api.zhaopin.com, company.zhaopin.com).
//
// GET https://fe-api.zhaopin.com/c/i/sou?start=0&pageSize=90 gave {"code":200,"data":{
// "count","numFound","results":[…]}}; pages now hold the same records as "positionList" in
// window.__INITIAL_STATE__. createDate is the publication, updateDate a refresh, which the
// site does by itself; newer records have publishTime and firstPublishTime. numTotal and the
// like are capped.
var zhaopin = System{
	Name: "zhaopin",
	JSON: []board{{
		Hosts: []string{"fe-api.zhaopin.com"}, Items: []string{"data.results", "data.list", "data.data.list"}, Shape: []string{"jobName|name", "positionURL|positionUrl|number", "company|companyName|salary|salary60"},
		Title: []string{"jobName", "name"}, ID: []string{"number", "jobId", "positionNumber"}, Place: []string{"workCity", "city.display", "city"}, Link: []string{"positionURL", "positionUrl"},
		Published: []string{"firstPublishTime", "createDate"}, Updated: []string{"publishTime", "updateDate"}, Total: []string{"data.numFound", "data.numTotal", "data.count"},
	}},
}

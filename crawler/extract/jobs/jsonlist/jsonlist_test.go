package jsonlist_test

import (
	"testing"
	"time"

	"dealvitals/crawler/extract/jobs/jsonlist"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, signals.Shanghai)

func read(t *testing.T, url, body string) page.Result {
	t.Helper()
	r, _ := jsonlist.Read(page.Open(page.Page{URL: url, Body: []byte(body), At: noon}))
	return r
}

func TestAnswersBecomeTheOutcomeThatTheyState(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       signals.Outcome
		count      int
	}{
		{"a list of jobs", `{"code":0,"data":{"list":[{"jobName":"前端工程师","city":"北京"},{"jobName":"会计","city":"上海"}],"total":2}}`, signals.OutcomeOK, 2},
		{"a bare array with weak names", `[{"id":1,"title":"Data Engineer","location":"Berlin","url":"/jobs/1"},{"id":2,"title":"Office Manager","location":"Paris","url":"/jobs/2"}]`, signals.OutcomeOK, 2},
		{"Elasticsearch", `{"hits":{"total":{"value":1,"relation":"eq"},"hits":[{"_id":"a","_source":{"title":"Nurse","location":"Ulm","department":"Care"}}]}}`, signals.OutcomeOK, 1},
		{"GraphQL edges", `{"data":{"jobs":{"edges":[{"node":{"title":"Welder","city":"Essen","slug":"welder"}}],"totalCount":1}}}`, signals.OutcomeOK, 1},
		{"JSONP", `cb({"jobs":[{"title":"Cook","location":"Rome"}]});`, signals.OutcomeOK, 1},
		{"JSON inside a string", `{"code":200,"data":"[{\"positionName\":\"测试工程师\",\"workCity\":\"杭州\"}]"}`, signals.OutcomeOK, 1},
		{"jobs keyed by their id", `{"jobs":{"1042":{"title":"Plumber","city":"Bonn"},"1043":{"title":"Painter","city":"Bonn"}}}`, signals.OutcomeOK, 2},
		{"jobs of several departments", `{"departments":[{"name":"IT","jobs":[{"id":1,"title":"Developer","location":"A"}]},{"name":"HR","jobs":[{"id":2,"title":"Recruiter","location":"B"},{"id":1,"title":"Developer","location":"A"}]}]}`, signals.OutcomeOK, 2},
		{"one row for each place", `{"jobs":[{"id":7,"title":"Driver","city":"A"},{"id":7,"title":"Driver","city":"B"}]}`, signals.OutcomeOK, 1},
		{"an empty list of jobs", `{"jobs":[]}`, signals.OutcomeEmpty, 0},
		{"an empty list in an answer that succeeded", `{"code":0,"msg":"success","data":{"list":[],"total":0}}`, signals.OutcomeEmpty, 0},
		{"suggestions beside an empty list", `{"code":200,"data":{"list":[],"total":0,"recommendList":[{"jobName":"司机","city":"北京"}]}}`, signals.OutcomeEmpty, 0},
		{"an empty list of anything", `{"list":[]}`, signals.OutcomeNotRelevant, 0},
		{"an empty list whose total says more", `{"code":0,"data":{"jobs":[],"total":57}}`, signals.OutcomeNotRelevant, 0},
		{"not logged in", `{"code":401,"msg":"请先登录","data":null}`, signals.OutcomeLogin, 0},
		{"not logged in, with an empty list", `{"code":10001,"message":"token已失效，请重新登录","data":{"list":[],"total":0}}`, signals.OutcomeLogin, 0},
		{"asked too often", `{"status":false,"msg":"您操作太频繁,请稍后再访问","clientIp":"1.2.3.4","state":2402}`, signals.OutcomeBlocked, 0},
		{"an unusual visitor", `{"code":37,"message":"您的访问行为异常.","zpData":{"seed":"x","name":"y","ts":1}}`, signals.OutcomeBlocked, 0},
		{"no such board", `{"status":404,"error":"Job not found"}`, signals.OutcomeNotFound, 0},
		{"a broken server", `{"timestamp":"2026-11-24T10:00:00Z","status":500,"error":"Internal Server Error","path":"/jobs"}`, signals.OutcomeUnreachable, 0},
		{"an encrypted answer", `{"code":0,"data":"U2FsdGVkX18mQ2r4Vx0z7Yt1c9J3kPqLw8ZsN5bT6uHdFgAeRiOyXcVbNmQwErTyUiOpAsDfGhJkLzXcVbNm1234","necromancer":"a1b2c3d4e5f60718"}`, signals.OutcomeScriptShell, 0},
		{"products", `{"products":[{"name":"Office Chair","price":"99","sku":"A1","url":"/p/1"},{"name":"Desk","price":"199","sku":"A2","url":"/p/2"}]}`, signals.OutcomeNotRelevant, 0},
		{"news", `{"code":0,"data":{"list":[{"title":"公司召开年会","publishTime":"2026-11-01","author":"办公室","url":"/news/1"}],"total":1}}`, signals.OutcomeNotRelevant, 0},
		{"filters only", `{"data":{"categories":[{"id":1,"name":"研发工程师","count":3},{"id":2,"name":"产品经理","count":1}]}}`, signals.OutcomeNotRelevant, 0},
		{"people", `{"data":[{"name":"Ann Lee","title":"Sales Manager","avatar":"/a.png","bio":"Ann leads sales."}]}`, signals.OutcomeNotRelevant, 0},
		{"configuration", `{"apiUrl":"https://x","locale":"de","features":{"jobs":true}}`, signals.OutcomeNotRelevant, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := read(t, "", c.body)
			if r.Outcome != c.want || len(r.Postings) != c.count {
				t.Errorf("got %s with %d postings (%s), want %s with %d", r.Outcome, len(r.Postings), r.Why, c.want, c.count)
			}
		})
	}
}

func TestAnEmptyListCountsWhereTheRequestWasForJobs(t *testing.T) {
	for _, c := range []struct {
		url, body string
		want      signals.Outcome
	}{
		{"https://x.example/api/position/list?page=1", `{"code":200,"msg":"success","data":{"list":[]}}`, signals.OutcomeEmpty},
		{"https://x.example/api/v1/jobs", `{"success":true,"data":[]}`, signals.OutcomeEmpty},
		{"https://x.example/api/v1/jobs", `{"success":true,"data":[],"total":12}`, signals.OutcomeNotRelevant},
		{"https://x.example/api/v1/jobs", `{"data":[]}`, signals.OutcomeNotRelevant},
		{"https://x.example/api/job/categories", `{"success":true,"data":[]}`, signals.OutcomeNotRelevant},
		{"https://x.example/api/news/list", `{"code":200,"msg":"success","data":{"list":[]}}`, signals.OutcomeNotRelevant},
		{"https://x.example/api/jobs/42", `{"code":200,"msg":"success","data":{"list":[]}}`, signals.OutcomeNotRelevant},
		{"https://x.example/api/jobs", `{"code":403,"msg":"forbidden","data":{"list":[]}}`, signals.OutcomeBlocked},
	} {
		if r := read(t, c.url, c.body); r.Outcome != c.want {
			t.Errorf("%s %s: got %s (%s), want %s", c.url, c.body, r.Outcome, r.Why, c.want)
		}
	}
}

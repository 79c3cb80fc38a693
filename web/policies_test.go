package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"dealvitals/scorer"
)

// yaml is the default policy as people edit it, with one thing replaced.
func yaml(t *testing.T, old, by string) string {
	t.Helper()
	var text strings.Builder
	if err := scorer.DefaultPolicy().WriteYAML(&text); err != nil {
		t.Fatal(err)
	}
	return strings.Replace(text.String(), old, by, 1)
}

func TestAPolicyIsDraftedSimulatedAndPublishedOnItsPage(t *testing.T) {
	w := newWorld(t)
	w.login("sales_ops")
	w.get("/policies").is(http.StatusNotFound, "/policies")
	w.post("/logout", nil)
	w.login("admin")
	w.get("/policies").is(http.StatusOK, "/policies").says("评分与冻结规则", "自动冻结", `href="/policies/versions/1"`, "half_life_days", "已发布版本")

	bad := url.Values{"base": {"1"}, "comment": {"更严"}, "policy": {yaml(t, "max_days: 90", "max_days: 0")}}
	w.post("/policies", bad).is(http.StatusUnprocessableEntity, "/policies").says("line", "/freeze/max_days", "更严", "max_days: 0")
	good := url.Values{"base": {"1"}, "comment": {"人工确认 <b>"}, "policy": {yaml(t, "mode: automatic", "mode: propose") + "approval: {second_person: true}\n"}}
	w.post("/policies", good).is(http.StatusOK, "/policies/draft-0001").says("/freeze/mode", "automatic", "propose", "/approval/second_person", "人工确认 &lt;b&gt;", "模拟")
	w.get("/policies/draft-0001?simulate").is(http.StatusOK, "/policies/draft-0001").says("个进行中的商机")
	w.post("/policies/draft-0001", url.Values{"action": {"publish"}}).is(http.StatusOK, "/policies").says("已发布")
	w.post("/policies/draft-0001", url.Values{"action": {"withdraw"}}).is(http.StatusConflict, "/policies/draft-0001").says("已发布或已撤回")

	w.post("/policies", good).is(http.StatusUnprocessableEntity, "/policies").says("已发布了新的规则版本")
	again := url.Values{"base": {"2"}, "comment": {"一人即可"}, "policy": {yaml(t, "", "")}}
	w.post("/policies", again).is(http.StatusOK, "/policies/draft-0002").says("须由您以外的管理员发布")
	w.post("/policies/draft-0002", url.Values{"action": {"publish"}}).is(http.StatusConflict, "/policies/draft-0002").says("须由起草人以外的管理员发布")
	w.post("/policies/draft-0002", url.Values{"action": {"withdraw"}}).is(http.StatusOK, "/policies").says("草案已撤回", "已撤回")
	w.post("/policies/draft-0002", url.Values{"action": {"dance"}}).is(http.StatusBadRequest, "/policies/draft-0002")
	w.get("/policies/versions/1").is(http.StatusOK, "/policies/versions/1").says("规则版本 1", "half_life_days")
	w.get("/policies/versions/9").is(http.StatusNotFound, "/policies/versions/9")
	w.get("/policies/nothing").is(http.StatusNotFound, "/policies/nothing")
	w.get("/policies?lang=en").is(http.StatusOK, "/policies").says("Published versions")
}

package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"dealvitals/scorer"
)

func TestOnlyReviewersGetIn(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/", "/deals/D-1", "/targets", "/data", "/evidence/" + capturedHash, "/nothing"} {
		w.get(path).is(http.StatusOK, "/login").doesNotSay("李雷", "宏图")
	}
	w.post("/login", url.Values{"key": {"dv_wrong"}}).is(http.StatusForbidden, "/login").says("密钥无效")
	w.login("commission").is(http.StatusForbidden, "/login").says("角色不能使用看板")
	w.login("ingest").is(http.StatusForbidden, "/login")
	w.login("sales_ops").is(http.StatusOK, "/").says("a sales_ops", "退出")
	w.post("/logout", nil).is(http.StatusOK, "/login")
	w.get("/").is(http.StatusOK, "/login")
}

func TestSessionEndsWithItsKeyAndItsTime(t *testing.T) {
	w := newWorld(t)
	w.login("admin").is(http.StatusOK, "/")
	w.pass(3 * time.Hour)
	w.get("/").is(http.StatusOK, "/login")
	w.login("admin").is(http.StatusOK, "/")
	w.must(w.db.Keys.Revoke(t.Context(), w.keys["admin"].ID, w.clock(), "me"))
	w.get("/").is(http.StatusOK, "/login")
}

func TestLoginLeadsNowhereElse(t *testing.T) {
	w := newWorld(t)
	for _, next := range []string{"//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", ""} {
		w.post("/login", url.Values{"key": {w.secrets["admin"]}, "next": {next}}).is(http.StatusOK, "/")
	}
	w.post("/login", url.Values{"key": {w.secrets["admin"]}, "next": {"/deals/D-1"}}).is(http.StatusOK, "/deals/D-1")
}

func TestFlaggedDealsShowThreeFactorsInChinese(t *testing.T) {
	w := newWorld(t)
	p := w.login("sales_ops").is(http.StatusOK, "/")
	p.says("异常商机", "&lt;b&gt;一期&lt;/b&gt;", "宏图机械有限公司", "李雷", "华东", "1,234.57 万元", "53.3", "冷关系",
		`<span class="band high">高</span>`, `<span class="band low">低</span>`, "上升", "持平", "下降",
		`<span class="tag frozen">冻结</span>`, "自 2026-11-24", `<th scope="col">客户</th>`, `lang="zh-CN"`)
	p.doesNotSay("数据中台", "<script", "style=", "http://")
	for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer"} {
		if got := p.header.Get(name); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
	if policy := p.header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
		t.Errorf("the policy is %s", policy)
	}
	w.get("/?owner=" + url.QueryEscape("韩梅梅")).says("没有符合条件的商机")
	w.get("/?scope=all").says("全部商机", "数据中台", "41 万 EUR", "未知")
	w.get("/?scope=all&diagnosis=unknown").says("数据中台").doesNotSay("一期")
	w.get("/?after=nonsense!").is(http.StatusBadRequest, "/")
	w.get("/?lang=en").says("Flagged deals", "cold relationship", "frozen", "CNY 12,345,679", `lang="en"`)
	w.get("/data").says("Missing data")
}

func TestMissingDataIsNamedAndNeverLow(t *testing.T) {
	w := newWorld(t)
	w.login("sales_ops")
	p := w.get("/data").is(http.StatusOK, "/data").says("缺失的数据不按“低”处理", "数据中台", "招聘", "未知", "网站拦截了采集")
	p.doesNotSay(`class="band low"`, "一期")
	w.get("/targets").is(http.StatusOK, "/targets").says("T1", "招聘", "宏图机械有限公司", "被拦截", "降低频率", "captcha", "需要处理", "被拒之门外")
	w.get("/targets/T1").is(http.StatusOK, "/targets/T1").says("T1", "被拦截", "降低频率", "captcha", "最近 1 次采集的条目数", "<svg")
	w.get("/data").says(`href="/targets?customer=C1"`)
	w.get("/targets?customer=C1").is(http.StatusOK, "/targets").says("T1", "只显示与 宏图机械有限公司 有关的目标", "显示全部")
	w.get("/targets?customer=C9").is(http.StatusOK, "/targets").says("还没有采集目标").doesNotSay(">T1<")
	w.get("/targets/T9").is(http.StatusNotFound, "/targets/T9")
}

func TestDealIsExplainedAndDecidedUpon(t *testing.T) {
	w := newWorld(t)
	w.login("sales_ops")
	p := w.get("/deals/D-1").is(http.StatusOK, "/deals/D-1")
	p.says("评分走势", `<svg xmlns="http://www.w3.org/2000/svg"`, "健康度")
	p.says("三项体征", "作出决定", "确认冻结", "解除冻结", "登记异议", "决定记录", "系统", `name="after" value="1"`)
	p.doesNotSay("答复异议")

	w.post("/deals/D-1/decisions", url.Values{"action": {"release"}, "after": {"1"}, "note": {" "}}).is(http.StatusUnprocessableEntity, "/deals/D-1/decisions").says("必须说明理由")
	w.post("/deals/D-1/decisions", url.Values{"action": {"release"}, "after": {"1"}, "note": {"x"}, "until": {"2020-01-01"}}).is(http.StatusUnprocessableEntity, "/deals/D-1/decisions").says("有效期已经过去")
	w.post("/deals/D-1/decisions", url.Values{"action": {"release"}, "after": {"0"}, "note": {"x"}}).is(http.StatusConflict, "/deals/D-1/decisions").says("最新状态")
	w.post("/deals/D-1/decisions", url.Values{"action": {"release"}}).is(http.StatusBadRequest, "/deals/D-1/decisions")

	w.post("/deals/D-1/decisions", url.Values{"action": {"dispute"}, "after": {"1"}, "note": {"客户换了微信"}}).is(http.StatusOK, "/deals/D-1").says("已记录", "异议", "答复异议", "客户换了微信")
	w.pass(time.Minute)
	w.post("/deals/D-1/decisions", url.Values{"action": {"answer"}, "after": {"2"}, "upheld": {"no"}, "note": {"属实"}}).is(http.StatusOK, "/deals/D-1").says("a sales_ops", "属实")
	decisions, err := w.db.Verdicts.Decisions(t.Context(), "D-1", w.clock())
	w.must(err)
	if last := decisions[len(decisions)-1]; len(decisions) != 3 || last.State != scorer.FreezeClear || last.Actor != "a sales_ops" {
		t.Errorf("the decisions are %+v", decisions)
	}
	w.get("/deals/ghost").is(http.StatusNotFound, "/deals/ghost").says("没有找到")
}

func TestFormsFromOtherSitesAreRefused(t *testing.T) {
	w := newWorld(t)
	w.login("sales_ops")
	for name, headers := range map[string]map[string]string{
		"another site, new browser": {"Sec-Fetch-Site": "cross-site"},
		"a sister site":             {"Sec-Fetch-Site": "same-site"},
		"another site, old browser": {"Origin": "https://evil.example"},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.server.URL+"/deals/D-1/decisions", strings.NewReader("action=release&after=1&note=x"))
			w.must(err)
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			for key, value := range headers {
				r.Header.Set(key, value)
			}
			response, err := w.client.Do(r)
			w.must(err)
			defer response.Body.Close()
			if response.StatusCode != http.StatusForbidden {
				t.Errorf("answered %d", response.StatusCode)
			}
		})
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.server.URL+"/login", strings.NewReader("key="+w.secrets["admin"]))
	w.must(err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := http.DefaultTransport.RoundTrip(r)
	w.must(err)
	defer response.Body.Close()
	if cookie := response.Header.Get("Set-Cookie"); !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Strict") || strings.Contains(cookie, w.secrets["admin"]) {
		t.Errorf("the cookie is %s", cookie)
	}
}

// Behind a proxy that speaks TLS the session's cookie is for TLS only.
func TestTheCookieKeepsToTLS(t *testing.T) {
	w := newWorld(t)
	for proto, secure := range map[string]bool{"https": true, "http": false, "": false} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.server.URL+"/login", strings.NewReader("key="+w.secrets["admin"]))
		w.must(err)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("X-Forwarded-Proto", proto)
		response, err := http.DefaultTransport.RoundTrip(r)
		w.must(err)
		w.must(response.Body.Close())
		if got := strings.Contains(response.Header.Get("Set-Cookie"), "Secure"); got != secure || (response.Header.Get("Strict-Transport-Security") != "") != secure {
			t.Errorf("over %q the cookie is %s", proto, response.Header.Get("Set-Cookie"))
		}
	}
}

func TestEvidenceIsShownAsTextOnly(t *testing.T) {
	w := newWorld(t)
	w.login("admin")
	p := w.get("/evidence/"+capturedHash).is(http.StatusOK, "/evidence/"+capturedHash)
	p.says("https://example.com/jobs", "2026-11-24 12:00", `<pre class="words" tabindex="0">招聘`, "a b &lt;c&gt;", "&lt;script&gt;alert(1)")
	p.doesNotSay("<script>")
	for query, back := range map[string]string{"?deal=D-1": `href="/deals/D-1">← 商机 D-1`, "?target=T1": `href="/targets/T1">← 采集目标 T1`, "?review": `href="/matches">`} {
		w.get("/evidence/"+capturedHash+query).is(http.StatusOK, "/evidence/"+capturedHash).says(back)
	}
	w.get("/evidence/"+strings.Repeat("0", 64)).is(http.StatusNotFound, "/evidence/"+strings.Repeat("0", 64))
}

package outcome

import (
	"fmt"
	"strings"

	"dealvitals/crawler/extract/page"
)

// missingWords are what pages that are not there say in their title or headings.
var missingWords = []string{
	"404", "页面不存在", "页面没有找到", "页面未找到", "找不到页面", "找不到该页", "无法找到", "页面走丢", "页面丢失", "页面已删除", "页面找不到", "您访问的页面", "你访问的页面", "访问的页面不存在", "文件不存在", "内容不存在", "信息不存在", "网页不存在", "頁面不存在", "找不到網頁",
	"职位不存在", "职位已下线", "职位已关闭", "职位已过期", "职位已停止", "职位已失效", "该职位已", "岗位不存在", "岗位已下线", "该岗位已", "职位已结束", "停止招聘", "职位已被删除", "职位已暂停",
	"page not found", "not found", "page can't be found", "page cannot be found", "page doesn't exist", "page does not exist", "page you requested", "page you're looking for", "page you are looking for", "page no longer exists", "nothing here", "oops", "doesn't exist", "no longer exists", "seite nicht gefunden", "page introuvable", "página no encontrada",
	"job not found", "no longer available", "no longer accepting", "no longer open", "no longer active", "position has been filled", "job has expired", "job is closed", "position is closed", "posting has expired", "job you are looking for", "job you're looking for", "has been closed", "job posting is no longer", "this job has been", "position you are looking for", "no longer advertised",
}

// missingSure are those that tell even in the middle of a page that shows more.
var missingSure = []string{"页面不存在", "您访问的页面不存在", "你访问的页面不存在", "页面未找到", "page not found", "page you requested could not be found", "page you are looking for", "page you're looking for", "找不到您要", "职位已下线", "职位已关闭", "职位不存在", "该职位已", "job is no longer available", "position is no longer available", "job has expired", "position has been filled", "no longer accepting applications", "job posting is no longer available", "指定的主题不存在", "没有找到您要访问的页面", "您要查看的页面不存在", "该页面不存在", "该信息不存在", "文章不存在", "内容不存在或已删除"}

// missing tells a page that says that it is not there, whatever its status code.
func missing(s *sight) (string, bool) {
	if t, told := s.headed(missingWords); told && !codeInside(t) {
		return fmt.Sprintf("the page is headed %q", clip(t)), true
	}
	if t, told := s.has(missingSure, 200); told && s.runes < 2500 {
		return fmt.Sprintf("the page says %q", clip(t)), true
	}
	if t, told := s.has(missingWords, 120); told && s.runes < 300 && !codeInside(t) {
		return fmt.Sprintf("the page says %q", clip(t)), true
	}
	return "", false
}

// codeInside tells that 404 is part of a longer number and the page says nothing else.
func codeInside(t string) bool {
	low := strings.ToLower(t)
	for _, w := range missingWords[1:] {
		if strings.Contains(low, w) {
			return false
		}
	}
	i := strings.Index(low, "404")
	digit := func(k int) bool { return k >= 0 && k < len(low) && low[k] >= '0' && low[k] <= '9' }
	return i < 0 || digit(i-1) || digit(i+3)
}

var loginTitles = []string{"登录", "登錄", "登陆", "统一身份认证", "身份认证", "log in", "login", "sign in", "signin", "single sign-on", "anmelden", "connexion", "authwall", "sign up | linkedin", "sso"}

var loginPhrases = []string{"请先登录", "请登录后", "登录后查看", "登录后才能", "登录后可见", "登录可见", "登录后可查看", "登录后浏览", "升级会员", "开通会员", "会员可见", "您还没有登录", "您尚未登录", "未登录", "请您登录", "登录已过期", "登录超时", "请重新登录", "扫码登录", "需要登录", "登录查看", "please log in", "please login", "please sign in", "sign in to continue", "log in to continue", "you must be logged in", "you need to sign in", "login required", "sign in to view", "join linkedin", "session has expired", "session expired", "authentication required"}

// login tells a page that lets nobody in without an account.
func login(d *page.Document, s *sight) (string, bool) {
	titled := ""
	for _, t := range append([]string{s.title}, s.headings...) {
		low := strings.ToLower(t)
		for _, w := range loginTitles {
			if strings.Contains(low, w) && len([]rune(t)) < 50 {
				titled = t
			}
		}
	}
	switch {
	case s.password && titled != "" && s.runes < 3000:
		return fmt.Sprintf("a password field on a page headed %q", clip(titled)), true
	case s.password && s.runes < 500:
		return "a password field on a page that shows little else", true
	case titled != "" && s.runes < 600 && containsAny(strings.ToLower(titled), []string{"登录", "登陆", "身份认证", "log in", "login", "sign in"}) && strings.EqualFold(titled, s.title) && !strings.Contains(titled, "招聘"):
		return fmt.Sprintf("the page is headed %q", clip(titled)), true
	}
	if t, told := s.has(loginPhrases, 200); told && s.runes < 900 {
		return fmt.Sprintf("the page says %q", clip(t)), true
	}
	if addressOfLogin(d.URL) && s.runes < 3000 && (s.password || titled != "" || s.mount != "") {
		return "the address is that of a login", true
	}
	return "", false
}

func addressOfLogin(address string) bool {
	low := strings.ToLower(address)
	return containsAny(low, []string{"/login", "/signin", "/sign-in", "/authwall", "/passport", "/cas/", "sso.", "login."})
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

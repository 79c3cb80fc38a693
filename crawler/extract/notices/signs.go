package notices

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/page"
)

// Signs by which a page without notices says what it is. They are only asked where no
// notices stand on the page.

var (
	goneTitle  = regexp.MustCompile(`(?i)\b404\b|not found|页面不存在|找不到|不存在|已删除|已下架|出错了|错误页|页面丢失|访问的页面|error page`)
	goneText   = regexp.MustCompile(`(?i)(?:您|你)?(?:访问|查看|请求|浏览|要查找)的?(?:页面|内容|信息|公告|文章|网页|资源)(?:[^。]{0,12})(?:不存在|已(?:被)?(?:删除|移除|下架|失效)|找不到|无法找到)|(?:页面|公告|信息|文章|内容|该项目|网页)(?:不存在|已(?:被)?(?:删除|移除|下架|失效)|走丢|找不到)|page (?:you requested |you are looking for )?(?:was |could )?not (?:be )?found|no longer available|404 error|error 404|http 404|抱歉[^。]{0,12}(?:找不到|不存在)`)
	challenge  = regexp.MustCompile(`(?i)访问验证|安全验证|人机验证|滑动验证|请完成验证|请输入验证码(?:后)?(?:继续)?|访问过于频繁|访问频繁|操作频繁|请求过于频繁|访问被(?:拒绝|拦截|阻断)|您的访问(?:被|存在|行为)|网站防火墙|云防护|web应用防火墙|异常流量|access denied|are you (?:a )?(?:human|robot)|verify you are human|checking your browser|just a moment|attention required|unusual traffic|request blocked|too many requests|security check|ddos protection|captcha|request unsuccessful`)
	wafScript  = regexp.MustCompile(`(?i)acw_sc__v|aliyun_waf|arg1\s*=\s*'[0-9A-F]|_waf_|__jsl_clearance|cf-browser-verification|cf_chl_|_Incapsula_|distil_|datadome|yunsuo_session|safeline|__tst_status|WAF_NC|jsjiami|\$_ts\s*=|challenge-platform|px-captcha|awsWaf|geetest_challenge`)
	loginTitle = regexp.MustCompile(`(?i)登录|登陆|用户登录|sign ?in|log ?in|统一身份认证|single sign-on`)
	loginText  = regexp.MustCompile(`(?i)请(?:先)?登录(?:后)?(?:查看|访问|浏览|继续|再)?|登录后(?:可|才能)?(?:查看|浏览|访问)|您(?:还)?(?:没有|未)登录|登录已(?:过期|失效|超时)|会员(?:可见|才能查看|专享)|开通会员|please (?:log|sign) ?in|you must (?:be logged|log|sign) in|sign in to (?:continue|view)|session (?:has )?expired`)
	noneText   = regexp.MustCompile(`(?i)(?:暂无|没有|未(?:查询|检索|搜索)?(?:到|找到)|查无|无)(?:任何|相关|符合条件的?|匹配的?|满足条件的?)*(?:数据|记录|信息|公告|结果|内容|项目|招标|采购)|没有(?:找到|搜索到|查询到|检索到)|(?:共|找到|搜索到)\s*0\s*(?:条|个|项)|no (?:matching |open |current |active )?(?:results?|records?|tenders?|bids?|notices?|opportunit(?:y|ies)|solicitations?|data)(?: were| was| are| is)?(?: currently)?(?: found| available| at this time| to display|\.)|there are (?:currently )?no (?:open |active |current )?(?:bids?|tenders?|opportunities|solicitations|notices|bid postings)|0 (?:results|records|items) found|keine (?:treffer|ergebnisse|ausschreibungen)|aucun(?:e)? (?:résultat|avis|marché)`)
	tenderText = regexp.MustCompile(`(?i)招标|采购|中标|投标|公共资源|交易中心|tender|bid|procure|solicitation|opportunit|contract|ausschreibung|vergabe|marché`)
)

// gone tells a page that says with status 200 that it is not there. A notice may speak of
// what is not there; a page that is gone says little else.
func gone(d *page.Document) bool {
	title := pageTitle(d.HTML())
	text := visible(d.HTML())
	short := utf8.RuneCountInString(text) < 1500
	if goneTitle.MatchString(title) && utf8.RuneCountInString(title) < 60 && (short || goneText.MatchString(text)) {
		return true
	}
	head := firstRunes(text, 600)
	return short && goneText.MatchString(head) || heading404(d.HTML())
}

// heading404 tells a page whose heading says that it is gone.
func heading404(root *html.Node) bool {
	h := dom.First(root, func(n *html.Node) bool {
		if n.DataAtom != atom.H1 && n.DataAtom != atom.H2 {
			return false
		}
		t := dom.TextUpTo(n, 200)
		return len(t) < 120 && (goneText.MatchString(t) || t == "404")
	})
	return h != nil
}

// challenged tells a captcha or firewall: by its scripts, or by its words on a page that
// says little else.
func challenged(d *page.Document, text string) bool {
	short := utf8.RuneCountInString(text) < 1200
	if short && wafScript.Match(d.Text) {
		return true
	}
	return short && (challenge.MatchString(text) || challenge.MatchString(pageTitle(d.HTML())))
}

// walled tells a page that shows nothing without a login.
func walled(d *page.Document, text string) bool {
	short := utf8.RuneCountInString(text) < 1200
	password := dom.First(d.HTML(), func(n *html.Node) bool {
		return n.DataAtom == atom.Input && strings.EqualFold(dom.Attr(n, "type"), "password")
	}) != nil
	title := pageTitle(d.HTML())
	return short && (password && (loginTitle.MatchString(title) || loginText.MatchString(text) || utf8.RuneCountInString(text) < 300) || loginText.MatchString(firstRunes(text, 500)) && !noneText.MatchString(text)) ||
		loginTitle.MatchString(title) && password && utf8.RuneCountInString(title) < 30
}

// pictureOnly tells a fragment that is nothing but a picture of a notice.
func pictureOnly(root *html.Node, text string) bool {
	if utf8.RuneCountInString(text) > 12 {
		return false
	}
	images, scripts := 0, 0
	dom.Walk(root, func(n *html.Node) bool {
		switch n.DataAtom {
		case atom.Img:
			images++
		case atom.Script, atom.Iframe:
			scripts++
		}
		return true
	})
	return images > 0 && scripts == 0
}

// saysEmpty tells a list that says that it has nothing. Templates and hidden notes say so on
// every page, so only what a reader sees counts.
func saysEmpty(d *page.Document, text string) bool {
	return noneText.MatchString(text) && (tenderText.MatchString(text) || tenderText.MatchString(pageTitle(d.HTML()))) && !templated.MatchString(text)
}

// templated are the marks of templates that a browser has not filled in.
var templated = regexp.MustCompile(`\{\{[^}]{1,80}\}\}|<%=|\$\{[^}]{1,60}\}`)

// unfilled tells a page that a browser fills: an application's empty root, a template, or a
// table with a head and no rows.
func unfilled(d *page.Document, text string) bool {
	scripts, emptyRoot, emptyTable := 0, false, false
	dom.Walk(d.HTML(), func(n *html.Node) bool {
		switch {
		case n.DataAtom == atom.Script:
			scripts++
		case n.DataAtom == atom.Div && appRoot[strings.ToLower(dom.Attr(n, "id"))] && len(dom.TextUpTo(n, 200)) < 60:
			emptyRoot = true
		case (n.DataAtom == atom.Table || n.DataAtom == atom.Tbody || n.DataAtom == atom.Ul) && dom.HasAttr(n, "id"):
			emptyTable = emptyTable || len(dom.TextUpTo(n, 100)) < 40
		case n.DataAtom == atom.Table:
			emptyTable = emptyTable || headOnly(n)
		}
		return true
	})
	if templated.MatchString(text) {
		return true
	}
	if scripts == 0 {
		return false
	}
	return emptyRoot || utf8.RuneCountInString(text) < 80 || emptyTable && utf8.RuneCountInString(text) < 2500 ||
		needsScript.MatchString(text)
}

var needsScript = regexp.MustCompile(`(?i)enable javascript|requires javascript|启用\s*javascript|开启\s*javascript|javascript is (?:disabled|required)|正在加载|加载中|数据加载|loading\.\.\.`)

// appRoot are the ids of the elements that applications are mounted in.
var appRoot = map[string]bool{"app": true, "root": true, "__next": true, "__nuxt": true, "q-app": true, "main-app": true, "application": true, "container-app": true}

// headOnly tells a table that has nothing but a head.
func headOnly(table *html.Node) bool {
	heads, cells := 0, 0
	dom.Walk(table, func(n *html.Node) bool {
		switch n.DataAtom {
		case atom.Th:
			heads++
		case atom.Td:
			cells++
		}
		return true
	})
	return heads >= 2 && cells == 0
}

func pageTitle(root *html.Node) string {
	n := dom.First(root, func(n *html.Node) bool { return n.DataAtom == atom.Title && n.FirstChild != nil })
	if n == nil {
		return ""
	}
	return dom.Clean(n.FirstChild.Data)
}

// visible is what a reader sees of the page: without what its own style hides.
func visible(root *html.Node) string {
	var b strings.Builder
	dom.Walk(root, func(n *html.Node) bool {
		switch n.Type {
		case html.TextNode:
			b.WriteString(n.Data)
			b.WriteByte(' ')
		case html.ElementNode:
			return !dom.Unseen(n) && !dom.Hidden(n)
		case html.CommentNode:
			return false
		}
		return true
	})
	return dom.Clean(b.String())
}

func firstRunes(s string, n int) string {
	r := []rune(s)
	return string(r[:min(len(r), n)])
}

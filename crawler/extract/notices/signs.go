package notices

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/outcome"
	"dealvitals/crawler/extract/page"
	"dealvitals/crawler/extract/pattern"
	"dealvitals/signals"
)

// Signs by which a page without notices says what it is. They are only asked where no
// notices stand on the page.

var (
	goneNotice = pattern.New(`(?:公告|公示|项目|标讯|招标信息|采购信息|notice|tender|opportunity|solicitation)\s?(?:不存在|已(?:被)?(?:删除|移除|下架|失效|撤回)|is no longer available|(?:was |could )?not (?:be )?found|has been (?:removed|deleted|archived))`)
	noneText   = pattern.New(`(?i)(?:暂无|没有|未(?:查询|检索|搜索)?(?:到|找到)|查无|无)(?:任何|相关|符合条件的?|匹配的?|满足条件的?)*(?:数据|记录|信息|公告|结果|内容|项目|招标|采购)|没有(?:找到|搜索到|查询到|检索到)|(?:共|找到|搜索到)\s*0\s*(?:条|个|项)|no (?:matching |open |current |active )?(?:results?|records?|tenders?|bids?|notices?|opportunit(?:y|ies)|solicitations?|data)(?: were| was| are| is)?(?: currently)?(?: found| available| at this time| to display|\.)|there are (?:currently )?no (?:open |active |current )?(?:bids?|tenders?|opportunities|solicitations|notices|bid postings)|0 (?:results|records|items) found|keine (?:treffer|ergebnisse|ausschreibungen)|aucun(?:e)? (?:résultat|avis|marché)|no hay (?:licitaciones|resultados|anuncios)|no se (?:han )?encontra|nessun (?:bando|risultato|avviso)|nenhum(?:a)? (?:licitação|resultado|edital)|(?:公告|案件|調達情報|入札情報)は(?:ありません|ございません)|(?:데이터|공고|결과)가 없습니다|ничего не найдено|не найдено (?:закупок|записей)`)
	tenderText = pattern.New(`(?i)招标|采购|中标|投标|公共资源|交易中心|tender|bid|procure|solicitation|opportunit|contract|ausschreibung|vergabe|marché|licitaci|licitaç|bandi|bando|入札|調達|입찰|закупк`)
)

// gone tells a page that says with status 200 that it, or its notice, is not there. A
// notice may speak of what is not there; a page that is gone says little else.
func gone(d *page.Document) bool {
	if o, _, told := outcome.Of(d); told && o == signals.OutcomeNotFound {
		return true
	}
	text := visible(d.HTML())
	return utf8.RuneCountInString(text) < 1500 && goneNotice.MatchString(strings.ToLower(firstRunes(text, 600)))
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
var templated = pattern.New(`\{\{[^}]{1,80}\}\}|<%=|\$\{[^}]{1,60}\}`)

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

var needsScript = pattern.New(`(?i)enable javascript|requires javascript|启用\s*javascript|开启\s*javascript|javascript is (?:disabled|required)|正在加载|加载中|数据加载|loading\.\.\.`)

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

package notices

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/notices/detail"
	"dealvitals/crawler/extract/notices/kind"
	"dealvitals/crawler/extract/notices/list"
	"dealvitals/crawler/extract/outcome"
	"dealvitals/crawler/extract/page"
	"dealvitals/crawler/extract/pattern"
	"dealvitals/signals"
)

// verdict is what a page of HTML is.
type verdict struct {
	outcome signals.Outcome
	form    page.Form
	why     string
}

// Thresholds of what makes a list or a notice. They were set on the pages of the corpus and
// on fixtures of our own; a page between them is no measurement.
const (
	strongList  = 3   // notices of a list that stands by itself
	strongFacts = 3   // labelled fields of a notice that stands by itself
	listShare   = 0.3 // share of the page's text in a list, beside a notice that also stands
)

// judge weighs the list and the single notice that a page seems to hold. What is plainly
// there counts more than a word on the page: captchas are laid over full lists, and login
// forms stand beside them. Only where nothing stands does the page's word decide.
func judge(d *page.Document, l list.Found, one detail.Found) verdict {
	saysGone := gone(d)
	isList := l.Stands && (len(l.Notices) >= strongList || l.Dated > 0.5)
	isOne := stands(one) && !saysGone
	if isOne && !l.Linked && one.TypeStated {
		isList = false // the rows of a table within a notice
	}
	if other := otherTrade(d, one); other != "" && (!isList || l.Share < listShare) && !purchaseFacts(one) {
		return verdict{signals.OutcomeNotRelevant, "", other}
	}
	switch {
	case isList && !isOne && !saysGone:
		return verdict{signals.OutcomeOK, page.FormList, fmt.Sprintf("%d records that read as notices", len(l.Notices))}
	case isList && isOne && !ownNotice(l, one) && (l.Share >= listShare || one.Facts < strongFacts && l.Dated > 0.8 && l.Typed > 0.8):
		return verdict{signals.OutcomeOK, page.FormList, fmt.Sprintf("%d records that read as notices fill the page", len(l.Notices))}
	case isOne:
		return verdict{signals.OutcomeOK, page.FormDetail, fmt.Sprintf("a notice with %d labelled fields", one.Facts)}
	}
	return nothing(d, one, saysGone)
}

// ownNotice tells a page whose heading and labels are those of one notice, beside which a
// list of related ones stands, however long.
func ownNotice(l list.Found, one detail.Found) bool {
	if !one.TypeStated || one.Facts < strongFacts || one.Repeats*2 >= len(l.Notices) && one.Repeats > 2 {
		return false
	}
	for i := range l.Notices {
		if l.Notices[i].Title == one.Notice.Title {
			return false
		}
	}
	return true
}

// stands tells whether enough speaks for a single notice.
func stands(f detail.Found) bool {
	switch {
	case f.Notice.Title == "" || kind.Document(f.Notice.Title):
		return false
	case f.Facts >= strongFacts && (f.Parties || f.Notice.ProjectNo != "" || f.TypeStated):
		return true
	case f.Facts >= 2 && f.Parties && f.Notice.ProjectNo != "":
		return true
	case f.TypeStated && f.Facts >= 1 && (f.Parties || f.Notice.ProjectNo != ""):
		return true
	case f.TypeStated && f.Parties && f.TextSize > 300 && announced.MatchString(f.Notice.Title):
		return true
	}
	return false
}

// announced are the words of titles that announce something.
var announced = pattern.New(`公告|公示|邀请|通知书|意向|结果|询价|调研|征集|比选|遴选`)

// purchaseFacts tells a notice whose fields only a purchase has.
func purchaseFacts(f detail.Found) bool {
	return f.Facts >= 4 && f.Notice.Buyer != "" && (f.TypeStated || f.Notice.ProjectNo != "") && !kind.NoProcurement(f.Notice.Title)
}

// otherTrade tells pages about what is sold or let, and news: why they are none of ours.
func otherTrade(d *page.Document, f detail.Found) string {
	if kind.NoProcurement(f.Notice.Title) {
		return "the title announces a sale, a lease or a permit, not a purchase"
	}
	if kind.Of(f.Notice.Title) != "" {
		return ""
	}
	if trail := trailOf(d.HTML()); otherSection.MatchString(trail) {
		return "the page stands in a section for other trades: " + trail
	}
	return ""
}

var otherSection = pattern.New(`国有产权|产权交易|土地(?:使用权|矿业|出让|交易)|矿业权|林权|资产处置|挂牌公告|碳排放|排污权|新闻|资讯|政策法规`)

// trailOf is the path of the page on its site.
func trailOf(root *html.Node) string {
	found := ""
	dom.Walk(root, func(n *html.Node) bool {
		if found != "" {
			return false
		}
		if n.Type == html.ElementNode && dom.Block(n) {
			if t := dom.TextUpTo(n, 300); len(t) < 240 && strings.Contains(t, "首页") && strings.ContainsAny(t, ">»＞") {
				found = t
				return false
			}
		}
		return true
	})
	return found
}

// nothing tells what a page without notices is.
func nothing(d *page.Document, one detail.Found, saysGone bool) verdict {
	if o, why, told := outcome.Of(d); told {
		return verdict{o, "", why}
	}
	text := visible(d.HTML())
	switch {
	case saysGone:
		return verdict{signals.OutcomeNotFound, "", "the page says that it is not there"}
	case pictureOnly(d.HTML(), text):
		return verdict{signals.OutcomeEmpty, page.FormDetail, "the notice is a picture: there is no text to read"}
	case saysEmpty(d, text):
		return verdict{signals.OutcomeEmpty, page.FormList, "the page says that there is nothing"}
	case unfilled(d, text):
		return verdict{signals.OutcomeScriptShell, "", "the content is filled in by a browser"}
	}
	return verdict{signals.OutcomeNotRelevant, "", "neither a list of notices nor a notice was recognised"}
}

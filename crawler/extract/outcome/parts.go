package outcome

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dealvitals/crawler/extract/dom"
)

// recruitments are the parts into which companies divide their hiring, each with the words
// that name it, in lower case.
var recruitments = [...][]string{
	{"校园招聘", "校招", "应届生", "校园招募", "校園徵才", "campus recruit", "campus hiring", "graduate program", "early career", "新卒採用"},
	{"实习生招聘", "实习招聘", "实习岗位", "实习职位", "實習", "internship", "intern program", "praktika", "praktikum", "インターン"},
	{"社会招聘", "社招", "社會招聘", "experienced hire", "experienced professional", "professional hire", "experienced position", "full-time position", "full time position", "中途採用", "キャリア採用"},
}

// parts is a set of recruitments.
type parts uint8

// partsIn are the recruitments that a text names.
func partsIn(text string) parts {
	var all parts
	low := strings.ToLower(text)
	for i, words := range recruitments {
		if containsAny(low, words) {
			all |= 1 << i
		}
	}
	return all
}

// longestName is how long a text may be that names a part of the page, in characters.
const longestName = 30

// ofAPart tells that the page says only of one part of its hiring that nothing is open
// (校园招聘：暂无岗位), and leads to another of which it does not say so. A page that is
// about the one part only says so in its title.
func (s *sight) ofAPart(none func(i int) bool) bool {
	var denied, headed parts
	for i, t := range s.leaves {
		if !none(i) {
			continue
		}
		if own := partsIn(t); own != 0 {
			denied |= own
		} else if above := s.partAbove(i); above != 0 {
			headed |= above
		} else {
			return false // it is said of the whole page
		}
	}
	if subject := partsIn(s.title); subject != 0 && subject&^(denied|headed) == 0 {
		return false
	}
	named := func(texts []string) (all parts) {
		for _, t := range texts {
			if utf8.RuneCountInString(t) <= longestName {
				all |= partsIn(t)
			}
		}
		return all
	}
	if denied != 0 {
		return named(s.leaves)&^(denied|headed) != 0
	}
	return named(s.content)&^headed != 0 // a menu names every part on the page of each
}

// partAbove is the part that one of the two texts before a text is a heading of.
func (s *sight) partAbove(i int) parts {
	for k := i - 1; k >= 0 && k >= i-2; k-- {
		if p := partsIn(s.leaves[k]); p != 0 && utf8.RuneCountInString(s.leaves[k]) <= longestName {
			return p
		}
	}
	return 0
}

// frames are what an element's class or id says that stands around the content of a page.
var frames = []string{"nav", "menu", "header", "footer", "breadcrumb", "crumb", "sidebar", "top-bar", "topbar"}

// framing tells an element that belongs to the frame of a page: its menus, its head and foot.
func framing(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Nav, atom.Header, atom.Footer, atom.Aside:
		return true
	case atom.Body, atom.Html, atom.Main:
		return false
	}
	if class, id := dom.Attr(n, "class"), dom.Attr(n, "id"); len(class)+len(id) > 0 && len(class)+len(id) < 200 {
		return containsAny(strings.ToLower(class+" "+id), frames)
	}
	return false
}

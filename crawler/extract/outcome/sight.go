package outcome

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/page"
)

// sight is what a reader sees of a page, and what its markup says of the rest.
type sight struct {
	title    string
	headings []string // h1 to h3
	leaves   []string // visible texts, hidden and templated ones left out
	content  []string // those of them outside of menus, head and foot
	runes    int      // of all visible text
	links    int
	password bool // a visible password field
	scripts  int
	mount    string // an empty element that a script fills: #app
	template bool   // markup that a script repeats: v-for, ng-repeat, {{ }}
	vacant   string // an empty element whose name says that the list goes there
	loading  bool   // "loading", "加载中" stands on the page
	frame    string // an <iframe> whose address is not an advertisement, a video or a map
	asks     bool   // a script on the page itself fetches something
	noscript string
	framed   int // elements of the frame around what is looked at
}

// maxLeaves bounds what is kept of a long page.
const maxLeaves = 3000

func look(d *page.Document) *sight {
	s := &sight{}
	root := d.HTML()
	if root == nil {
		s.plain(d.Text)
		return s
	}
	s.walk(root, 0)
	return s
}

// plain looks at a text that is no markup.
func (s *sight) plain(text []byte) {
	s.runes = utf8.RuneCount(text)
	for line := range bytes.Lines(text[:min(len(text), 20_000)]) {
		if t := dom.Clean(string(line)); t != "" {
			s.leaves = append(s.leaves, t)
		}
	}
	if len(s.leaves) > 0 {
		s.title = s.leaves[0]
	}
}

func (s *sight) walk(n *html.Node, level int) {
	switch n.Type {
	case html.TextNode:
		s.text(n.Data, level)
		return
	case html.ElementNode:
		if !s.element(n) {
			return
		}
		level = max(level, headingLevel(n))
		if framing(n) {
			s.framed++
			defer func() { s.framed-- }()
		}
	case html.CommentNode, html.DoctypeNode:
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		s.walk(c, level)
	}
}

func headingLevel(n *html.Node) int {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3:
		return 1
	}
	return 0
}

func (s *sight) text(data string, level int) {
	if strings.TrimSpace(data) == "" {
		return
	}
	t := dom.Clean(data)
	if strings.Contains(t, "{{") || strings.Contains(t, "<%") || strings.Contains(t, "${") {
		s.template = true
		return
	}
	s.runes += utf8.RuneCountInString(t)
	if len(s.leaves) < maxLeaves {
		s.leaves = append(s.leaves, t)
		if s.framed == 0 {
			s.content = append(s.content, t)
		}
	}
	if level > 0 && len(t) < 200 {
		s.headings = append(s.headings, t)
	}
	if len(t) < 40 && loadingText(t) {
		s.loading = true
	}
}

func loadingText(t string) bool {
	low := strings.ToLower(t)
	for _, w := range []string{"加载中", "载入中", "正在加载", "努力加载", "loading", "please wait", "请稍候", "請稍候"} {
		if strings.HasPrefix(strings.TrimLeft(low, ". "), w) && !strings.Contains(low, "loading dock") {
			return true
		}
	}
	return false
}

// element notes what an element tells, and whether to look inside.
func (s *sight) element(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Title:
		if n.FirstChild != nil && s.title == "" {
			s.title = dom.Clean(n.FirstChild.Data)
		}
		return false
	case atom.Script:
		s.script(n)
		return false
	case atom.Noscript:
		if n.FirstChild != nil {
			s.noscript += n.FirstChild.Data
		}
		return false
	case atom.Iframe, atom.Frame:
		s.iframe(n)
		return false
	case atom.Input:
		if strings.EqualFold(dom.Attr(n, "type"), "password") {
			s.password = true
		}
		return false
	case atom.A:
		s.links++
	case atom.Template:
		s.template = true
		return false
	case atom.Head:
		return true
	}
	if dom.Unseen(n) || hidden(n) || overlay(n) {
		return false
	}
	if scripted(n) {
		s.template = true
		return false
	}
	s.empty(n)
	return true
}

func (s *sight) script(n *html.Node) {
	kind := strings.ToLower(dom.Attr(n, "type"))
	if strings.Contains(kind, "template") || kind == "text/html" || strings.Contains(kind, "mustache") || strings.Contains(kind, "handlebars") {
		s.template = true
		return
	}
	if strings.Contains(kind, "json") {
		return
	}
	s.scripts++
	if n.FirstChild != nil && containsAny(n.FirstChild.Data, fetches) {
		s.asks = true
	}
}

// fetches are calls by which a script fetches what it shows.
var fetches = []string{"$.ajax", "$.post", "$.get", "jQuery.ajax", "fetch(", "axios", "XMLHttpRequest", "$http"}

// overlay tells what lies over a page until all of it has come, which says nothing of a list.
func overlay(n *html.Node) bool {
	if n.DataAtom != atom.Div && n.DataAtom != atom.Section {
		return false
	}
	name := dom.Attr(n, "class") + " " + dom.Attr(n, "id")
	return len(name) > 8 && len(name) < 120 && containsAny(strings.ToLower(name), []string{"preloader", "pre-loader", "pageloader", "page-loader", "page-loading", "loader-wrap", "loading-overlay"})
}

func (s *sight) iframe(n *html.Node) {
	src := strings.ToLower(dom.Attr(n, "src"))
	if src == "" || strings.HasPrefix(src, "about:") || strings.HasPrefix(src, "javascript:") {
		return
	}
	for _, other := range []string{"youtube", "vimeo", "youku", "map", "googletagmanager", "doubleclick", "facebook", "recaptcha", "captcha", "qq.com", "bilibili", "hubspot", "consent", "analytics", "share", "advert"} {
		if strings.Contains(src, other) {
			return
		}
	}
	s.frame = src
}

// empty notes an element without content whose name says what a script puts there.
func (s *sight) empty(n *html.Node) {
	id := dom.Attr(n, "id")
	class := dom.Attr(n, "class")
	if id == "" && class == "" || holdsAnything(n) {
		return
	}
	switch id {
	case "app", "root", "__next", "__nuxt", "___gatsby", "main-app", "react-root", "app-root", "application", "reactroot", "q-app", "vue-app", "container-app", "ice-container", "svelte", "mount", "ember-app":
		s.mount = id
		return
	}
	if n.DataAtom == atom.Td || n.DataAtom == atom.I || n.DataAtom == atom.Span || n.DataAtom == atom.A || n.DataAtom == atom.Button {
		return
	}
	name := strings.ToLower(id + " " + class)
	for _, w := range []string{"job", "position", "career", "vacanc", "opening", "recruit", "zhaopin", "posting", "zhiwei", "gangwei"} {
		if strings.Contains(name, w) && !strings.Contains(name, "position-") && !strings.Contains(name, "banner") && !strings.Contains(name, "img") {
			s.vacant = strings.TrimSpace(id + " " + class)
			return
		}
	}
}

// holdsAnything tells text, an element that shows something, or more than empty wrappers.
func holdsAnything(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) != "":
			return true
		case c.Type == html.ElementNode && c.DataAtom != atom.Script && c.DataAtom != atom.Style && (c.DataAtom == atom.Img || c.DataAtom == atom.Input || holdsAnything(c)):
			return true
		}
	}
	return false
}

// hidden tells what is not shown: by attribute, style, or the classes that say so.
func hidden(n *html.Node) bool {
	if dom.Hidden(n) {
		return true
	}
	for c := range strings.FieldsSeq(dom.Attr(n, "class")) {
		switch strings.ToLower(c) {
		case "hide", "hidden", "d-none", "none", "sr-only", "visually-hidden", "is-hidden", "uk-hidden", "layui-hide", "template", "ng-hide", "dn", "display-none", "w-condition-invisible":
			return true
		}
	}
	return false
}

// scripted tells an element that a framework shows only when its data say so.
func scripted(n *html.Node) bool {
	for i := range n.Attr {
		switch k := n.Attr[i].Key; {
		case k == "v-if", k == "v-else", k == "v-else-if", k == "v-show", k == "v-for", k == "ng-if", k == "ng-show", k == "ng-hide", k == "ng-repeat", k == "data-ng-repeat", k == "data-ng-show", k == "data-ng-if",
			k == "x-show", k == "x-if", k == "x-for", k == "*ngif", k == "*ngfor", k == "th:if", k == "th:each", k == "wx:if", k == "wx:for", k == "ms-if", k == "ms-for", k == "ms-repeat", k == "v-cloak", k == "ng-cloak":
			return true
		case k == "data-bind" && (strings.Contains(n.Attr[i].Val, "foreach") || strings.Contains(n.Attr[i].Val, "visible") || strings.Contains(n.Attr[i].Val, "if:")):
			return true
		}
	}
	return false
}

// has tells whether one of the visible texts holds one of the words, and which text.
func (s *sight) has(words []string, longest int) (string, bool) {
	for _, t := range s.leaves {
		if len(t) > longest {
			continue
		}
		low := strings.ToLower(t)
		for _, w := range words {
			if strings.Contains(low, w) {
				return t, true
			}
		}
	}
	return "", false
}

// headed is has for the title and the headings.
func (s *sight) headed(words []string) (string, bool) {
	for _, t := range append([]string{s.title}, s.headings...) {
		low := strings.ToLower(t)
		for _, w := range words {
			if strings.Contains(low, w) {
				return t, true
			}
		}
	}
	return "", false
}

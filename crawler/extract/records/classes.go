package records

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dealvitals/crawler/extract/dom"
)

// classed is what a class attribute tells. It is worked out once for each distinct one.
type classed struct {
	make   uint64
	bits   uint32
	region Region
}

func (b *builder) classOf(n *html.Node) classed {
	class, id := "", ""
	hidden := Region(0)
	for i := range n.Attr {
		switch a := &n.Attr[i]; a.Key {
		case "class":
			class = a.Val
		case "id":
			id = a.Val
		case "hidden":
			hidden = Hidden
		case "style":
			if hiddenStyle(a.Val) {
				hidden = Hidden
			}
		case "role":
			hidden |= roles[a.Val]
		}
	}
	c := b.cached(class)
	if id != "" {
		of := b.cached(id)
		c.bits |= of.bits
		c.region |= of.region
	}
	if c.bits&Content != 0 {
		c.region = 0
	}
	c.region |= hidden
	return c
}

func hiddenStyle(style string) bool {
	i := strings.Index(style, "none")
	return i > 0 && strings.Contains(style[:i], "display") || strings.Contains(style, "hidden") && strings.Contains(style, "visibility")
}

var roles = map[string]Region{"navigation": Nav, "contentinfo": Foot, "dialog": Dialog, "button": Control, "complementary": Aside, "tablist": Control}

// maxClass is the longest class attribute that is looked at.
const maxClass = 400

func (b *builder) cached(class string) classed {
	if class == "" || len(class) > maxClass {
		return classed{}
	}
	if c, ok := b.classes[class]; ok {
		return c
	}
	var c classed
	for token := range strings.FieldsSeq(class) {
		if c.make == 0 && !states[token] {
			c.make = tokenHash(token)
		}
		b.tokens(token, &c)
	}
	b.classes[class] = c
	return c
}

// tokens looks at the words of a class name: job-title, jobTitle, job_title.
func (b *builder) tokens(token string, c *classed) {
	if b.words != nil {
		c.bits |= b.words(token)
	}
	var word [24]byte
	n := 0
	end := func() {
		if n > 0 && n < len(word) {
			if w := string(word[:n]); w != "ft" || !strings.ContainsAny(token, "0123456789") { // ft_1200_11, ft14: columns and sizes
				c.region |= regions[w]
			}
		}
		n = 0
	}
	for i := 0; i < len(token); i++ {
		ch := token[i]
		switch {
		case ch >= 'A' && ch <= 'Z':
			if i > 0 && token[i-1] >= 'a' && token[i-1] <= 'z' {
				end()
			}
			ch += 'a' - 'A'
		case ch < 'a' || ch > 'z':
			end()
			continue
		}
		if n < len(word) {
			word[n] = ch
		}
		n = min(n+1, len(word))
	}
	end()
}

var regions = map[string]Region{
	"nav": Nav, "navbar": Nav, "navigation": Nav, "menu": Nav, "submenu": Nav, "navi": Nav, "topbar": Nav, "subnav": Nav, "sidenav": Nav, "megamenu": Nav, "dropdown": Nav,
	"footer": Foot, "foot": Foot, "copyright": Foot, "friendlink": Foot, "footbar": Foot, "ft": Foot,
	"sidebar": Aside, "aside": Aside, "related": Aside, "similar": Aside, "recommend": Aside, "recommended": Aside, "hot": Aside, "tags": Aside, "tagcloud": Aside,
	"breadcrumb": Crumbs, "breadcrumbs": Crumbs, "crumbs": Crumbs, "crumb": Crumbs, "location": 0, "weizhi": Crumbs, "crumbnav": Crumbs,
	"pagination": Pager, "pager": Pager, "paging": Pager, "paginator": Pager, "pages": Pager, "pagelist": Pager, "pagenav": Pager, "pagebar": Pager, "fenye": Pager, "laypage": Pager,
	"modal": Dialog, "dialog": Dialog, "popup": Dialog, "cookie": Dialog, "cookies": Dialog, "consent": Dialog, "lightbox": Dialog,
	"filter": Filter, "filters": Filter, "facet": Filter, "facets": Filter, "filterbar": Filter, "btn": Control, "button": Control,
}

func regionOfTag(n *html.Node) Region {
	switch n.DataAtom {
	case atom.Nav:
		return Nav
	case atom.Footer:
		if within(n, atom.Article, atom.Li) {
			return 0
		}
		return Foot
	case atom.Header:
		return Head
	case atom.Aside:
		return Aside
	case atom.Dialog:
		return Dialog
	case atom.Button, atom.Label:
		return Control
	}
	return 0
}

func within(n *html.Node, tags ...atom.Atom) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		for _, t := range tags {
			if p.DataAtom == t {
				return true
			}
		}
	}
	return false
}

// states are classes that tell how a record stands at the moment, not what it is.
var states = wordSet(`active odd even first last current open opened show shown in on hover selected collapse collapsed fade cur hot new top urgent featured highlight clearfix clear fl fr wow animated hidden hide
	is-active is-open is-visible visible invisible cf f-cb row-odd row-even alt altrow list-odd list-even first-child last-child no-border nobg mt0 mr0 ml0 mb0 aos-init aos-animate expanded closed sticky filled not-filled`)

func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// FNV-1a, which is short and fast for such small keys.
const (
	offset = 14695981039346656037
	prime  = 1099511628211
)

func tagHash(n *html.Node) uint64 {
	if n.DataAtom != 0 {
		return uint64(n.DataAtom) * prime
	}
	return tokenHash(n.Data)
}

// tokenHash takes digits as one, so that post-12 and post-13 are alike.
func tokenHash(s string) uint64 {
	h := uint64(offset)
	digits := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= '0' && c <= '9' {
			if digits {
				continue
			}
			digits, c = true, '0'
		} else {
			digits = false
		}
		h = (h ^ uint64(c)) * prime
	}
	return h
}

func mix(a, b uint64) uint64 {
	h := (a ^ b<<17 ^ b>>13) * prime
	return h ^ h>>29
}

// Link is the address that an element leads to, "" where it is no link.
func (o *Outline) Link(element int32) string {
	if element < 0 || o.Elements[element].Link < 0 {
		return ""
	}
	return strings.TrimSpace(dom.Attr(o.Elements[o.Elements[element].Link].Node, "href"))
}

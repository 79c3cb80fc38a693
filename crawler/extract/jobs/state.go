package jobs

import (
	"encoding/json"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/jobs/jsonlist"
	"dealvitals/crawler/extract/page"
)

// readState reads the jobs in the state that a page carries for its own scripts:
// __NEXT_DATA__, window.__INITIAL_STATE__ = {…}, script elements and attributes of JSON.
func readState(d *page.Document) found {
	f := found{extractor: byState}
	for _, v := range states(d) {
		r, ok := jsonlist.FromValue(v, d)
		if ok && len(r.Postings) > len(f.postings) {
			f.postings, f.why = r.Postings, "the state that the page carries for its script: "+r.Why
			f.total, f.more = r.Total, r.More
		}
	}
	return f
}

// minState is the least size of a text that may hold a list of jobs.
const minState = 60

// states are the JSON values that a page carries.
func states(d *page.Document) []any {
	var out []any
	said := slices.DeleteFunc(slices.Clone(jobWords), func(w string) bool { return !d.Contains(w) })
	dom.Walk(d.HTML(), func(n *html.Node) bool {
		if n.Type != html.ElementNode {
			return true
		}
		if n.DataAtom == atom.Script {
			out = append(out, scriptStates(n, said)...)
			return false
		}
		for i := range n.Attr {
			if a := &n.Attr[i]; len(a.Val) >= minState && jsonAttribute(a.Key) && holdsAny(a.Val, jobWords) {
				if v := jsonText(a.Val); v != nil {
					out = append(out, v)
				}
			}
		}
		return true
	})
	return out
}

// jsonAttribute tells the attributes in which frameworks keep a component's data.
func jsonAttribute(key string) bool {
	return strings.HasPrefix(key, "data-") || strings.HasPrefix(key, ":") || key == "props" || key == "value" || key == "content"
}

func jsonText(s string) any {
	s = strings.TrimSpace(s)
	if len(s) < minState || s[0] != '{' && s[0] != '[' || !strings.Contains(s, `"`) {
		return nil
	}
	v, ok := strictJSON(s)
	if !ok {
		return nil
	}
	return v
}

// scriptStates are the values of a script that holds one of the words of jobs that the
// page says.
func scriptStates(n *html.Node, said []string) []any {
	kind := strings.ToLower(dom.Attr(n, "type"))
	if n.FirstChild == nil || n.FirstChild.Type != html.TextNode || strings.Contains(kind, "ld+json") {
		return nil
	}
	text := n.FirstChild.Data
	if len(text) < minState || !holdsAny(text, said) {
		return nil
	}
	if strings.Contains(kind, "json") || dom.Attr(n, "id") == "__NEXT_DATA__" {
		v := looseJSON(text)
		if v == nil {
			return nil
		}
		if whole, ok := devalued(v); ok {
			return []any{whole}
		}
		return []any{v}
	}
	if kind != "" && !strings.Contains(kind, "javascript") && kind != "module" {
		return nil
	}
	return assignments(text)
}

// jobWords are a cheap test that spares the decoding of most states.
var jobWords = []string{"job", "Job", "osition", "acancy", "acancies", "pening", "osting", "ecruit", "equisition", "职位", "岗位", "招聘", "zhiwei", "gangwei"}

func holdsAny(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

// maxAssignments bounds how many values of one script are read.
const maxAssignments = 40

// maxTries bounds how many values that turn out to be code are begun.
const maxTries = 200

// assignments are the JSON values that a script assigns or passes on: name = {…}, name: […],
// push([…]), JSON.parse('…').
func assignments(script string) []any {
	var out []any
	tries := 0
	for i := 0; i < len(script) && len(out) < maxAssignments && tries < maxTries; {
		n := strings.IndexAny(script[i:], "=(:")
		if n < 0 {
			break
		}
		at := i + n + 1
		start := at
		for start < len(script) && (script[start] == ' ' || script[start] == '\n' || script[start] == '\t' || script[start] == '\r') {
			start++
		}
		i = at
		if start+1 >= len(script) || script[start] != '{' && script[start] != '[' || !opensJSON(script[start:]) {
			continue
		}
		v, size := prefixJSON(script[start:])
		if size == 0 {
			tries++
			continue
		}
		i = start + size
		if size >= minState {
			out = append(out, v)
		}
	}
	return out
}

// opensJSON tells cheaply whether a value may be JSON and no code: its first key is quoted.
func opensJSON(s string) bool {
	rest := strings.TrimLeft(s[1:min(len(s), 200)], " \t\r\n")
	if rest == "" {
		return false
	}
	if s[0] == '[' && rest[0] == '{' {
		rest = strings.TrimLeft(rest[1:], " \t\r\n")
	}
	return rest != "" && rest[0] == '"'
}

// prefixJSON reads the JSON value at the start of s, and how long it is.
func prefixJSON(s string) (any, int) {
	dec := json.NewDecoder(strings.NewReader(s))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, 0
	}
	return v, int(dec.InputOffset())
}

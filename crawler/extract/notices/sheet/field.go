package sheet

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dealvitals/crawler/extract/dom"
)

// keptField is the text of a form's field that visitors can read and not change: some sites
// show their notices in the forms in which they were entered.
func keptField(n *html.Node) (string, bool) {
	if n.DataAtom != atom.Input && n.DataAtom != atom.Textarea || !dom.HasAttr(n, "readonly") && !dom.HasAttr(n, "disabled") {
		return "", false
	}
	if n.DataAtom == atom.Textarea {
		text := ""
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			text += c.Data
		}
		return text, true
	}
	kind := dom.Attr(n, "type")
	return dom.Attr(n, "value"), kind == "" || kind == "text"
}

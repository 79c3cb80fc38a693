package web

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"dealvitals/signals"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// shownEvidence is the most bytes of a captured page that are shown. The whole is a
// download of the API.
const shownEvidence = 1 << 20

// evidencePage is a captured page as text. What a stranger's site sent is never run or
// loaded: it is shown as the words on it, and as its source.
type evidencePage struct {
	Evidence signals.Evidence
	Words    string // nothing where it is no HTML
	Source   string
	Cut      bool
	Back     backLink
}

// backLink leads back to the page that spoke of the evidence.
type backLink struct{ URL, Name string }

// backOf is where somebody came from: the deal, the target or the review of notices that a
// link names, or a payee's own deal.
func backOf(lang string, r *http.Request) backLink {
	query := r.URL.Query()
	deal, target, own := query.Get("deal"), query.Get("target"), r.PathValue("id")
	switch {
	case own != "":
		return backLink{"/me/deals/" + url.PathEscape(own), own}
	case deal != "":
		return backLink{"/deals/" + url.PathEscape(deal), word{"商机 ", "Deal "}.in(lang) + deal}
	case target != "":
		return backLink{"/targets/" + url.PathEscape(target), word{"采集目标 ", "Target "}.in(lang) + target}
	case query.Has("review"):
		return backLink{"/matches", word{"公告核对", "Notices to check"}.in(lang)}
	}
	return backLink{"/", word{"异常商机", "Flagged deals"}.in(lang)}
}

func (w *dashboard) evidence(rw http.ResponseWriter, r *http.Request) error {
	found, err := w.Evidence.Evidence(r.Context(), r.PathValue("hash"))
	if err != nil {
		return fmt.Errorf("looking evidence up: %w", err)
	}
	body, err := w.Bodies.Body(r.Context(), found)
	if err != nil {
		return fmt.Errorf("reading evidence %s: %w", found.Hash, err)
	}
	page := evidencePage{Evidence: found, Cut: len(body) > shownEvidence, Back: backOf(language(rw, r), r)}
	body = body[:min(len(body), shownEvidence)]
	page.Source = decoded(body, found.ContentType)
	if strings.Contains(found.ContentType, "html") {
		page.Words = wordsOf(page.Source)
	}
	w.render(rw, r, http.StatusOK, "evidence", page)
	return nil
}

// decoded is bytes as text, whatever charset they are in.
func decoded(body []byte, contentType string) string {
	reader, err := charset.NewReader(bytes.NewReader(body), contentType)
	if err != nil {
		return strings.ToValidUTF8(string(body), "\uFFFD")
	}
	text, err := io.ReadAll(reader)
	if err != nil || !utf8.Valid(text) {
		return strings.ToValidUTF8(string(body), "\uFFFD")
	}
	return string(text)
}

// wordsOf is what a reader sees of an HTML page, a line for each block of it. It reads
// tokens and builds no tree, so that depth costs nothing.
func wordsOf(source string) string {
	var out strings.Builder
	tokens := html.NewTokenizer(strings.NewReader(source))
	unseen := 0
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return strings.TrimSpace(out.String())
		case html.TextToken:
			if unseen == 0 {
				writeWords(&out, string(tokens.Text()))
			}
		case html.StartTagToken:
			name := tag(tokens)
			if hidden(name) {
				unseen++
			}
			breakLine(&out, name)
		case html.EndTagToken:
			name := tag(tokens)
			if hidden(name) && unseen > 0 {
				unseen--
			}
			breakLine(&out, name)
		case html.SelfClosingTagToken:
			breakLine(&out, tag(tokens))
		}
	}
}

func tag(tokens *html.Tokenizer) atom.Atom {
	name, _ := tokens.TagName()
	return atom.Lookup(name)
}

// hidden tells whether an element's text is not for readers.
func hidden(a atom.Atom) bool {
	return a == atom.Script || a == atom.Style || a == atom.Noscript || a == atom.Template || a == atom.Title
}

// breakLine begins a new line at the edges of what browsers set as a block.
func breakLine(out *strings.Builder, a atom.Atom) {
	switch a {
	case atom.P, atom.Div, atom.Li, atom.Tr, atom.Br, atom.H1, atom.H2, atom.H3, atom.H4, atom.Table, atom.Ul, atom.Ol, atom.Dl, atom.Dt, atom.Dd, atom.Section, atom.Article, atom.Header, atom.Footer:
		if text := out.String(); text != "" && !strings.HasSuffix(text, "\n") {
			out.WriteByte('\n')
		}
	}
}

func writeWords(out *strings.Builder, text string) {
	words := strings.Join(strings.Fields(html.UnescapeString(text)), " ")
	if words == "" {
		return
	}
	if s := out.String(); s != "" && !strings.HasSuffix(s, "\n") {
		out.WriteByte(' ')
	}
	out.WriteString(words)
}

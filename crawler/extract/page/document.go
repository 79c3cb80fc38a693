package page

import (
	"bytes"
	"net/url"
	"strings"

	"golang.org/x/net/html"

	"dealvitals/crawler/extract/charset"
	"dealvitals/crawler/extract/dom"
)

// Format is what the bytes of a page are, told by the bytes themselves: headers lie.
type Format string

const (
	FormatHTML Format = "html"
	FormatJSON Format = "json"
	FormatXML  Format = "xml"
	FormatCSV  Format = "csv"
	FormatText Format = "text"
)

// Document is a page made ready for reading. Its HTML tree and JSON value are made once,
// when first asked for; a Document is not for use by several goroutines at a time.
type Document struct {
	Page
	Text    []byte // UTF-8
	Charset string // of Body, in lower case, as in the WHATWG list
	Format  Format

	root       *html.Node
	rootParsed bool
	release    func() // gives root's memory back
	json       any
	jsonParsed bool
	base       *url.URL
	baseParsed bool
	grams      *grams
}

// Open decodes a page's characters and tells its format.
func Open(p Page) *Document {
	text, name := charset.Decode(p.Body, p.ContentType)
	d := &Document{Page: p, Text: text, Charset: name}
	d.Format = formatOf(text, p.ContentType)
	return d
}

// Status is the page's status code, 200 where it is unknown.
func (d *Document) Status() int {
	if d.StatusCode == 0 {
		return 200
	}
	return d.StatusCode
}

// HTML is the page's tree, nil where the page is no HTML.
func (d *Document) HTML() *html.Node {
	if d.rootParsed || d.Format != FormatHTML {
		return d.root
	}
	d.rootParsed = true
	d.root, d.release = dom.Borrow(d.Text)
	return d.root
}

// Close gives the memory that the document takes beside the page's body back. Neither the
// document, nor a node, nor a string of it may be used any more.
func (d *Document) Close() {
	if d.release != nil {
		d.release()
	}
	if d.grams != nil {
		idleGrams.Put(d.grams)
	}
	charset.Release(d.Text, d.Charset)
	d.root, d.release, d.grams, d.Text = nil, nil, nil, nil
}

// JSON is the page's value as encoding/json decodes it (numbers as json.Number), nil where
// the page is no JSON. JSON inside a callback, a <pre> or behind a guard is found too.
func (d *Document) JSON() any {
	if d.jsonParsed || d.Format != FormatJSON {
		return d.json
	}
	d.jsonParsed = true
	d.json = decodeJSON(jsonPart(d.Text))
	return d.json
}

// Resolve makes a reference on the page absolute; where the page's own address is
// unknown, or the reference is no address, the reference comes back as it stands.
func (d *Document) Resolve(ref string) string {
	ref = strings.TrimSpace(ref)
	base := d.Base()
	if ref == "" || base == nil {
		return ref
	}
	if address, ok := Join(base, ref); ok {
		return address
	}
	return ref
}

// Base is what references on the page start from: its <base>, else its address; nil
// where neither is known.
func (d *Document) Base() *url.URL {
	if d.baseParsed {
		return d.base
	}
	d.baseParsed = true
	if u, err := url.Parse(d.URL); err == nil && u.Host != "" {
		d.base = u
	}
	if root := d.HTML(); root != nil {
		d.base = withBaseElement(root, d.base)
	}
	return d.base
}

func withBaseElement(root *html.Node, base *url.URL) *url.URL {
	b := dom.First(root, func(n *html.Node) bool { return n.Data == "base" && dom.Attr(n, "href") != "" })
	if b == nil {
		return base
	}
	u, err := url.Parse(strings.TrimSpace(dom.Attr(b, "href")))
	if err != nil {
		return base
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if u.Host == "" {
		return base
	}
	return u
}

func formatOf(text []byte, contentType string) Format {
	t := bytes.TrimLeft(text, " \t\r\n\uFEFF")
	contentType = strings.ToLower(contentType)
	if len(t) == 0 {
		return FormatText
	}
	if isJSON(t) {
		return FormatJSON
	}
	head := strings.ToLower(string(t[:min(len(t), 2000)]))
	if xmlHead(head) {
		return FormatXML
	}
	if htmlTag(head) || (t[0] == '<' && len(t) > 1) {
		return FormatHTML
	}
	if strings.Contains(contentType, "csv") || looksCSV(t) {
		return FormatCSV
	}
	if strings.Contains(contentType, "html") || htmlTag(strings.ToLower(string(t[:min(len(t), 200_000)]))) {
		return FormatHTML
	}
	return FormatText
}

// xmlHead tells XML that is no XHTML: a feed, a site map or a system's export.
func xmlHead(head string) bool {
	if strings.Contains(head, "<!doctype html") || strings.Contains(head, "<html") {
		return false
	}
	if strings.HasPrefix(head, "<?xml") {
		return true
	}
	for _, tag := range []string{"<rss", "<feed", "<urlset", "<sitemapindex", "<workzag-jobs", "<rdf:rdf", "<source>", "<jobs>"} {
		if strings.HasPrefix(head, tag) {
			return true
		}
	}
	return false
}

func htmlTag(head string) bool {
	for _, tag := range []string{"<!doctype", "<html", "<head", "<body", "<div", "<table", "<tr", "<ul", "<li", "<script", "<p>", "<p ", "<a ", "<section", "<h1", "<h2", "<h3", "<dl", "<span"} {
		if strings.Contains(head, tag) {
			return true
		}
	}
	return false
}

// looksCSV tells a table of at least two lines with the same number of commas.
func looksCSV(t []byte) bool {
	first, rest, found := bytes.Cut(t, []byte("\n"))
	if !found || bytes.Contains(first, []byte("<")) {
		return false
	}
	second, _, _ := bytes.Cut(rest, []byte("\n"))
	for _, sep := range []string{",", "\t"} {
		n := bytes.Count(first, []byte(sep))
		if n >= 2 && bytes.Count(second, []byte(sep)) >= n {
			return true
		}
	}
	return false
}

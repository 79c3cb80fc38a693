package extract

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/net/html"

	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// benchmarkPages are the HTML pages of the manifest inside the frame that pages of real
// companies have: menus, scripts, styles, footers.
func benchmarkPages(b *testing.B) []Page {
	b.Helper()
	files, err := filepath.Glob("testdata/hiring/pages/*.html")
	if err != nil || len(files) == 0 {
		b.Fatalf("no pages: %v", err)
	}
	var out []Page
	for _, f := range files {
		body, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		body = bytes.Replace(body, []byte("<body>"), frame(), 1)
		out = append(out, Page{URL: "https://www.example.com/jobs/", Body: body, At: time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)})
	}
	return out
}

func BenchmarkOnlyParsing(b *testing.B) {
	pages := benchmarkPages(b)
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range pages {
			d := page.Open(p)
			if _, err := html.Parse(bytes.NewReader(d.Text)); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkReadingHiringPages(b *testing.B) {
	pages := benchmarkPages(b)
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range pages {
			Read(p, signals.KindHiring, signals.Reading{})
		}
	}
}

// frame is what stands before the content of a real page: about 60 kB, of which 20 kB are
// markup, as measured on the tender pages of the corpus.
func frame() []byte {
	var b bytes.Buffer
	b.WriteString("<body><style>")
	for range 300 {
		b.WriteString(".nav-item a:hover{color:#c00;text-decoration:none;background:url(/i/x.png)}")
	}
	b.WriteString("</style><script>")
	for range 300 {
		b.WriteString("var _hmt=_hmt||[];function f(a,b){return a&&b?a.c(b):null};")
	}
	b.WriteString("</script>")
	for range 12 {
		b.WriteString(`<div class="menu-group"><h4 class="menu-title"><a href="/products/">Products and solutions</a></h4><ul class="sub-menu">`)
		for range 12 {
			b.WriteString(`<li class="menu-item"><a class="menu-link" href="/products/industrial-pumps.html" title="Industrial pumps"><span>Industrial pumps</span></a></li>`)
		}
		b.WriteString("</ul></div>")
	}
	return b.Bytes()
}

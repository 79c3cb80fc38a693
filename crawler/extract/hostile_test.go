package extract

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"dealvitals/crawler/extract/extracttest"
	"dealvitals/signals"
)

const twoMegabytes = 2 << 20

// hostilePages are inputs of about 2 MB that are made to cost much.
func hostilePages() map[string]string {
	fill := func(piece string) string { return strings.Repeat(piece, twoMegabytes/len(piece)) }
	numbered := func(format string) string {
		var b strings.Builder
		for i := 0; b.Len() < twoMegabytes; i++ {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	return map[string]string{
		"nested divs":                    fill("<div>"),
		"nested divs with titles":        fill("<div>会计"),
		"nested inline":                  fill("<b><i>销售经理"),
		"siblings without a class":       fill("<p>会计</p>"),
		"siblings with a class each":     numbered(`<div class="a%d"><a href="/job/1">Engineer</a></div>`),
		"siblings of two kinds":          fill("<h3>Sales Manager</h3><p>Berlin</p>"),
		"many kinds among siblings":      numbered("<x%d>会计</x>"),
		"links to jobs":                  numbered(`<li><a href="/jobs/%d">Software Engineer</a></li>`),
		"lines of one element":           "<p>" + fill("会计<br>"),
		"spans of one line":              "<p>" + fill("<span>会计</span>"),
		"cells of one row":               "<table><tr>" + fill("<td>会计</td>"),
		"tables in tables":               fill("<table><tr><td>会计"),
		"rows with spans":                "<table><tr><th>职位</th><th>人数</th></tr>" + fill(`<tr><td rowspan="200" colspan="200">会计</td><td>2</td></tr>`),
		"one attribute":                  `<div class="` + fill("job ") + `">会计</div>`,
		"one text":                       "<p>" + fill("招聘会计"),
		"one text of dates":              "<p>" + fill("2026-11-24 "),
		"a title of digits":              "<li>" + fill("1") + "</li>",
		"page numbers":                   numbered(`<div class="pager"><a href="?p=%d">1</a>`),
		"a script of half JSON":          "<script>" + fill(`x={"job":[{"title":`) + "</script>",
		"a script of small JSON":         "<script>" + fill(`job={"a":1};`) + "</script>",
		"JSON-LD that never ends":        `<script type="application/ld+json">` + fill(`[{"@type":"JobPosting","title":"x","@graph":`) + "</script>",
		"JSON-LD of quotation marks":     `<script type="application/ld+json">{"@type":"JobPosting","title":"` + fill(`"a`) + "</script>",
		"JSON-LD of commas and comments": `<script type="application/ld+json">{"@type":"JobPosting"` + fill(`,//`) + "</script>",
		"items in items":                 fill(`<div itemscope itemtype="http://schema.org/JobPosting"><b itemprop="title">x</b>`),
		"data attributes":                fill(`<a data-x='{"job":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'></a>`),
		"JSON nested deeply":             fill("["),
		"JSON of objects":                fill(`{"jobs":`),
		"a feed":                         `<?xml version="1.0"?><rss><channel>` + fill("<item><title>Engineer</title></item>"),
		"a feed nested deeply":           `<?xml version="1.0"?><rss><item>` + fill("<a>"),
		"a table of values":              "职位,城市\n" + fill("会计,北京\n"),
		"quotation marks":                "职位,城市,x\n" + fill("\"会计,北京\n"),
		"labels":                         "<p>" + fill("岗位：会计 人数：2 "),
		"a million brackets":             fill("(("),
	}
}

// No input of 2 MB takes over 1 s or 256 MB on a machine of today; a slow one gets three.
func TestNoHostilePageTakesLong(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a while under the race detector")
	}
	for name, body := range hostilePages() {
		for _, prefix := range []string{"<html><head><title>招聘 jobs</title></head><body>", ""} {
			if strings.HasPrefix(body, "<?xml") || strings.HasPrefix(body, "[") || strings.HasPrefix(body, "{") || strings.HasPrefix(body, "职位") {
				prefix = ""
			}
			p := Page{URL: "https://www.example.com/jobs?page=1", Body: []byte(prefix + body), At: time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)}
			took, held := measure(p)
			if took > 3*time.Second {
				t.Errorf("%s: took %v", name, took)
			}
			if took > time.Second {
				t.Logf("%s: took %v", name, took)
			}
			if held > 256<<20 {
				t.Errorf("%s: allocated %d MB", name, held>>20)
			}
			if prefix == "" {
				break
			}
		}
	}
}

// measure reads a page and says how much processor time it took and how much memory it asked for in all,
// which bounds what it ever held.
func measure(p Page) (time.Duration, uint64) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	took := extracttest.Spent(func() { Read(p, signals.KindHiring, signals.Reading{}) })
	runtime.ReadMemStats(&after)
	return took, after.TotalAlloc - before.TotalAlloc
}

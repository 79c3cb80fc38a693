package web_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// Every page fits a phone held upright, and on a small laptop the menu stays in one line in
// both languages.
func TestPagesFitAPhoneInABrowser(t *testing.T) {
	w := newWorld(t)
	w.doubtful()
	w.freeze("D-3", "D-4")
	ctx := browse(t, w, "admin")
	pages := []string{"/", "/?scope=all", "/deals/D-3", "/data", "/targets", "/targets/T2", "/periods", "/periods/2026-11", "/matches", "/wecom", "/policies", "/webhooks", "/backtest", "/nothing"}
	for _, width := range []int64{390, 1400} {
		if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 844)); err != nil {
			t.Fatal(err)
		}
		for _, lang := range []string{"zh", "en"} {
			for _, page := range pages {
				address := w.server.URL + page + map[bool]string{true: "&", false: "?"}[strings.Contains(page, "?")] + "lang=" + lang
				if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
					t.Fatalf("%s: %v", page, err)
				}
				fits(t, ctx, page+" in "+lang)
			}
			if header, err := chromedp.Run(ctx, chromedp.Evaluate[float64]("document.querySelector('.top').offsetHeight")); err != nil || header > 90 {
				t.Errorf("%s, %d px: the header is %v px high (%v)", lang, width, header, err)
			}
		}
		keep(t, ctx, "last.png")
	}
}

package demo

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"testing"
	"time"

	"dealvitals/crawler/extract"
	"dealvitals/signals"
)

func startWorld(t *testing.T) *World {
	t.Helper()
	w, err := Start(time.Date(2026, 11, 24, 18, 0, 0, 0, signals.Shanghai))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return w
}

// read fetches a page and reads it as production does.
func (w *World) read(t *testing.T, url string, kind signals.Kind) extract.Result {
	t.Helper()
	answer, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	page := extract.Page{URL: url, ContentType: answer.Header.Get("Content-Type"), StatusCode: answer.StatusCode, Body: body, At: w.Now()}
	return extract.Read(page, kind, signals.Reading{})
}

// readAll follows next pages to the end.
func (w *World) readAll(t *testing.T, url string, kind signals.Kind) []extract.Result {
	t.Helper()
	var pages []extract.Result
	for url != "" && len(pages) < 30 {
		result := w.read(t, url, kind)
		pages = append(pages, result)
		url = ""
		if result.Next != nil {
			url = result.Next.URL
		}
	}
	return pages
}

func TestEveryHiringSiteIsReadAsItsPlanSays(t *testing.T) {
	w := startWorld(t)
	for n, c := range cast() {
		t.Run(c.name, func(t *testing.T) {
			want := vacanciesOf(c, n, w.now, false)
			got := 0
			for i, page := range w.readAll(t, w.sites[hiringTarget(c)].address+c.site.path(), signals.KindHiring) {
				if page.Outcome != signals.OutcomeOK {
					t.Errorf("page %d ended in %s: %s", i+1, page.Outcome, page.Why)
				}
				got += len(page.Postings)
			}
			if got != len(want) {
				t.Errorf("read %d postings, the site shows %d", got, len(want))
			}
		})
	}
}

func TestEveryTenderSiteIsReadAsItsPlanSays(t *testing.T) {
	w := startWorld(t)
	w.moment.second.Store(true)
	for _, s := range tenderSites() {
		t.Run(s.id(), func(t *testing.T) {
			want := make(map[string]notice)
			for _, n := range w.noticesOf(s) {
				want[n.Title+n.Day()] = n
			}
			got := 0
			for _, page := range w.readAll(t, w.sites[s.id()].address+s.path(), signals.KindTender) {
				for _, n := range page.Notices {
					got++
					if n.Published == nil {
						t.Errorf("no date was read of %q", n.Title)
						continue
					}
					if _, ok := want[n.Title+n.Published.String()]; !ok {
						t.Errorf("read a notice that the site does not show: %q of %s", n.Title, n.Published)
					}
				}
			}
			if got != len(w.noticesOf(s)) {
				t.Errorf("read %d notices, the site shows %d", got, len(w.noticesOf(s)))
			}
		})
	}
}

func TestEveryNoticeIsReadWhole(t *testing.T) {
	w := startWorld(t)
	w.moment.second.Store(true)
	for _, s := range tenderSites() {
		n := w.noticesOf(s)[0]
		path := [...]string{"/cggg/dfgg/%d.htm", "/information/deal/%d.html", "/zbgg/show/%d.html", "/feed/%d.html"}[s]
		page := w.read(t, w.sites[s.id()].address+fmt.Sprintf(path, n.ID), signals.KindTender)
		if len(page.Notices) != 1 {
			t.Errorf("%s: read %d notices from a detail page (%s: %s)", s.id(), len(page.Notices), page.Outcome, page.Why)
			continue
		}
		got := page.Notices[0]
		if got.Title != n.Title || got.Buyer != n.Buyer || got.ProjectNo != n.ProjectNo || got.Agency != n.Agency {
			t.Errorf("%s: read %+v, want %+v", s.id(), got, n)
		}
	}
}

func TestSickSitesOfTheSecondMomentAreNoMeasurement(t *testing.T) {
	w := startWorld(t)
	if err := w.MoveOn(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := map[siteKind]signals.Outcome{siteCaptcha: signals.OutcomeBlocked, siteRedesigned: signals.OutcomeNotRelevant}
	for _, c := range cast() {
		outcome, ok := want[c.site]
		if !ok {
			continue
		}
		page := w.read(t, w.sites[hiringTarget(c)].address+c.site.path(), signals.KindHiring)
		if page.Outcome != outcome {
			t.Errorf("%s ended in %s (%s), want %s", c.name, page.Outcome, page.Why, outcome)
		}
	}
}

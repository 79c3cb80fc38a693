package api_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"dealvitals/api/desk"
	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"
)

// scoredYear scores deal D1 on each day of a year: cold in spring, unknown in June.
func scoredYear(w *world) {
	w.t.Helper()
	w.customer()
	w.deal("D1", 100, func(*signals.Deal) {})
	var verdicts []store.Verdict
	for n := 364; n > 0; n-- {
		at := today.AddDate(0, 0, -n)
		e := scorer.Evaluation{DealID: "D1", AsOf: at, PolicyVersion: 1, Coverage: 1, Diagnosis: scorer.Healthy}
		score := func(x int) scorer.FactorScore {
			s := float64(x % 101)
			return scorer.FactorScore{Status: signals.StatusOK, Value: &s, Score: &s}
		}
		e.Factors = scorer.FactorScores{Hiring: score(40 + n/7), Tender: score(60 + n/11), WeChat: score(20 + n/5)}
		health := 40 + float64(n%50)
		e.Health = &health
		switch at.Month() {
		case time.March, time.April:
			e.Diagnosis, e.Flagged, e.Freezes = scorer.ColdRelationship, true, true
		case time.June:
			none := scorer.FactorScore{Status: signals.StatusUnknown}
			e.Health, e.Diagnosis, e.Factors = nil, scorer.Unknown, scorer.FactorScores{Hiring: none, Tender: none, WeChat: none}
		}
		verdicts = append(verdicts, store.Verdict{DealID: "D1", Evaluation: &e})
	}
	_, err := w.db.Verdicts.Record(w.t.Context(), verdicts)
	w.must(err)
	w.pass(time.Second)
}

func TestScoresOfAYearAreOneRead(t *testing.T) {
	w := newWorld(t)
	scoredYear(w)
	year := read[desk.ScoreHistory](w.get("sales_ops", "/v1/deals/D1/scores").is(http.StatusOK))
	if len(year.Scores) != 364 || !year.Scores[0].AsOf.Before(year.Scores[363].AsOf) || year.Scores[0].Factors.Tender.Score == nil {
		t.Errorf("%d scores from %v to %v", len(year.Scores), year.From, year.To)
	}
	week := "?from=" + escaped(today.AddDate(0, 0, -7)) + "&to=" + escaped(today.AddDate(0, 0, -1))
	if got := read[desk.ScoreHistory](w.get("admin", "/v1/deals/D1/scores"+week).is(http.StatusOK)); len(got.Scores) != 7 {
		t.Errorf("a week has %d scores", len(got.Scores))
	}
	w.get("sales_ops", "/v1/deals/none/scores").isProblem(http.StatusNotFound, "not-found")
	w.get("sales_ops", "/v1/deals/D1/scores?to=2030-01-01T00:00:00Z").isProblem(http.StatusBadRequest, "not-yet")
	w.get("sales_ops", "/v1/deals/D1/scores?from=2001-01-01T00:00:00Z").isProblem(http.StatusUnprocessableEntity, "invalid")
	var log strings.Builder
	w.must(w.db.Audit.Export(t.Context(), &log))
	if !strings.Contains(log.String(), `"action":"read_scores"`) {
		t.Error("nobody noted who asked")
	}
}

func TestTheChartIsAPictureWithoutStylesOrScripts(t *testing.T) {
	w := newWorld(t)
	scoredYear(w)
	for lang, word := range map[string]string{"zh": "健康度", "en": "two high, one low"} {
		picture := w.get("admin", "/v1/deals/D1/scores.svg?lang="+lang).is(http.StatusOK)
		if folder := os.Getenv("PICTURES"); folder != "" {
			w.must(os.WriteFile(folder+"/scores-"+lang+".svg", picture.body, 0o600))
		}
		text := string(picture.body)
		decoder, paths := xml.NewDecoder(bytes.NewReader(picture.body)), 0
		for {
			token, err := decoder.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			w.must(err)
			if start, ok := token.(xml.StartElement); ok && start.Name.Local == "path" {
				paths++
			}
		}
		// four lines with their keys, each broken once
		if !strings.Contains(text, word) || strings.Contains(text, "style=") || strings.Contains(text, "<script") || paths != 12 || strings.Contains(text, "ZgotmplZ") {
			t.Errorf("%s: %d paths in\n%.2000s", lang, paths, text)
		}
	}
	w.deal("<D2>", 1, func(*signals.Deal) {})
	w.pass(time.Second)
	if empty := string(w.get("admin", "/v1/deals/%3CD2%3E/scores.svg").is(http.StatusOK).body); !strings.Contains(empty, "没有评分") || strings.Contains(empty, "<D2>") {
		t.Errorf("a deal without scores is drawn as %s", empty)
	}
}

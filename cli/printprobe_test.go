package cli

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"dealvitals/crawler/extract"
	"dealvitals/signals"
)

func TestAProbeIsPrintedForPeopleWithATargetToImport(t *testing.T) {
	p := extract.Page{
		URL: "https://www.example.com/jobs", At: time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC),
		Body: []byte(`<html><head><title>招聘</title></head><body><ul class="jobs"><li><a href="/job/1">会计</a> 2026-11-20</li><li><a href="/job/2">司机</a></li></ul></body></html>`),
	}
	var out bytes.Buffer
	probe := extract.NewProbe(p, signals.KindHiring, extract.Read(p, signals.KindHiring, signals.Reading{}))
	if err := printProbe(&out, probe); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"outcome       ok", "extractor     list", "records       2", "会计", "2026-11-20", "https://www.example.com/job/2", "TARGET_ID,hiring,CUSTOMER_ID,https://www.example.com/jobs,"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in:\n%s", want, out.String())
		}
	}
}

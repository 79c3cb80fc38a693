package e2e

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"reflect"
	"regexp"
	"syscall"
	"testing"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
)

// demoReport is what `demo --once --format json` prints (DESIGN §5).
type demoReport struct {
	Deals   []scorer.Health `json:"deals"`
	Targets []demoTarget    `json:"targets"`
}

type demoTarget struct {
	ID         string              `json:"id"`
	CustomerID string              `json:"customer_id"`
	Kind       signals.Kind        `json:"kind"`
	URL        string              `json:"url"`
	Outcome    signals.Outcome     `json:"outcome"`
	State      signals.TargetState `json:"state"`
	Items      int                 `json:"items"`
	FinishedAt time.Time           `json:"finished_at"`
}

func TestDemo(t *testing.T) {
	t.Parallel()
	report := decode[demoReport](t, output(t, t.TempDir(), "demo", "--once", "--format", "json"))
	t.Run("shows every diagnosis", report.showsEveryDiagnosis)
	t.Run("freezes exactly two high and one low", report.freezesExactlyTwoHighOneLow)
	t.Run("never calls missing data low", report.neverCallsMissingDataLow)
}

func (report demoReport) showsEveryDiagnosis(t *testing.T) {
	if len(report.Deals) < 35 {
		t.Errorf("the demo has %d deals, want about 40", len(report.Deals))
	}
	seen := make(map[scorer.Diagnosis]int)
	for _, d := range report.Deals {
		seen[d.Diagnosis]++
	}
	for _, want := range []scorer.Diagnosis{
		scorer.ColdRelationship, scorer.TalkWithoutPurchase, scorer.ShrinkingBuyer,
		scorer.Healthy, scorer.Dormant, scorer.Unknown,
	} {
		if seen[want] == 0 {
			t.Errorf("no deal is diagnosed %s; there are %v", want, seen)
		}
	}
}

func (report demoReport) freezesExactlyTwoHighOneLow(t *testing.T) {
	for _, d := range report.Deals {
		want := scorer.FreezeClear
		if twoHighOneLow(d.Factors) {
			want = scorer.FreezeFrozen
		}
		if d.Freeze.State != want {
			t.Errorf("deal %s is %s, want %s: %s", d.DealID, d.Freeze.State, want, bands(d.Factors))
		}
	}
}

func (report demoReport) neverCallsMissingDataLow(t *testing.T) {
	sick := map[string]func(demoTarget) bool{
		"blocked": func(x demoTarget) bool { return x.Outcome == signals.OutcomeBlocked },
		"drifted": func(x demoTarget) bool { return x.State == signals.TargetDrifted },
		"down":    func(x demoTarget) bool { return x.Outcome == signals.OutcomeUnreachable },
	}
	for name, is := range sick {
		customers := make(map[string]bool)
		for _, target := range report.Targets {
			if target.Kind == signals.KindHiring && is(target) {
				customers[target.CustomerID] = true
			}
		}
		deals := 0
		for _, d := range report.Deals {
			if !customers[d.CustomerID] {
				continue
			}
			deals++
			if d.Diagnosis != scorer.Unknown || d.Factors.Hiring.Score != nil || d.Freeze.State != scorer.FreezeClear {
				t.Errorf("deal %s of a customer whose site is %s: diagnosis %s, %s, %s", d.DealID, name, d.Diagnosis, bands(d.Factors), d.Freeze.State)
			}
		}
		if deals == 0 {
			t.Errorf("no deal has a customer whose hiring site is %s", name)
		}
	}
}

var served = regexp.MustCompile(`(http://127\.0\.0\.1:\d+)\S*.*\b(dv_\w+)`)

func TestDemoServesTheSameAnswers(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	c := command(ctx, t.TempDir(), "demo", "--format", "json", "--listen", "127.0.0.1:0")
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	errs, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	address, key := waitServed(t, errs)
	var report demoReport
	if err := json.NewDecoder(out).Decode(&report); err != nil {
		t.Fatal(err)
	}
	for _, d := range report.Deals {
		got := getJSON[scorer.Health](t, address+"/v1/deals/"+d.DealID+"/health?as_of="+d.AsOf.UTC().Format("2006-01-02T15:04:05.999999999Z"), key)
		if !reflect.DeepEqual(got, d) {
			t.Errorf("deal %s over HTTP:\n got %+v\nwant %+v", d.DealID, got, d)
		}
		freeze := getJSON[struct{ State scorer.FreezeState }](t, address+"/v1/deals/"+d.DealID+"/freeze", key)
		if freeze.State != d.Freeze.State {
			t.Errorf("deal %s: the commission check says %s, the health document %s", d.DealID, freeze.State, d.Freeze.State)
		}
	}
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err != nil {
		t.Errorf("SIGTERM ended the demo with %v, want a clean end", err)
	}
}

// waitServed reads the program's messages until it says where it serves, and goes on
// reading so that the program never waits for us.
func waitServed(t *testing.T, messages io.Reader) (address, key string) {
	t.Helper()
	lines := bufio.NewScanner(messages)
	var said string
	for lines.Scan() {
		said += lines.Text() + " "
		if m := served.FindStringSubmatch(said); m != nil {
			go func() { _, _ = io.Copy(io.Discard, messages) }()
			return m[1], m[2]
		}
	}
	t.Fatalf("the program never said where it serves: %s", said)
	return "", ""
}

func getJSON[T any](t *testing.T, url, key string) T {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+key)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("GET %s: %s: %s", url, answer.Status, body)
	}
	return decode[T](t, body)
}

func twoHighOneLow(f scorer.FactorScores) bool {
	high, low := 0, 0
	for _, factor := range []scorer.FactorScore{f.Hiring, f.Tender, f.WeChat} {
		if factor.Status != signals.StatusOK || factor.Band == nil {
			return false
		}
		switch *factor.Band {
		case scorer.BandHigh:
			high++
		case scorer.BandLow:
			low++
		}
	}
	return high == 2 && low == 1
}

func bands(f scorer.FactorScores) string {
	text := ""
	for name, factor := range map[string]scorer.FactorScore{"hiring": f.Hiring, "tender": f.Tender, "wechat": f.WeChat} {
		text += name + " " + string(factor.Status)
		if factor.Band != nil {
			text += "/" + string(*factor.Band)
		}
		text += " "
	}
	return text
}

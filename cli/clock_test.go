package cli

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"dealvitals/config"
	"dealvitals/signals"
	"dealvitals/store"
	"dealvitals/store/bolt"
)

// clockSites are sites on networks of their own whose clocks are off by so much, the first by
// another day.
func clockSites(t *testing.T, n int, off time.Duration) []signals.Target {
	t.Helper()
	var targets []signals.Target
	for i := range n {
		said := off
		if i == 0 {
			said -= 24 * time.Hour
		}
		listener, err := net.Listen("tcp", fmt.Sprintf("127.20.%d.1:0", i))
		if err != nil {
			t.Fatal(err)
		}
		server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Date", time.Now().Add(said).UTC().Format(http.TimeFormat))
			http.NotFound(w, r)
		}))
		server.Listener.Close()
		server.Listener = listener
		server.Start()
		t.Cleanup(server.Close)
		targets = append(targets, signals.Target{ID: fmt.Sprint("T", i), Kind: signals.KindTender, URL: server.URL + "/list"})
	}
	return targets
}

func TestAClockThatIsAheadWhenTheProgramStartsIsToldByTheSites(t *testing.T) {
	for _, c := range []struct {
		name  string
		sites int
		off   time.Duration
		wrong bool
	}{
		{"seven sites say it is three days ahead", 7, -72 * time.Hour, true},
		{"all but one agree with it", 7, 0, false},
		{"four sites are too few", 4, -72 * time.Hour, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := config.Default()
			cfg.DB = filepath.Join(t.TempDir(), "a.db")
			cfg.Crawler.AllowNetworks = []string{"127.0.0.0/8"}
			db, err := bolt.Open(cfg.DB, bolt.Options{Clock: func() time.Time { return time.Now().Add(-2 * time.Hour) }, WatchClock: true})
			if err != nil {
				t.Fatal(err)
			}
			_, err = db.Targets.Put(t.Context(), clockSites(t, c.sites, c.off), "me", time.Time{})
			if err := errors.Join(err, db.Close()); err != nil {
				t.Fatal(err)
			}

			a, err := newApp(cfg, slog.New(slog.DiscardHandler), time.Now, bolt.Options{WatchClock: true})
			if err != nil {
				t.Fatal(err)
			}
			defer a.close()
			before := a.db.LastWritten()
			if err := a.askTime(t.Context()); err != nil {
				t.Fatal(err)
			}
			var wrong *store.ClockError
			if err := a.ready(t.Context()); errors.As(err, &wrong) != c.wrong {
				t.Errorf("ready says %v", err)
			}
			if !a.db.LastWritten().Equal(before) {
				t.Error("something was written before the clock was known")
			}
			_, err = a.db.Customers.Put(t.Context(), []signals.Customer{{ID: "C1", Name: "华信"}}, "me", time.Time{})
			if errors.As(err, &wrong) != c.wrong || err != nil && !c.wrong {
				t.Errorf("a write: %v", err)
			}
			if c.wrong && (wrong.Sites != c.sites-1 || wrong.Of != c.sites) {
				t.Errorf("told %+v", wrong)
			}
		})
	}
}

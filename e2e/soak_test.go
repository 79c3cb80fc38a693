package e2e

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// soakTargets is how many targets the soak crawls, each on a host of its own.
const soakTargets = 2_000

// TestSoakStaysFlat serves 2 000 targets of loopback sites, each crawled every two minutes,
// for as long as DEALVITALS_SOAK says, and reads the program's own metrics: after the first
// third memory, goroutines and file handles may not grow.
func TestSoakStaysFlat(t *testing.T) {
	text := os.Getenv("DEALVITALS_SOAK")
	if text == "" {
		t.Skip("set DEALVITALS_SOAK, such as 20m: make soak")
	}
	long, err := time.ParseDuration(text)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	pages := soakSite(t)
	soakTables(t, folder, pages.port)
	output(t, folder, "import", "customers", "customers.csv")
	output(t, folder, "import", "targets", "targets.csv")
	base, end := soakServe(t, folder, "DEALVITALS_SCHEDULES_JITTER=90s")
	samples := soakWatch(t, base, pages, long)
	end()
	output(t, folder, "verify")
	soakJudge(t, samples)
}

// soakPages is one server that answers for every host of 127.0.0.0/8.
type soakPages struct {
	port  string
	asked atomic.Int64
}

// soakSite serves lists of jobs. One job in a list changes every ten minutes, so that both
// new and unchanged pages are read.
func soakSite(t *testing.T) *soakPages {
	t.Helper()
	listener, err := net.Listen("tcp", "0.0.0.0:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &soakPages{port: strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		s.asked.Add(1)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, "<html><body><h1>招聘职位</h1><ul>")
		for i := range 10 {
			if i == 0 {
				i = int(time.Now().Unix() / 600)
			}
			fmt.Fprintf(w, `<li><a href="/job/%d">软件工程师 %d</a> <span>上海</span> <span>2026-11-20</span></li>`, i, i)
		}
		fmt.Fprint(w, "</ul></body></html>")
	}))
	server.Listener.Close()
	server.Listener = listener
	server.Start()
	t.Cleanup(server.Close)
	return s
}

func soakTables(t *testing.T, folder, port string) {
	t.Helper()
	var customers, targets strings.Builder
	customers.WriteString("id,name\n")
	targets.WriteString("id,kind,customer_id,url,schedule\n")
	for i := range soakTargets {
		fmt.Fprintf(&customers, "C%d,客户%d有限公司\n", i, i)
		fmt.Fprintf(&targets, "T%d,hiring,C%d,http://127.1.%d.%d:%s/jobs,*/2 * * * *\n", i, i, i/250, i%250+1, port)
	}
	write(t, folder, "customers.csv", customers.String())
	write(t, folder, "targets.csv", targets.String())
}

// soakServe starts the program, and says where it serves and how it is ended.
func soakServe(t *testing.T, folder string, settings ...string) (base string, end func()) {
	t.Helper()
	c := command(context.Background(), folder, "serve", "--listen", "127.0.0.1:0", "--contact", "soak@example.com", "--allow-network", "127.0.0.0/8")
	c.Env = append(append(c.Env, "DEALVITALS_LOG_LEVEL=warn"), settings...)
	c.Cancel = nil
	stderr, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(stderr)
	for base == "" && lines.Scan() {
		if _, rest, ok := strings.Cut(lines.Text(), "serving on "); ok {
			base, _, _ = strings.Cut(rest, "/ ")
		}
	}
	read := make(chan struct{})
	go func() {
		defer close(read)
		for lines.Scan() {
			t.Log(lines.Text())
		}
	}()
	return base, func() { soakEnd(t, c, read) }
}

func soakEnd(t *testing.T, c *exec.Cmd, read <-chan struct{}) {
	t.Helper()
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	<-read
	if err := c.Wait(); err != nil {
		t.Error("the program ended with", err)
	}
}

// soakSample is what the program's metrics said at a time.
type soakSample struct{ memory, heap, goroutines, files, processor float64 }

func soakWatch(t *testing.T, base string, pages *soakPages, long time.Duration) []soakSample {
	t.Helper()
	var samples []soakSample
	tick := time.NewTicker(long / 60)
	defer tick.Stop()
	for range 60 {
		<-tick.C
		s := soakSampleOf(t, base)
		samples = append(samples, s)
		t.Logf("%d pages: %.0f MiB resident, %.0f MiB heap, %.0f goroutines, %.0f files", pages.asked.Load(), s.memory/(1<<20), s.heap/(1<<20), s.goroutines, s.files)
	}
	return samples
}

func soakSampleOf(t *testing.T, base string) soakSample {
	t.Helper()
	response, err := http.Get(base + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var s soakSample
	wanted := map[string]*float64{
		"process_resident_memory_bytes": &s.memory, "go_memstats_heap_inuse_bytes": &s.heap, "go_goroutines": &s.goroutines, "process_open_fds": &s.files,
		"process_cpu_seconds_total": &s.processor,
	}
	lines := bufio.NewScanner(response.Body)
	for lines.Scan() {
		name, value, _ := strings.Cut(lines.Text(), " ")
		if to, ok := wanted[name]; ok {
			if *to, err = strconv.ParseFloat(value, 64); err != nil {
				t.Fatal(err)
			}
		}
	}
	return s
}

// soakJudge holds the last third against the second. The store's file is mapped, so that
// resident memory grows with what is kept: the heap is what must not.
func soakJudge(t *testing.T, samples []soakSample) {
	t.Helper()
	third := len(samples) / 3
	most := func(of []soakSample, field func(soakSample) float64) float64 {
		top := 0.0
		for _, s := range of {
			top = max(top, field(s))
		}
		return top
	}
	for name, field := range map[string]func(soakSample) float64{
		"heap": func(s soakSample) float64 { return s.heap }, "goroutines": func(s soakSample) float64 { return s.goroutines }, "files": func(s soakSample) float64 { return s.files },
	} {
		before, after := most(samples[third:2*third], field), most(samples[2*third:], field)
		if after > 1.25*before+50 {
			t.Errorf("%s grew from %.0f to %.0f", name, before, after)
		}
	}
}

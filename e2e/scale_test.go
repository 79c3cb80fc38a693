package e2e

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// The crowd that the scale test crawls: 10 000 targets on 5 000 hosts.
const (
	scaleBig    = 1_000 // targets of the one host that has many
	scaleTwo    = 4_001 // hosts with two targets
	scaleOne    = 998   // hosts with one target
	scaleSlow   = 20    // of those, hosts that take slowAnswer for each answer
	scaleDead   = 20    // of those, hosts that take a request and never answer
	scaleHosts  = 1 + scaleTwo + scaleOne
	scaleAll    = scaleBig + 2*scaleTwo + scaleOne
	slowAnswer  = 20 * time.Second
	scaleJitter = time.Minute
)

// TestTenThousandTargetsAreCrawledFairly serves 10 000 targets on 5 000 loopback hosts that all
// fall due in one minute, with DEALVITALS_SCALE, such as 1s, between two requests to a host.
// Slow, dead and crowded hosts must not hold up the others.
func TestTenThousandTargetsAreCrawledFairly(t *testing.T) {
	text := os.Getenv("DEALVITALS_SCALE")
	if text == "" {
		t.Skip("set DEALVITALS_SCALE, such as 1s: make scale")
	}
	delay, err := time.ParseDuration(text)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	farm := newScaleFarm(t)
	due := time.Now().UTC().Add(90 * time.Second).Truncate(time.Minute)
	scaleTables(t, folder, farm.port, due)
	output(t, folder, "import", "customers", "customers.csv")
	output(t, folder, "import", "targets", "targets.csv")
	if wait := time.Until(due); wait < 5*time.Second {
		t.Fatalf("the import took so long that the targets are due in %v", wait)
	}
	settings := []string{"DEALVITALS_SCHEDULES_JITTER=" + scaleJitter.String(), "DEALVITALS_CRAWLER_DELAY=" + delay.String()}

	began := time.Now()
	base, end := soakServe(t, folder, settings...)
	t.Logf("start with %d targets: %v until it serves", scaleAll, time.Since(began).Round(time.Millisecond))
	scaleIdle(t, base, "before anything is due", time.Until(due.Add(-time.Second)))
	farm.begin(due)
	most := scaleWatch(t, base, farm, delay)
	t.Logf("most: %.0f MiB resident, %.0f MiB heap, %.0f goroutines, %.0f files", most.memory/(1<<20), most.heap/(1<<20), most.goroutines, most.files)
	farm.judge(t, delay)
	scaleIdle(t, base, "after all were crawled", 30*time.Second)
	end()

	began = time.Now()
	base, end = soakServe(t, folder, settings...)
	t.Logf("start again: %v until it serves", time.Since(began).Round(time.Millisecond))
	scaleIdle(t, base, "after the start", 20*time.Second)
	end()
	output(t, folder, "verify")
}

// scaleFarm answers for every host of 127.0.0.0/8 and notes when each target was asked first.
type scaleFarm struct {
	port string
	due  time.Time
	slow map[string]bool
	dead map[string]bool

	mu    sync.Mutex
	first map[string]time.Duration // target: after it fell due
}

// scaleHost is the address of a host by its number.
func scaleHost(i int) string { return fmt.Sprintf("127.3.%d.%d", i/250, i%250+1) }

func newScaleFarm(t *testing.T) *scaleFarm {
	t.Helper()
	listener, err := net.Listen("tcp", "0.0.0.0:0")
	if err != nil {
		t.Fatal(err)
	}
	f := &scaleFarm{
		port: strconv.Itoa(listener.Addr().(*net.TCPAddr).Port), slow: make(map[string]bool), dead: make(map[string]bool),
		first: make(map[string]time.Duration),
	}
	for i := range scaleSlow {
		f.slow[scaleHost(1+scaleTwo+i)] = true
		f.dead[scaleHost(1+scaleTwo+scaleSlow+i)] = true
	}
	server := httptest.NewUnstartedServer(f)
	server.Listener.Close()
	server.Listener = listener
	server.Start()
	t.Cleanup(func() { server.CloseClientConnections(); server.Close() })
	return f
}

func (f *scaleFarm) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	host, _, _ := net.SplitHostPort(r.Host)
	switch {
	case f.dead[host]:
		<-r.Context().Done()
		return
	case f.slow[host]:
		select {
		case <-r.Context().Done():
			return
		case <-time.After(slowAnswer):
		}
	}
	if r.URL.Path == "/robots.txt" {
		http.NotFound(w, r)
		return
	}
	f.note(r.URL.Path)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, "<html><body><h1>招聘职位</h1><ul>")
	for i := range 10 {
		fmt.Fprintf(w, `<li><a href="/job/%d">软件工程师 %d</a> <span>上海</span> <span>2026-11-20</span></li>`, i, i)
	}
	fmt.Fprint(w, "</ul></body></html>")
}

func (f *scaleFarm) begin(due time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.due = due
}

func (f *scaleFarm) note(target string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, again := f.first[target]; !again {
		f.first[target] = time.Since(f.due)
	}
}

// waits are after how long targets were crawled: of the crowded host, of slow ones, of the others.
func (f *scaleFarm) waits() (big, slow, others []time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for path, d := range f.first {
		switch path[1] {
		case 'B':
			big = append(big, d)
		case 'S':
			slow = append(slow, d)
		default:
			others = append(others, d)
		}
	}
	for _, of := range [][]time.Duration{big, slow, others} {
		slices.Sort(of)
	}
	return big, slow, others
}

// scaleOthers is how many targets are on hosts that are neither crowded, slow nor dead.
const scaleOthers = scaleAll - scaleBig - scaleSlow - scaleDead

// whole tells whether all targets that can be crawled were.
func (f *scaleFarm) whole() bool {
	big, slow, others := f.waits()
	return len(big) == scaleBig && len(slow) == scaleSlow && len(others) == scaleOthers
}

func (f *scaleFarm) judge(t *testing.T, delay time.Duration) {
	t.Helper()
	big, slow, others := f.waits()
	tell := func(what string, of []time.Duration, n int) {
		if len(of) != n {
			t.Errorf("%d of %d targets of %s were crawled", len(of), n, what)
		}
		if len(of) > 0 {
			t.Logf("%s: half crawled after %v, 99 %% after %v, all after %v", what,
				of[len(of)/2].Round(time.Second), of[len(of)*99/100].Round(time.Second), of[len(of)-1].Round(time.Second))
		}
	}
	tell("the crowded host", big, scaleBig)
	tell("slow hosts", slow, scaleSlow)
	tell("other hosts", others, scaleOthers)
	if polite := time.Duration(scaleBig) * delay; len(big) == scaleBig && big[scaleBig-1] > polite*5/4+scaleJitter {
		t.Errorf("the crowded host took %v, though politeness asks for %v", big[scaleBig-1], polite)
	}
	if len(others) > 0 && others[len(others)-1] > 3*scaleJitter {
		t.Errorf("a target of a quick host waited for %v", others[len(others)-1])
	}
}

// scaleTables writes the customers and targets. Their schedule is the minute at which they fall due.
func scaleTables(t *testing.T, folder, port string, due time.Time) {
	t.Helper()
	var customers, targets strings.Builder
	customers.WriteString("id,name\n")
	targets.WriteString("id,kind,customer_id,url,schedule\n")
	n := 0
	add := func(letter string, host int) {
		fmt.Fprintf(&customers, "C%d,客户%d有限公司\n", n, n)
		fmt.Fprintf(&targets, "%s%d,hiring,C%d,http://%s:%s/%s%d,%d %d * * *\n", letter, n, n, scaleHost(host), port, letter, n, due.Minute(), due.Hour())
		n++
	}
	for i := range scaleBig {
		add("B", 0)
		for j := i * scaleTwo / scaleBig; j < (i+1)*scaleTwo/scaleBig; j++ {
			add("T", 1+j)
			add("T", 1+j)
		}
	}
	for i := range scaleOne {
		letter := "T"
		switch {
		case i < scaleSlow:
			letter = "S"
		case i < scaleSlow+scaleDead:
			letter = "D"
		}
		add(letter, 1+scaleTwo+i)
	}
	if n != scaleAll {
		t.Fatalf("%d targets were made", n)
	}
	write(t, folder, "customers.csv", customers.String())
	write(t, folder, "targets.csv", targets.String())
}

// scaleIdle logs what the program costs while it has nothing to do.
func scaleIdle(t *testing.T, base, when string, long time.Duration) {
	t.Helper()
	before := soakSampleOf(t, base)
	time.Sleep(long)
	after := soakSampleOf(t, base)
	t.Logf("idle %s for %v: %.2f s of processor time, %.0f MiB resident, %.0f goroutines", when, long.Round(time.Second), after.processor-before.processor, after.memory/(1<<20), after.goroutines)
}

// scaleWatch reads the program's metrics until all targets were crawled, and returns the most of each.
func scaleWatch(t *testing.T, base string, farm *scaleFarm, delay time.Duration) soakSample {
	t.Helper()
	var most soakSample
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	limit := time.After(time.Until(farm.due) + 2*scaleBig*delay + 10*time.Minute)
	for n := 0; !farm.whole(); n++ {
		select {
		case <-tick.C:
		case <-limit:
			return most
		}
		s := soakSampleOf(t, base)
		most.memory, most.heap = max(most.memory, s.memory), max(most.heap, s.heap)
		most.goroutines, most.files = max(most.goroutines, s.goroutines), max(most.files, s.files)
		if n%15 == 0 {
			big, slow, others := farm.waits()
			t.Logf("%v: crowded %d, slow %d, others %d; %.0f MiB resident, %.0f MiB heap, %.0f goroutines, %.0f files, %.1f s of processor time", time.Since(farm.due).Round(time.Second),
				len(big), len(slow), len(others), s.memory/(1<<20), s.heap/(1<<20), s.goroutines, s.files, s.processor)
		}
	}
	return most
}

package e2e

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"dealvitals/signals"
)

const (
	jobPages    = 4
	jobsOnAPage = 6
)

// careerSite is a hiring page over several pages, the third of which can be held.
type careerSite struct {
	*httptest.Server
	mu      sync.Mutex
	held    chan struct{} // the third page waits for it to be closed; nil = it does not wait
	asked   bool          // for the third page
	reached chan struct{} // closed when the third page is asked for; never changed
}

func newCareerSite(t *testing.T) *careerSite {
	s := &careerSite{held: make(chan struct{}), reached: make(chan struct{})}
	s.Server = httptest.NewServer(http.HandlerFunc(s.answer))
	t.Cleanup(func() {
		s.release()
		s.Close()
	})
	return s
}

func (s *careerSite) release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.held != nil {
		close(s.held)
		s.held = nil
	}
}

func (s *careerSite) answer(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/robots.txt" {
		http.NotFound(w, r)
		return
	}
	page := 1
	if text := r.URL.Query().Get("page"); text != "" {
		if _, err := fmt.Sscan(text, &page); err != nil {
			http.NotFound(w, r)
			return
		}
	}
	if page == 3 {
		s.hold(r.Context())
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, careerPage(page))
}

// hold keeps a request waiting, and tells the test once that it is there.
func (s *careerSite) hold(ctx context.Context) {
	s.mu.Lock()
	held := s.held
	if held != nil && !s.asked {
		s.asked = true
		close(s.reached)
	}
	s.mu.Unlock()
	if held != nil {
		select {
		case <-held:
		case <-ctx.Done():
		}
	}
}

func careerPage(page int) string {
	titles := []string{"机械工程师", "财务主管", "采购专员", "销售经理", "仓库管理员", "质量检验员"}
	places := []string{"上海", "苏州", "无锡", "常州"}
	var b strings.Builder
	b.WriteString(`<html><head><meta charset="utf-8"><title>招聘职位</title></head><body><h1>招聘职位</h1><ul class="jobs">`)
	for i := range jobsOnAPage {
		fmt.Fprintf(&b, `<li><a href="/job/%d.html">%s</a><span class="place">%s</span><span>招聘人数：%d人</span></li>`, page*100+i, titles[i], places[page-1], 1+i%3)
	}
	b.WriteString(`</ul>`)
	if page < jobPages {
		fmt.Fprintf(&b, `<a class="next" href="/jobs?page=%d">下一页</a>`, page+1)
	}
	b.WriteString(`</body></html>`)
	return b.String()
}

// server is a running `dealvitals serve`.
type server struct {
	process *exec.Cmd
	address string
}

// serve starts the program on the store in folder and waits until it answers.
func serve(t *testing.T, folder string) *server {
	t.Helper()
	c := command(context.WithoutCancel(t.Context()), folder, "serve", "--listen", "127.0.0.1:0", "--contact", "test@dealvitals.example",
		"--allow-network", "127.0.0.0/8", "--delay", "0s", "--log-format", "text")
	c.Env = append(c.Env, "DEALVITALS_SCHEDULES_JITTER=0s", "DEALVITALS_CRAWLER_RETRIES=0")
	messages, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Process.Kill() })
	lines := bufio.NewScanner(messages)
	var said strings.Builder
	for lines.Scan() {
		said.WriteString(lines.Text() + "\n")
		if _, rest, ok := strings.Cut(lines.Text(), "serving on "); ok {
			address, _, _ := strings.Cut(rest, "/ ")
			go func() { _, _ = io.Copy(os.Stderr, messages) }()
			return &server{c, address}
		}
	}
	t.Fatalf("the program never said where it serves:\n%s", said.String())
	return nil
}

func TestKilledRunIsTakenUpAgainWithoutLossOrFalseFreeze(t *testing.T) {
	t.Parallel()
	site := newCareerSite(t)
	folder := t.TempDir()
	importWorld(t, folder, site.URL+"/jobs")
	key := strings.TrimSpace(string(output(t, folder, "keys", "create", "--role", "admin", "--name", "test")))

	reached := site.reached
	first := serve(t, folder)
	select {
	case <-reached:
	case <-time.After(time.Minute):
		t.Fatal("the schedule never crawled the third page")
	}
	if err := first.process.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = first.process.Wait()
	site.release()

	second := serve(t, folder)
	runs := waitForRuns(t, second.address, key, 2)
	resumed := runs[len(runs)-1]
	if resumed.Trigger != "resumed" || !resumed.Complete || resumed.Items != jobPages*jobsOnAPage || resumed.New != resumed.Items {
		t.Errorf("the run that was cut off was not taken up whole: %+v", resumed)
	}
	next := runs[len(runs)-2]
	if next.Items != jobPages*jobsOnAPage || next.New != 0 {
		t.Errorf("the run after it found %d items, %d new; want the same %d and none new", next.Items, next.New, jobPages*jobsOnAPage)
	}
	freeze := getJSON[struct {
		State string `json:"state"`
	}](t, second.address+"/v1/deals/D1/freeze", key)
	if freeze.State != "clear" {
		t.Errorf("the deal is %s, want clear", freeze.State)
	}
	stop(t, second)
	output(t, folder, "verify")
}

// importWorld brings one customer with a deal, and a target that is crawled every second.
func importWorld(t *testing.T, folder, url string) {
	t.Helper()
	tables := map[string]string{
		"customers": "客户编号,客户名称,别名\nC1,苏州启航机电有限公司,启航机电\n",
		"contacts":  "联系人编号,customer_id,姓名,wecom_id\nK1,C1,张三,wm1\n",
		"deals":     "商机编号,customer_id,商机名称,销售,金额,币种,产品关键词,关键人\nD1,C1,MES一期,李四,120万元,CNY,MES,K1\n",
		"targets":   "id,kind,customer_id,url,schedule\nT1,hiring,C1," + url + ",@every 1s\n",
	}
	for _, kind := range []string{"customers", "contacts", "deals", "targets"} {
		write(t, folder, kind+".csv", tables[kind])
		output(t, folder, "import", kind, kind+".csv")
	}
}

// waitForRuns asks until the target has at least n finished complete runs, newest first.
func waitForRuns(t *testing.T, address, key string, n int) []signals.Run {
	t.Helper()
	deadline := time.After(time.Minute)
	ask := time.NewTicker(100 * time.Millisecond)
	defer ask.Stop()
	for {
		list := getJSON[struct{ Items []signals.Run }](t, address+"/v1/targets/T1/runs", key)
		var complete []signals.Run
		for _, r := range list.Items {
			if r.Complete {
				complete = append(complete, r)
			}
		}
		if len(complete) >= n {
			return complete
		}
		select {
		case <-deadline:
			t.Fatalf("there are %d complete runs, want %d: %+v", len(complete), n, list.Items)
		case <-ask.C:
		}
	}
}

// stop ends a server as a service manager does, and wants a clean end.
func stop(t *testing.T, s *server) {
	t.Helper()
	if err := s.process.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := s.process.Wait(); err != nil {
		t.Errorf("the server ended with %v, want a clean end", err)
	}
}

package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/netip"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf8"

	"dealvitals/api/desk"
	"dealvitals/crawler"
	"dealvitals/evidence"
	"dealvitals/schedules"
	"dealvitals/signals"
	"dealvitals/store"
	"dealvitals/store/bolt"
	"dealvitals/wecom/collect"

	"github.com/shopspring/decimal"
	"golang.org/x/text/encoding/simplifiedchinese"
)

const (
	glassMaker      = "云溪华光玻璃股份有限公司"
	instrumentMaker = "海湾仪器（苏州）有限公司"
	waterworks      = "临川市水务集团有限公司"
)

// yearDeals are the deals of the year: two of each customer.
var yearDeals = []string{"D1A", "D1B", "D2A", "D2B", "D3A", "D3B", "D4A", "D4B", "D5A", "D5B", "D6A", "D6B"}

// yearOffice is the program on a real store, with a clock that the test sets. The clock is
// set only while nothing works.
type yearOffice struct {
	*testing.T
	folder  string
	now     time.Time    // what the clock was set to
	ticks   atomic.Int64 // how often it was looked at
	db      *bolt.DB
	archive *evidence.Archive
	crawler *crawler.Crawler
	runner  *schedules.Runner
	wecom   *collect.Collector
	desk    *desk.Desk
	kept    chan string // ids of targets whose run was kept
	pulled  time.Time   // up to when messages were pulled
	seq     int
}

// clock goes on by a microsecond each time that somebody looks: what comes after an answer
// has a later instant, as with a real clock.
func (y *yearOffice) clock() time.Time {
	return y.now.Add(time.Duration(y.ticks.Add(1)) * time.Microsecond)
}

// tellingLog tells which runs are kept.
type tellingLog struct {
	schedules.RunLog
	kept chan<- string
}

func (l tellingLog) Commit(ctx context.Context, c store.RunCommit) (store.Committed, error) {
	committed, err := l.RunLog.Commit(ctx, c)
	l.kept <- c.Run.TargetID
	return committed, err
}

func newYearOffice(t *testing.T, sites *yearSites) *yearOffice {
	t.Helper()
	y := &yearOffice{T: t, folder: t.TempDir(), now: yearBegins.AddDate(0, 0, -8), kept: make(chan string, 100)}
	clock, logger := y.clock, slog.New(slog.DiscardHandler)
	var err error
	y.db, err = bolt.Open(filepath.Join(y.folder, "year.db"), bolt.Options{Clock: clock, NoSync: true})
	y.must(err)
	y.archive, err = evidence.Open(filepath.Join(y.folder, "year.db.evidence"), evidence.Options{})
	y.must(err)
	y.crawler, err = crawler.New(crawler.Settings{
		Contact: "ops@example.com", AllowNetworks: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
		Concurrency: 2, PageTimeout: 10 * time.Second, MaxPages: 20, MaxDetails: 200, CircuitFailures: 5, Circuits: y.db.Circuits(),
	}, y.db.Runs, y.archive, clock, logger)
	y.must(err)
	matching := &schedules.Matching{Customers: y.db.Customers, Notices: y.db.Notices}
	y.runner = &schedules.Runner{
		Targets: y.db.Targets, Runs: tellingLog{y.db.Runs, y.kept}, Deals: y.db.Deals, Crawler: y.crawler, Matching: matching, Clock: clock, Logger: logger,
		Rescorer: &schedules.Rescorer{Histories: y.db.Histories, Policies: y.db.Policies, Verdicts: y.db.Verdicts, AllDeals: y.db.Deals, Matching: matching, Clock: clock, Logger: logger},
		Waits:    y.crawler.Waits,
	}
	y.runner.Rests = (&schedules.Resting{Runs: y.db.Runs, Policies: y.db.Policies, Crawl: yearCron, Clock: clock}).Of
	y.wecom = &collect.Collector{Log: y.db.Interactions, Memory: y.db.WeComState(), Days: y.db.WeComState(), Policies: y.db.Policies, Contacts: y.db.Contacts, Deals: y.db.Deals, Clock: clock}
	y.desk = &desk.Desk{
		Deals: y.db.Deals, Customers: y.db.Customers, Histories: y.db.Histories, Policies: y.db.Policies, Verdicts: y.db.Verdicts,
		Periods: y.db.Periods, Outcomes: y.db.Outcomes, Targets: y.db.Targets, Runs: y.db.Runs, Clock: clock,
	}
	y.records(sites)
	return y
}

func (y *yearOffice) must(err error) {
	y.Helper()
	if err != nil {
		y.Fatal(err)
	}
}

// close ends all, so that the program itself can open the store.
func (y *yearOffice) close() {
	y.crawler.Close()
	y.must(y.archive.Close())
	y.must(y.db.Close())
}

func external(deal string) string {
	for i, id := range yearDeals {
		if id == deal {
			return fmt.Sprintf("wm%030d", i+1)
		}
	}
	return ""
}

// records are the customers, contacts, deals and targets.
func (y *yearOffice) records(sites *yearSites) {
	y.Helper()
	ctx := y.Context()
	names := []string{glassMaker, instrumentMaker, waterworks, "远山重工集团有限公司", "青禾农业科技有限公司", "北辰医疗器械有限公司"}
	for i, name := range names {
		id := fmt.Sprintf("C%d", i+1)
		_, err := y.db.Customers.Put(ctx, []signals.Customer{{ID: id, Name: name}}, "crm", y.now)
		y.must(err)
		for n, part := range []string{"A", "B"} {
			deal := fmt.Sprintf("D%d%s", i+1, part)
			_, err = y.db.Contacts.Put(ctx, []signals.Contact{{ID: "P" + deal, CustomerID: id, Name: "联系人" + deal, WeComID: external(deal)}}, "crm", y.now)
			y.must(err)
			_, err = y.db.Deals.Put(ctx, []signals.Deal{{
				ID: deal, CustomerID: id, Name: "商机" + deal, Owner: []string{"李雷", "韩梅梅"}[n], Amount: decimal.NewFromInt(int64(1000 * (i + 1))), Currency: "CNY", Contacts: []string{"P" + deal},
			}}, "crm", y.now)
			y.must(err)
		}
	}
	var targets []signals.Target
	for id, customer := range map[string]string{"glass": "C1", "instruments": "C2", "water": "C3"} {
		targets = append(targets, signals.Target{ID: id, Kind: signals.KindHiring, CustomerID: customer, URL: sites.urls[id]})
	}
	for _, id := range []string{"tenders1", "tenders2"} {
		targets = append(targets, signals.Target{ID: id, Kind: signals.KindTender, URL: sites.urls[id]})
	}
	_, err := y.db.Targets.Put(ctx, targets, "admin", y.now)
	y.must(err)
}

type line = map[string]any

// pull takes what was said since the last pull out of the archive.
func (y *yearOffice) pull() {
	y.Helper()
	first := y.pulled.IsZero()
	lines := []line{{"control": "page", "after_seq": 0}}
	if first {
		y.pulled = y.now.AddDate(0, 0, -5)
		lines = append(lines, line{"control": "members", "permitted": []string{"lilei", "hanmeimei"}, "names": line{"lilei": "李雷", "hanmeimei": "韩梅梅"}})
	}
	for _, deal := range yearDeals {
		owner := map[byte]string{'A': "lilei", 'B': "hanmeimei"}[deal[2]]
		if first {
			status := "Agree"
			if deal == "D3B" {
				status = "Disagree"
			}
			lines = append(lines, line{"control": "consent", "info": []line{{"userid": owner, "exteranalopenid": external(deal), "agree_status": status, "status_change_time": y.pulled.Unix()}}})
		}
		for at := y.pulled; at.Before(y.now); at = at.AddDate(0, 0, 1) {
			if talks(deal, at) {
				lines = append(lines, y.said(owner, external(deal), at.Add(2*time.Hour), "合同的付款条件请再确认"), y.said(external(deal), owner, at.Add(2*time.Hour+10*time.Minute), "好的，我们走审批，报价收到了"))
			}
		}
	}
	lines = append(lines, line{"control": "pulled", "at": y.now.Format(time.RFC3339)})
	var feed bytes.Buffer
	for _, l := range lines {
		y.must(json.NewEncoder(&feed).Encode(l))
	}
	_, err := y.wecom.Take(y.Context(), collect.Archive, &feed)
	y.must(err)
	y.pulled = y.now
}

// talks tells whether both sides of a deal write on the day after an instant.
func talks(deal string, at time.Time) bool {
	weekday := at.In(signals.Shanghai).Weekday()
	switch {
	case weekday == time.Saturday || weekday == time.Sunday, deal == "D4B", deal == "D6B":
		return false
	case deal == "D1B":
		return !during(int(at.Sub(yearBegins)/week), silentFrom, silentTo)
	}
	return true
}

func (y *yearOffice) said(from, to string, at time.Time, text string) line {
	y.seq++
	return line{
		"seq": y.seq, "publickey_ver": 2, "msgid": fmt.Sprint("m", y.seq, "_external"), "action": "send", "from": from, "tolist": []string{to},
		"roomid": "", "msgtime": at.UnixMilli(), "msgtype": "text", "text": line{"content": text},
	}
}

// yearCron is when targets are crawled: on Mondays, two hours before the test looks.
const yearCron = "CRON_TZ=Asia/Shanghai 0 6 * * 1"

// crawl starts the program's scheduler, which finds every target missed since last week,
// ends it when all were crawled, and scores all deals.
func (y *yearOffice) crawl() {
	y.Helper()
	s, err := schedules.NewScheduler(schedules.Settings{Crawl: yearCron, Rescore: "CRON_TZ=Asia/Shanghai 30 8 * * 1", Places: schedules.PlacesOf(4, 1)}, y.runner, y.db.Targets, y.db.Runs, y.db.Marks)
	y.must(err)
	ctx, cancel := context.WithCancel(y.Context())
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx) }()
	for crawled := make(map[string]bool); len(crawled) < 5; {
		select {
		case id := <-y.kept:
			crawled[id] = true
		case <-time.After(time.Minute):
			y.Fatalf("of the five targets only %v were crawled", crawled)
		}
	}
	cancel()
	y.must(<-ended)
	_, err = y.runner.Rescorer.All(y.Context())
	y.must(err)
}

// page is a captured page as people read it.
func (y *yearOffice) page(hash string) []byte {
	y.Helper()
	kept, err := y.db.Runs.Evidence(y.Context(), hash)
	y.must(err)
	body, err := y.archive.Body(y.Context(), kept)
	y.must(err)
	if utf8.Valid(body) {
		return body
	}
	text, err := simplifiedchinese.GBK.NewDecoder().Bytes(body)
	y.must(err)
	return text
}

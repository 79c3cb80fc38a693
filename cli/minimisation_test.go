package cli

import (
	"bytes"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"dealvitals/api"
	"dealvitals/config"
	"dealvitals/imports"
	"dealvitals/schedules"
	"dealvitals/signals"
	"dealvitals/store/bolt"
	"dealvitals/wecom"
	"dealvitals/wecom/callback"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/xuri/excelize/v2"
)

// mark is a word that nobody else writes. Wherever it turns up, what somebody wrote was kept.
const mark = "QZXMARK"

// kept is all that a program writes beside its files.
type kept struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (k *kept) Write(p []byte) (int, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.text.Write(p)
}

// minimised is the program with every source of messages connected.
type minimised struct {
	*testing.T
	app     *app
	handler http.Handler
	crypto  *wecom.Crypto
	secret  string
	log     *kept
	answers *kept
}

const (
	minimisedKey = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq"
	minimisedNow = 1_790_000_000
)

func newMinimised(t *testing.T, folder string) *minimised {
	m := &minimised{T: t, log: &kept{}, answers: &kept{}}
	cfg := config.Default()
	cfg.DB = filepath.Join(folder, "m.db")
	cfg.WeCom = config.WeCom{Token: "token", EncodingAESKey: minimisedKey, CorpID: "ww1"}
	clock := func() time.Time { return time.Unix(minimisedNow, 0) }
	logger := slog.New(slog.NewTextHandler(m.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	a, err := newApp(cfg, logger, clock, bolt.Options{NoSync: true})
	m.must(err)
	m.app = a
	scheduler, err := schedules.NewScheduler(schedules.Settings{Crawl: cfg.Schedules.Crawl, Rescore: cfg.Schedules.Rescore, Places: schedules.PlacesOf(1, 1)}, a.runner, a.db.Targets, a.db.Runs, a.db.Marks)
	m.must(err)
	m.handler, err = a.handler(scheduler, prometheus.NewRegistry())
	m.must(err)
	m.crypto, err = wecom.NewCrypto("token", minimisedKey, "ww1")
	m.must(err)
	key, secret, err := api.NewKey("tester", "admin", clock())
	m.must(err)
	m.must(a.db.Keys.Add(t.Context(), key))
	m.secret = secret
	past := clock().Add(-24 * time.Hour)
	_, err = a.db.Contacts.Put(t.Context(), []signals.Contact{{ID: "K1", CustomerID: "C1", WeComID: external}}, "crm", past)
	m.must(err)
	_, err = a.db.Deals.Put(t.Context(), []signals.Deal{{ID: "D1", CustomerID: "C1", Owner: "lilei", Contacts: []string{"K1"}, Currency: "CNY"}}, "crm", past)
	m.must(err)
	return m
}

var external = "wm" + strings.Repeat("X", 30)

func (m *minimised) must(err error) {
	m.Helper()
	if err != nil {
		m.Fatal(err)
	}
}

// send sends a request and keeps its answer.
func (m *minimised) send(method, path, contentType, body string) int {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+m.secret)
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("Idempotency-Key", fmt.Sprint(len(body)))
	w := httptest.NewRecorder()
	m.handler.ServeHTTP(w, r)
	fmt.Fprintln(m.answers, w.Code, w.Header(), w.Body.String())
	return w.Code
}

func (m *minimised) fine(status int) {
	m.Helper()
	if status != http.StatusOK {
		m.Errorf("answered %d", status)
	}
}

func (m *minimised) callback(message string) int {
	sealed, err := m.crypto.Encrypt([]byte(message))
	m.must(err)
	stamp := fmt.Sprint(minimisedNow)
	query := url.Values{"timestamp": {stamp}, "nonce": {"n"}, "msg_signature": {m.crypto.Sign(stamp, "n", sealed)}}
	return m.send("POST", callback.Path+"?"+query.Encode(), "text/xml", "<xml><Encrypt>"+sealed+"</Encrypt></xml>")
}

// archived is an archived message of a customer.
func archived(n int, kind, content string) string {
	return fmt.Sprintf(`{"seq":%d,"msgid":"m%d","action":"send","from":%q,"tolist":["lilei"],"roomid":"","msgtime":%d,"msgtype":%q,%s}`,
		n, n, external, int64(minimisedNow-60+n)*1000, kind, content)
}

func TestNobodysWordsAreKept(t *testing.T) {
	folder := t.TempDir()
	m := newMinimised(t, folder)
	said := "报价" + mark + "合同"

	table := "time,deal_id,contact_id,direction,kind,text\n2026-09-20T10:00:00+08:00,D1,K1,in,text," + said + "\n"
	m.fine(m.send("POST", "/v1/imports/interactions", "text/csv", table))
	m.send("POST", "/v1/imports/interactions", "text/csv", table+"2026-09-20T10:00:00+08:00,D1,K1,"+said+","+said+",\n")
	m.fine(m.send("POST", "/v1/imports/interactions", "application/x-ndjson",
		`{"time":"2026-09-20T10:01:00+08:00","deal_id":"D1","contact_id":"K1","direction":"in","text":"`+said+`"}`))
	m.send("POST", "/v1/imports/interactions", "application/x-ndjson", `{"time":"`+said+`","`+said+`":1}`+"\n"+said)
	m.fine(m.send("POST", "/v1/imports/interactions?deal_id=D1&contact_id=K1", "text/csv",
		"localId,TalkerId,Type,IsSender,StrContent,StrTime\n1,9,1,0,"+said+",2026-09-20 10:02:00\n2,9,49,0,<title>"+said+"</title>,2026-09-20 10:03:00\n"))
	m.send("POST", "/v1/imports/interactions?deal_id=D1", "text/csv", "发送人,接收人,消息内容,发送时间\n"+said+","+said+","+said+","+said+"\n")
	m.fine(m.send("POST", "/v1/imports/interactions", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbookOf(t,
		[]any{"time", "deal_id", "contact_id", "direction", "text"}, []any{"2026-09-20 10:04:00", "D1", "K1", "in", said})))
	m.send("POST", "/v1/imports/interactions", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbookOf(t,
		[]any{"time", "deal_id", "contact_id", "direction", "text"}, []any{said, "D1", "K1", said, said}))
	if report, err := m.app.importer.Import(t.Context(), imports.Interactions, strings.NewReader("time,text\n"+said+","+said+"\n"), imports.Options{Actor: "t"}); err != nil {
		fmt.Fprintln(m.answers, report, err)
	}

	push := fmt.Sprintf(`{"interactions":[{"time":"2026-09-20T11:00:00+08:00","deal_id":"D1","contact_id":"K1","direction":"in","kind":"text","text":%q}]}`, said)
	m.fine(m.send("POST", "/v1/interactions", "application/json", push))
	m.send("POST", "/v1/interactions", "application/json", strings.Replace(push, `"in"`, `"`+said+`"`, 1))
	m.send("POST", "/v1/interactions", "application/json", strings.Replace(push, `"text":`, `"words":`, 1))
	m.send("POST", "/v1/interactions", "application/json", said+push)

	consent := fmt.Sprintf(`{"control":"consent","info":[{"userid":"lilei","exteranalopenid":%q,"agree_status":"Agree","status_change_time":1700000000}]}`, external)
	m.fine(m.send("POST", "/v1/wecom/archive", "application/x-ndjson", strings.Join([]string{
		consent, archived(1, "text", `"text":{"content":"`+said+`"}`), archived(2, "file", `"file":{"filename":"`+said+`"}`),
		archived(3, "link", `"link":{"title":"`+said+`","description":"`+said+`"}`), archived(4, "markdown", `"info":{"content":"`+said+`"}`),
		archived(5, "mixed", `"mixed":{"item":[{"type":"text","content":"{\"content\":\"`+said+`\"}"}]}`),
		archived(6, "chatrecord", `"chatrecord":{"title":"`+said+`"}`), archived(7, said, `"x":1`), archived(8, "vote", `"vote":{"votetitle":"`+said+`"}`),
		`{"msgid":"` + said + ` x"}`, `{"msgtime":"` + said + `"}`, said, `{"control":"` + said + `"}`,
		strings.Replace(archived(9, "text", `"x":1`), `"lilei"`, `"`+said+`"`, 1),
	}, "\n")))
	m.fine(m.send("POST", "/v1/wecom/zone", "application/x-ndjson", strings.Join([]string{
		consent, fmt.Sprintf(`{"msgid":"z1","sender":{"type":2,"id":%q},"receiver_list":[{"type":1,"id":"lilei"}],"send_time":%d,"msgtype":"text","text":%q,"hit_rule_list":[{"rule_id":"r1","has_hit_keyword":1,"semantics_list":[%q]}]}`, external, minimisedNow-9, said, said),
		`{"msgid":"z2","sender":` + said + `}`,
	}, "\n")))
	m.fine(m.send("POST", "/v1/wecom/statistics", "application/x-ndjson", strings.Join([]string{
		`{"userid":"lilei","asked_at":"2026-09-20T10:00:00+08:00","errmsg":"` + said + `","behavior_data":[{"stat_time":1789747200,"message_cnt":7,"` + said + `":1}]}`,
		`{"userid":"` + said + `","asked_at":"2026-09-20T10:00:00+08:00"}`, `{"userid":"lilei","asked_at":"` + said + `"}`, said,
	}, "\n")))
	m.fine(m.callback("<xml><CreateTime>1790000000</CreateTime><MsgType>text</MsgType><Content>" + said + "</Content></xml>"))
	m.callback("<xml><CreateTime>" + said + "</CreateTime><Content>" + said + "</Content></xml>")
	m.callback(said)

	for _, path := range []string{"/v1/deals/D1/health", "/v1/deals/D1/explanation", "/v1/deals/D1/decisions", "/v1/deals/D1/heatmap", "/v1/deals/D1/heatmap.svg", "/v1/wecom/unmapped", "/v1/wecom/archive", "/v1/wecom/zone", "/metrics"} {
		m.fine(m.send("GET", path, "", ""))
	}
	history, err := m.app.db.Histories.Deal(t.Context(), "D1", time.Time{})
	m.must(err)
	if n := len(history.WeChat.Interactions); n != 15 {
		t.Errorf("%d interactions are kept, want 15: not every source was heard", n)
	}
	person, err := m.app.db.People().Export(t.Context(), external, "t", false, m.app.clock())
	m.must(err)
	m.must(printJSON(m.answers, person))
	m.must(m.app.db.Audit.Export(t.Context(), m.answers))
	m.app.close()
	m.search(folder)
}

// workbookOf is an XLSX file of rows.
func workbookOf(t *testing.T, rows ...[]any) string {
	t.Helper()
	file := excelize.NewFile()
	for i, row := range rows {
		if err := file.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var body bytes.Buffer
	if err := file.Write(&body); err != nil {
		t.Fatal(err)
	}
	return body.String()
}

// search looks for the mark in everything that was written.
func (m *minimised) search(folder string) {
	files := 0
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		raw, err := os.ReadFile(path)
		if bytes.Contains(raw, []byte(mark)) {
			m.Errorf("the mark is in %s", path)
		}
		return err
	})
	m.must(err)
	if files == 0 {
		m.Error("there is no file to search")
	}
	for name, text := range map[string]*kept{"log": m.log, "answers": m.answers} {
		if at := bytes.Index(text.text.Bytes(), []byte(mark)); at >= 0 {
			m.Errorf("the mark is in the %s: …%s", name, text.text.Bytes()[max(0, at-300):at])
		}
	}
}

func TestTheCallbackIsOffUnlessSetUp(t *testing.T) {
	a, err := newApp(config.Config{DB: filepath.Join(t.TempDir(), "c.db"), Crawler: config.Default().Crawler}, slog.New(slog.DiscardHandler), time.Now, bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	handler, err := a.weComCallback()
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest("GET", callback.Path, nil))
	if w.Code != http.StatusNotFound {
		t.Errorf("answered %d", w.Code)
	}
	a.cfg.WeCom = config.WeCom{Token: "t", EncodingAESKey: "short", CorpID: "ww1"}
	if _, err := a.weComCallback(); err == nil {
		t.Error("a key that is too short is taken")
	}
}

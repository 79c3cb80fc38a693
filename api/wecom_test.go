package api_test

import (
	"net/http"
	"strings"
	"testing"

	"dealvitals/signals"
	"dealvitals/wecom/collect"
)

var customerID = "wm" + strings.Repeat("C", 30)

// feed posts JSON lines.
func (w *world) feed(path, lines string) answer {
	w.t.Helper()
	return w.call(request{role: "ingest", method: http.MethodPost, path: path, body: lines, header: map[string]string{"Content-Type": "application/x-ndjson"}})
}

func TestStatisticsOfWeCom(t *testing.T) {
	w := newWorld(t)
	line := `{"userid":"lilei","asked_at":"2026-01-02T07:00:00+08:00","errcode":0,"behavior_data":[{"stat_time":1767196800,"message_cnt":31}]}` + "\n"
	r := read[collect.StatisticsReport](w.feed("/v1/wecom/statistics", line+"broken\n").is(http.StatusOK))
	if r.Figures+r.TooOld != 1 || len(r.Bad) != 1 || len(r.Doubts) != 0 {
		t.Errorf("report %+v", r)
	}
	w.post("ingest", "/v1/wecom/statistics", "{}").isProblem(http.StatusUnsupportedMediaType, "media-type")
}

func TestFeedsOfWeCom(t *testing.T) {
	w := newWorld(t)
	w.customer()
	w.deal("D1", 100, func(d *signals.Deal) { d.Contacts = []string{"P1"}; d.Owner = "lilei" })
	_, err := w.db.Contacts.Put(t.Context(), []signals.Contact{{ID: "P1", CustomerID: "C1", WeComID: customerID}}, "crm", w.clock())
	w.must(err)
	consent := `{"control":"consent","info":[{"userid":"lilei","exteranalopenid":"` + customerID + `","agree_status":"Agree","status_change_time":1700000000}]}` + "\n"
	message := `{"seq":7,"publickey_ver":1,"msgid":"m7","action":"send","from":"` + customerID + `","tolist":["lilei"],"roomid":"","msgtime":1790000000000,"msgtype":"text","text":{"content":"x"}}` + "\n"
	stranger := strings.Replace(message, `"m7","action":"send","from":"`+customerID, `"m8","action":"send","from":"`+strings.Replace(customerID, "CC", "DD", 1), 1)

	r := read[collect.Report](w.feed("/v1/wecom/archive", consent+message+stranger+"broken\n").is(http.StatusOK))
	if r.New != 1 || r.Skipped["no_consent"] != 1 || len(r.Bad) != 1 || r.Position.Seq != 7 {
		t.Errorf("report %+v", r)
	}
	if r := read[collect.Report](w.feed("/v1/wecom/archive", message).is(http.StatusOK)); r.Known != 1 {
		t.Errorf("sent again: %+v", r)
	}
	w.feed("/v1/wecom/archive", `{"control":"page","after_seq":99}`).isProblem(http.StatusConflict, "conflict")
	w.post("ingest", "/v1/wecom/archive", "{}").isProblem(http.StatusUnsupportedMediaType, "media-type")
	w.feed("/v1/wecom/zone", `{"msgid":"z1"}`).is(http.StatusOK)
	if p := read[collect.Position](w.get("ingest", "/v1/wecom/archive").is(http.StatusOK)); p.Seq != 7 || len(p.KeyVersions) != 1 {
		t.Errorf("position %+v", p)
	}
	w.get("ingest", "/v1/wecom/zone").is(http.StatusOK)
	w.get("sales_ops", "/v1/wecom/unmapped").is(http.StatusOK)
	if said := strings.Join(w.effects.said, " "); !strings.Contains(said, "deals D1") {
		t.Errorf("what followed: %s", said)
	}
}

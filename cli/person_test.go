package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dealvitals/signals"
)

// command runs one command on a store and returns what it printed.
func command(t *testing.T, db string, in string, args ...string) (int, string) {
	t.Helper()
	var out, err bytes.Buffer
	code := Main(t.Context(), Process{Args: append(args, "--db", db), In: strings.NewReader(in), Out: &out, Err: &err})
	return code, out.String() + err.String()
}

func TestAPersonIsErasedOnlyWithYes(t *testing.T) {
	db := filepath.Join(t.TempDir(), "p.db")
	now := time.Now()
	figures := fmt.Sprintf(`{"userid":"lilei","asked_at":%q,"errcode":0,"errmsg":"ok","behavior_data":[{"stat_time":%d,"chat_cnt":1,"message_cnt":31}]}`+"\n",
		now.Format(time.RFC3339), signals.DateOf(now.In(signals.Shanghai)).AddDays(-3).Start().Unix())
	steps := []struct {
		name, in string
		args     []string
		code     int
		want     string
	}{
		{"a customer", "id,name\nC1,宏图机械有限公司\n", []string{"import", "customers", "-"}, 0, "1 new"},
		{"a contact", "id,customer_id,name,wecom_id\nK1,C1,王小明," + external + "\n", []string{"import", "contacts", "-"}, 0, "1 new"},
		{"a deal", "id,customer_id,name,owner,amount,currency,contacts\nD1,C1,一号,lilei,1,CNY,K1\n", []string{"import", "deals", "-"}, 0, "1 new"},
		{"a feed", `{"control":"consent","info":[{"userid":"lilei","exteranalopenid":"` + external + `","agree_status":"Agree","status_change_time":1700000000}]}` + "\n" +
			`{"seq":1,"msgid":"m1","action":"send","from":"` + external + `","tolist":["lilei"],"roomid":"","msgtime":1760000000000,"msgtype":"text","text":{"content":"x"}}` + "\nbroken\n",
			[]string{"wecom", "archive", "-"}, 0, "1 interactions new, 0 known\n  line 3 cannot be read"},
		{"how far it was read", "", []string{"wecom", "status"}, 0, "wecom-archive    1"},
		{"ids to resolve", "", []string{"wecom", "unmapped", "--format", "json"}, 0, `"items": []`},
		{"a file that is not there", "", []string{"wecom", "zone", "missing.jsonl"}, 1, "opening the feed"},
		{"the person", "", []string{"person", "export", external}, 0, `"name": "王小明"`},
		{"what is remembered of the person", "", []string{"person", "export", "K1"}, 0, `"agreed": true`},
		{"figures of the member", figures, []string{"wecom", "statistics", "-"}, 0, ""},
		{"the member", "", []string{"person", "export", "lilei"}, 0, `"messages": 31`},
		{"nobody", "", []string{"person", "export", "nobody"}, 1, "userid"},
		{"without --yes", "", []string{"person", "erase", "K1"}, 0, "would erase 1 contacts with 0 earlier versions, 1 interactions"},
		{"still there", "", []string{"person", "export", "K1"}, 0, `"m1@D1"`},
		{"what is old", "", []string{"person", "purge"}, 0, "would drop 0 interactions"},
		{"with --yes", "", []string{"person", "erase", "K1", "--yes"}, 0, `"receipt": "person:`},
		{"not there any more", "", []string{"person", "export", "K1"}, 1, "not found"},
		{"the log is whole", "", []string{"verify"}, 0, ""},
	}
	for _, s := range steps {
		if code, text := command(t, db, s.in, s.args...); code != s.code || !strings.Contains(text, s.want) {
			t.Errorf("%s: %d %s", s.name, code, text)
		}
	}
	raw, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	for _, trace := range []string{"王小明", external} {
		if bytes.Contains(raw, []byte(trace)) {
			t.Errorf("%s is still in the file", trace)
		}
	}
}

package wecom

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// archive is an archived message with content of a kind.
func archive(kind, content string) []byte {
	return fmt.Appendf(nil, `{"seq":1,"msgid":"m1","action":"send","from":"a","tolist":["b"],"roomid":"","msgtime":1790000000000,"msgtype":%q%s}`, kind, content)
}

func TestEveryKindOfArchivedMessageIsRead(t *testing.T) {
	tests := []struct {
		kind, content string
		words         string
		length        int
		took          time.Duration
	}{
		{"text", `,"text":{"content":"你好"}`, "你好", 2, 0},
		{"markdown", `,"info":{"content":"# 报价"}`, "# 报价", 4, 0},
		{"mixed", `,"mixed":{"item":[{"type":"text","content":"{\"content\":\"一\"}"},{"type":"image","content":"{}"},{"type":"text","content":"{\"content\":\"二\"}"}]}`, "一\n二", 3, 0},
		{"voice", `,"voice":{"voice_size":9,"play_length":10}`, "", 0, 10 * time.Second},
		{"video", `,"video":{"play_length":7}`, "", 0, 7 * time.Second},
		{"voiptext", `,"info":{"callduration":90,"invitetype":1}`, "", 0, 90 * time.Second},
		{"meeting_voice_call", `,"voiceid":"v","meeting_voice_call":{"endtime":1790000060}`, "", 0, time.Minute},
		{"meeting_voice_call", `,"meeting_voice_call":{"endtime":8000000000}`, "", 0, 24 * time.Hour},
		{"meeting_voice_call", `,"meeting_voice_call":{}`, "", 0, 0},
		{"file", `,"file":{"filename":"合同.pdf"}`, "合同.pdf", 0, 0},
		{"link", `,"link":{"title":"t","description":"d"}`, "t\nd", 0, 0},
		{"docmsg", `,"doc":{"title":"方案"}`, "方案", 0, 0},
		{"vote", `,"vote":{"votetitle":"v"}`, "v", 0, 0},
		{"chatrecord", `,"chatrecord":{"title":"x","item":[]}`, "", 0, 0},
		{"news", `,"info":{"item":[{"title":"x"}]}`, "", 0, 0},
		{"image", `,"image":{}`, "", 0, 0}, {"emotion", `,"emotion":{"type":1}`, "", 0, 0}, {"card", `,"card":{}`, "", 0, 0},
		{"redpacket", `,"redpacket":{"wish":"x"}`, "", 0, 0}, {"external_redpacket", ``, "", 0, 0}, {"weapp", `,"weapp":{}`, "", 0, 0},
		{"sphfeed", ``, "", 0, 0}, {"voip_doc_share", ``, "", 0, 0}, {"meeting_notification", ``, "", 0, 0},
		{"text", `,"text":"not an object"`, "", 0, 0}, {"kind_of_tomorrow", ``, "", 0, 0},
	}
	for _, tt := range tests {
		line, err := ReadArchive(archive(tt.kind, tt.content))
		if err != nil {
			t.Errorf("%s: %v", tt.kind, err)
			continue
		}
		m := line.Message
		if m.Kind != tt.kind || string(m.Words) != tt.words || m.Length != tt.length || m.Duration != tt.took {
			t.Errorf("%s: %q, %d characters, %s", tt.kind, string(m.Words), m.Length, m.Duration)
		}
	}
}

func TestConsentsAndRevocationsAreEvents(t *testing.T) {
	tests := []struct {
		name, line, want string
	}{
		{"agree", `{"msgid":"m","action":"send","from":"wmA","tolist":["u"],"msgtime":1000,"msgtype":"agree","agree":{"userid":"wmA","agree_time":2000}}`, "{u wmA true 1970-01-01 00:00:02 +0000 UTC}"},
		{"disagree in a room", `{"msgid":"m","action":"send","from":"wmA","tolist":["u"],"roomid":"r","msgtime":1000,"msgtype":"disagree","disagree":{"userid":"wmA","disagree_time":3000}}`, "{r wmA false 1970-01-01 00:00:03 +0000 UTC}"},
	}
	for _, tt := range tests {
		line, err := ReadArchive([]byte(tt.line))
		if err != nil || !line.Message.Event || line.Message.Consent == nil || fmt.Sprint(*line.Message.Consent) != tt.want {
			t.Errorf("%s: %+v, %v", tt.name, line.Message, err)
		}
	}
	line, err := ReadArchive([]byte(`{"msgid":"m","action":"recall","from":"a","tolist":["b"],"msgtime":1000,"msgtype":"revoke","revoke":{"pre_msgid":"old"}}`))
	if err != nil || line.Message.Revokes != "old" || line.Message.Kind != "revoke" || line.Message.Event {
		t.Errorf("revoke: %+v, %v", line.Message, err)
	}
}

func TestLinesThatCannotBeReadAreNamedWithoutTheirContent(t *testing.T) {
	const secret = "机密secret"
	for _, text := range []string{
		secret, `[]`, `"` + secret + `"`, `{"msgid":"` + secret + `"}`, `{"msgid":"m","msgtime":"` + secret + `"}`,
		`{"msgid":"m","msgtime":1,"from":"` + secret + `"}`, `{"msgid":"m","msgtime":1,"from":"a","tolist":["` + secret + `"]}`,
		`{"msgid":"m","msgtime":1,"from":"a","msgtype":"revoke"}`, `{"encrypt_chat_msg":"` + secret + `"}`, `{"msgid":"m"}`,
		`{"control":"` + secret + `"}`, `{"control":"pulled"}`, `{"control":"page","after_seq":"` + secret + `"}`,
	} {
		for name, read := range map[string]func([]byte) (Line, error){"archive": ReadArchive, "zone": ReadZone} {
			_, err := read([]byte(text))
			var unreadable *LineError
			if !errors.As(err, &unreadable) || strings.Contains(err.Error(), "secret") {
				t.Errorf("%s: %s: %v", name, text, err)
			}
		}
	}
}

func TestWordsDoNotPrint(t *testing.T) {
	line, err := ReadArchive(archive("text", `,"text":{"content":"机密secret"}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
		if text := fmt.Sprintf(format, *line.Message); strings.Contains(text, "secret") {
			t.Errorf("%s prints %s", format, text)
		}
	}
}

func TestIdsOfPeopleOutside(t *testing.T) {
	for id, want := range map[string]bool{
		"wm" + strings.Repeat("a", 30): true, "wo" + strings.Repeat("a", 30): true, "woody": false, "wm1": false, "": false, strings.Repeat("a", 32): false,
	} {
		if External(id) != want {
			t.Errorf("External(%q) = %v", id, !want)
		}
	}
}

func FuzzReadLine(f *testing.F) {
	f.Add(archive("text", `,"text":{"content":"x"}`))
	f.Add([]byte(`{"control":"consent","info":[{"userid":"u"}]}`))
	f.Add([]byte(`{"msgid":"z","sender":{"type":2,"id":"a"},"receiver_list":[{"type":1,"id":"b"}],"send_time":9,"msgtype":2,"hit_rule_list":[{"rule_id":"r","has_hit_keyword":true}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, read := range []func([]byte) (Line, error){ReadArchive, ReadZone} {
			line, err := read(text)
			if err != nil {
				continue
			}
			if (line.Message == nil) == (line.Control == nil) {
				t.Fatalf("read as %+v", line)
			}
			if m := line.Message; m != nil && (!GoodID(m.ID) || m.Length < 0 || m.Duration < 0) {
				t.Fatalf("read as %+v", m)
			}
		}
	})
}

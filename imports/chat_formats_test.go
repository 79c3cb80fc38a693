package imports_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"dealvitals/imports"
)

// What each format says of the same three messages on a day: the contact asks, we answer, and
// the contact sends a voice message of three seconds.
func TestFormatsOfChatLogs(t *testing.T) {
	customer := "wm" + strings.Repeat("C", 30)
	tests := []struct {
		name, table string
		options     imports.Options
	}{
		{"WeChatMsg", "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender\n" +
			"1,9,1,0,0,1763605800,,报价收到了,2026-11-20 10:30:00,张三,张三,wxid_x\n" +
			"2,9,1,0,1,1763605860,,好的,2026-11-20 10:31:00,我,我,wxid_me\n" +
			"3,9,34,0,0,1763605920,,\"<msg><voicemsg voicelength=\"\"3000\"\" /></msg>\",2026-11-20 10:32:00,张三,张三,wxid_x\n",
			imports.Options{Contact: "K1", Deal: "D1"}},
		{"PyWxDump", "id,MsgSvrID,type_name,is_sender,talker,room_name,msg,src,CreateTime\n" +
			"1,11,文本,0,wxid_x,K1,报价收到了,,2026-11-20 10:30:00\n" +
			"2,12,文本,1,我,K1,好的,,2026-11-20 10:31:00\n" +
			"3,13,语音,0,wxid_x,K1,\"<voicemsg voicelength=\"\"3000\"\" />\",,2026-11-20 10:32:00\n",
			imports.Options{Deal: "D1"}},
		{"sender and receiver", "消息id,发送人,接收人,消息类型,消息内容,发送时间,时长\n" +
			"a," + customer + ",lilei,text,报价收到了,2026-11-20 10:30:00,\n" +
			"b,lilei," + customer + ",text,好的,2026-11-20 10:31:00,\n" +
			"c," + customer + ",lilei,voice,,2026-11-20 10:32:00,3\n",
			imports.Options{Deal: "D1"}},
		{"JSON lines", `{"time":"2026-11-20T10:30:00+08:00","deal_id":"D1","contact_id":"K1","direction":"in","kind":"text","text":"报价收到了"}` + "\n\n" +
			`{"time":1795141860000,"deal_id":"D1","contact_id":"K1","direction":"out","text":"好的"}` + "\n" +
			`{"time":"2026-11-20 10:32:00","deal_id":"D1","contact_id":"K1","direction":"in","kind":"voice","duration":3}`,
			imports.Options{}},
		{"a CRM's log of calls and messages", "发送时间,联系人,通话方向,消息类型,聊天内容,语音时长(秒)\n" +
			"2026-11-20 10:30,K1,呼入,文本,报价收到了,\n2026-11-20 10:31,K1,呼出,文本,好的,\n2026-11-20 10:32,K1,来电,语音,,3\n",
			imports.Options{Deal: "D1"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.good("contacts", "id,customer_id,name,wecom_id\nK1,C1,张三,"+customer+"\n")
			r, err := w.take("interactions", strings.NewReader(tt.table), spanned(tt.options))
			if err != nil || r.Created != 3 || r.Covered != 1 || len(r.Warnings) > 1 {
				t.Fatalf("the report is %+v, %v", r, err)
			}
			h, err := w.db.Histories.Deal(t.Context(), "D1", time.Time{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, i := range h.WeChat.Interactions {
				got = append(got, fmt.Sprint(i.Time.UTC().Format("15:04"), " ", i.Direction, " ", i.Kind, " ", i.Length, " ", time.Duration(i.Duration), " ", i.Keywords))
			}
			want := "02:30 in text 5 0s map[报价:1]; 02:31 out text 2 0s map[]; 02:32 in voice 0 3s map[]"
			if all := strings.Join(got, "; "); all != want {
				t.Errorf("it is kept as\n%s, want\n%s", all, want)
			}
		})
	}
}

func TestChatLogsThatDoNotSayWhoWroteAreRefused(t *testing.T) {
	const secret = "机密预算报价"
	w := newWorld(t)
	for name, table := range map[string]string{
		"two colleagues":           "发送人,接收人,消息内容,发送时间\nlilei,hanmeimei," + secret + ",2026-11-20 10:30:00\n",
		"a direction of its own":   "localId,TalkerId,Type,IsSender,StrContent,StrTime\n1,9,1," + secret + ",x,2026-11-20 10:30:00\n",
		"lines that are no object": `{"time":"2026-11-20 10:30:00","contact_id":"K1","direction":"in"}` + "\n" + secret + "\n",
		"a nested object":          `{"time":"2026-11-20 10:30:00","contact_id":"K1","direction":"in","text":{"content":"` + secret + `"}}`,
		"a direction of ours":      `{"time":"2026-11-20 10:30:00","contact_id":"K1","direction":"1","text":"` + secret + `"}`,
	} {
		if told := w.bad("interactions", table); strings.Contains(told, secret) {
			t.Errorf("%s: a problem tells the text: %s", name, told)
		}
	}
}

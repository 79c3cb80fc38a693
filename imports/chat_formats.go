package imports

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"dealvitals/signals"
)

// chatFormat is how a program that exports chats writes its tables. It is known by its
// headings; columns that say nothing here are left unread without a word.
type chatFormat struct {
	name    string
	marks   []string          // folded headings that are all there
	columns map[string]string // folded heading → column
	kinds   map[string]string // what it calls a kind → kind
	sent    bool              // the direction is 1 for what was sent, 0 for what was received
	sides   bool              // it tells who wrote to whom, and no direction
}

// chatFormats are the formats that are told by their headings, the first that fits.
func chatFormats() []chatFormat {
	return []chatFormat{
		{ // https://github.com/LC044/WeChatMsg, app/DataBase/exporter_csv.py
			name: "WeChatMsg", marks: []string{"talkerid", "type", "issender", "strcontent", "strtime"}, sent: true,
			columns: map[string]string{"strtime": "time", "talkerid": "contact_id", "issender": "direction", "type": "kind", "strcontent": "text"},
			kinds: map[string]string{
				"1": "text", "3": "image", "34": "voice", "42": "card", "43": "video", "47": "emotion", "48": "location", "49": "link", "50": "call",
				"10000": "system", "10002": "system",
			},
		},
		{ // https://github.com/xaoyaoo/PyWxDump, pywxdump/api/export
			name: "PyWxDump", marks: []string{"msgsvrid", "typename", "issender", "roomname", "createtime"}, sent: true,
			columns: map[string]string{"createtime": "time", "roomname": "contact_id", "issender": "direction", "typename": "kind", "msg": "text", "content": "text"},
			kinds: map[string]string{
				"文本": "text", "图片": "image", "语音": "voice", "视频": "video", "动画表情": "emotion", "表情": "emotion", "文件": "file", "位置": "location",
				"语音通话": "call", "系统通知": "system", "名片": "card", "链接": "link", "引用消息": "text", "带有引用的文本消息": "text",
			},
		},
	}
}

// otherKind is a kind of message that a format names and we do not know.
const otherKind = "other"

// chatFormatOf finds the format of a table of interactions; nil where it is ours.
func chatFormatOf(kind string, cells []string) *chatFormat {
	if kind != Interactions {
		return nil
	}
	var names []string
	for _, cell := range cells {
		name, _ := headingName(cell)
		names = append(names, name)
	}
	has := func(name string) bool { return slices.Contains(names, name) }
	for _, f := range chatFormats() {
		if !slices.ContainsFunc(f.marks, func(mark string) bool { return !has(mark) }) {
			return &f
		}
	}
	return sidesFormat(has)
}

// sidesFormat is that of archives which tell sender and receiver, as the tools around WeCom's
// message archive do.
func sidesFormat(has func(name string) bool) *chatFormat {
	f := chatFormat{name: "sender and receiver", sides: true, columns: make(map[string]string)}
	found := make(map[string]bool)
	for key, names := range map[string][]string{
		"from": {"from", "发送人", "发送者", "发送方", "发送人id", "发送者id", "fromuser", "sender"},
		"to":   {"to", "接收人", "接收者", "接收方", "接收人id", "接收者id", "tolist", "touser", "receiver"},
	} {
		for _, name := range names {
			f.columns[name] = key
			found[key] = found[key] || has(name)
		}
	}
	for _, c := range interactionColumns() {
		for _, name := range append([]string{c.key}, c.names...) {
			folded, _ := headingName(name)
			if c.key == "direction" && has(folded) {
				return nil
			}
			f.columns[folded] = c.key
		}
	}
	f.columns["msgtime"], f.columns["msgtype"], f.columns["content"] = "time", "kind", "text"
	if !found["from"] || !found["to"] {
		return nil
	}
	return &f
}

// kind is what a format calls a kind of message.
func (f *chatFormat) kind(cell string) string {
	if kind, known := f.kinds[cell]; known {
		return kind
	}
	return otherKind
}

// direction is who wrote; "" where the cell does not say.
func (f *chatFormat) direction(cell string) signals.Direction {
	switch cell {
	case "1":
		return signals.DirectionOut
	case "0":
		return signals.DirectionIn
	}
	return ""
}

// voiceLength is how long a voice message is, in the XML that stands for its text.
var voiceLength = regexp.MustCompile(`voicelength="([0-9]{1,8})"`)

// voiceDuration reads it; milliseconds.
func voiceDuration(text string) signals.Duration {
	m := voiceLength.FindStringSubmatch(text)
	if m == nil {
		return 0
	}
	millis, err := strconv.Atoi(m[1])
	if err != nil {
		return 0
	}
	return signals.Duration(time.Duration(millis) * time.Millisecond)
}

// sidesOf tells from sender and receiver which contact a row is about and who wrote. The
// contact is the one named for the whole table, else who has an id of a customer in WeCom.
func sidesOf(r *row) (contact string, d signals.Direction) {
	from, to := r.cell("from"), strings.Trim(r.cell("to"), `[]"`)
	given := r.heading.given["contact_id"]
	theirs := func(id string) bool { return id == given || given == "" && weComCustomer.MatchString(id) }
	switch {
	case theirs(from) == theirs(to):
		r.problem("from", "it does not show which side is the customer's: give the contact with --contact (over HTTP contact_id), or export WeCom's ids")
		return "", ""
	case theirs(from):
		return from, signals.DirectionIn
	}
	return to, signals.DirectionOut
}

// weComCustomer is the form of the id that WeCom gives to a customer's person.
var weComCustomer = regexp.MustCompile(`^w[mo][0-9A-Za-z_-]{30}$`)

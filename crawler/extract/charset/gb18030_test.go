package charset

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"
	"pgregory.net/rapid"
)

// byLibrary is what decodeGB18030 has to give.
func byLibrary(t testing.TB, body []byte) []byte {
	t.Helper()
	text, _, err := transform.Append(simplifiedchinese.GB18030.NewDecoder(), nil, body)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func compare(t testing.TB, body []byte) {
	t.Helper()
	got, err := decodeGB18030(body)
	if want := byLibrary(t, body); err != nil || !bytes.Equal(got, want) {
		t.Fatalf("%q\n decodes to %q (%v)\n   instead of %q", body, got, err, want)
	}
}

func TestGB18030IsDecodedAsByTheLibrary(t *testing.T) {
	page, err := simplifiedchinese.GB18030.NewEncoder().String("<h1 class=\"a\">招聘职位: 工程师</h1>\n<script>var a='b';</script>ĀĂ㊣𠀀€ 上海" + strings.Repeat("x", 100))
	if err != nil {
		t.Fatal(err)
	}
	for cut := range len(page) {
		compare(t, []byte(page[cut:]))
		compare(t, []byte(page[:cut]))
	}
}

// Any bytes, most of them such as characters of four bytes and their broken kin are made of.
func TestAnyBytesAreDecodedAsByTheLibrary(t *testing.T) {
	one := rapid.OneOf(rapid.SampledFrom([]byte("\x00 \"/09:<?@Az\x7f\x80\x81\x84\x95\xd0\xe3\xfe\xff")), rapid.Byte())
	rapid.Check(t, func(r *rapid.T) { compare(t, rapid.SliceOfN(one, 0, 40).Draw(r, "bytes")) })
}

func FuzzGB18030(f *testing.F) {
	f.Add([]byte("\x81\x30\x81\x30 a\x81\x30/\xfe\xfe\x80"))
	f.Fuzz(func(t *testing.T, body []byte) { compare(t, body) })
}

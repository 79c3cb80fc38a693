package page

import (
	"reflect"
	"strings"
	"testing"
	"unsafe"

	"dealvitals/signals"
)

func TestADetachedResultHoldsNothingOfThePage(t *testing.T) {
	text := strings.Repeat("abcdefghij", 100)
	result := Result{
		Why: text[:3], Extractor: text[3:4], Charset: text[4:6],
		Postings:  []signals.Posting{{ID: text[1:3], Title: text[3:9], Place: text[9:12], URL: text[12:20]}, {Title: text[:1]}, {ID: text[15:20], URL: text[10:20]}},
		Notices:   []signals.Notice{{Title: text[5:9], Winners: []string{text[:2]}, Categories: []string{text[2:4]}, Lots: []string{text[4:6]}, Summary: text[:50]}},
		Next:      &Request{URL: text[:9], Body: text[9:11]},
		Instead:   &Request{URL: text[20:29]},
		RunnersUp: []RunnerUp{{Extractor: text[:2], Why: text[2:5]}},
	}
	want := Result{
		Why: "abc", Extractor: "d", Charset: "ef",
		Postings:  []signals.Posting{{ID: "bc", Title: "defghi", Place: "jab", URL: "cdefghij"}, {Title: "a"}, {ID: "fghij", URL: "abcdefghij"}},
		Notices:   []signals.Notice{{Title: "fghi", Winners: []string{"ab"}, Categories: []string{"cd"}, Lots: []string{"ef"}, Summary: text[:50]}},
		Next:      &Request{URL: "abcdefghi", Body: "ja"},
		Instead:   &Request{URL: "abcdefghi"},
		RunnersUp: []RunnerUp{{Extractor: "ab", Why: "cde"}},
	}
	got := result.Detached()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	begin := uintptr(unsafe.Pointer(unsafe.StringData(text)))
	var look func(v reflect.Value)
	look = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			at := uintptr(unsafe.Pointer(unsafe.StringData(v.String())))
			if v.Len() > 0 && at >= begin && at < begin+uintptr(len(text)) {
				t.Errorf("%q is a part of the page", v.String())
			}
		case reflect.Struct:
			for i := range v.NumField() {
				look(v.Field(i))
			}
		case reflect.Slice:
			for i := range v.Len() {
				look(v.Index(i))
			}
		case reflect.Pointer:
			if !v.IsNil() {
				look(v.Elem())
			}
		}
	}
	look(reflect.ValueOf(got))
}

package page

import (
	"reflect"
	"strings"
	"testing"
	"unsafe"

	"dealvitals/signals"
)

// eachString visits every string of a value that is no constant of a type of its own.
func eachString(v reflect.Value, visit func(reflect.Value)) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			visit(v)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				eachString(v.Field(i), visit)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachString(v.Index(i), visit)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			eachString(v.Elem(), visit)
		}
	}
}

// A field that comes to a result, a posting or a notice has to be detached too.
func TestADetachedResultHoldsNothingOfThePage(t *testing.T) {
	text := strings.Repeat("abcdefghij", 100)
	list := func() []string { return []string{"", ""} }
	result := Result{
		Postings: make([]signals.Posting, 3),
		Notices:  []signals.Notice{{Winners: list(), Categories: list(), Lots: list()}},
		Next:     &Request{}, Instead: &Request{}, RunnersUp: make([]RunnerUp, 1),
	}
	var want []string
	n := 0
	eachString(reflect.ValueOf(&result), func(s reflect.Value) {
		s.SetString(text[n : n+n%7+1])
		n++
	})
	result.Postings[1].ID, result.Postings[1].URL = text[15:20], text[10:20]
	result.Postings[2] = signals.Posting{Title: text[:1]}
	eachString(reflect.ValueOf(&result), func(s reflect.Value) { want = append(want, s.String()) })

	got := result.Detached()
	begin := uintptr(unsafe.Pointer(unsafe.StringData(text)))
	at := 0
	eachString(reflect.ValueOf(&got), func(s reflect.Value) {
		if s.String() != want[at] {
			t.Errorf("string %d: got %q, want %q", at, s.String(), want[at])
		}
		data := uintptr(unsafe.Pointer(unsafe.StringData(s.String())))
		if s.Len() > 0 && data >= begin && data < begin+uintptr(len(text)) {
			t.Errorf("string %d, %q, is a part of the page", at, s.String())
		}
		at++
	})
}

package bolt

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"dealvitals/signals"
)

func TestEvidenceIsReadAsItWasWrittenAlsoByEarlierVersions(t *testing.T) {
	for _, want := range []signals.Evidence{
		{Hash: strings.Repeat("ab", 32), URL: "https://a.example/?page=2", StatusCode: 200, ContentType: "text/html; charset=gbk",
			CapturedAt: time.Date(2026, 11, 24, 4, 0, 0, 123, time.UTC), Size: 63_732, File: "dealvitals-000001-20261124T040000Z.warc.gz", Offset: 1 << 40, Length: 13_000},
		{Hash: "h"},
	} {
		old, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		for form, value := range map[string][]byte{"compact": encodeEvidence(want), "JSON": old} {
			if got, err := decodeEvidence(want.Hash, value); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s: got %+v, %v\nwant %+v", form, got, err, want)
			}
		}
		whole := encodeEvidence(want)
		for n := range whole {
			if _, err := decodeEvidence(want.Hash, whole[:n]); err == nil {
				t.Errorf("%d of %d bytes were read", n, len(whole))
			}
		}
	}
}

func TestARecordIsReadWhetherItIsPackedOrNot(t *testing.T) {
	page := signals.PageState{TargetID: "T1", URL: "https://a.example/jobs"}
	for range 200 {
		page.Items = append(page.Items, "//a.example/jobs/100001.html")
	}
	packed, err := packJSON(page)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := json.Marshal(page)
	if err != nil {
		t.Fatal(err)
	}
	if packed[0] != packedForm || len(packed)*5 > len(plain) {
		t.Errorf("%d bytes were packed into %d", len(plain), len(packed))
	}
	for _, value := range [][]byte{packed, plain} {
		var got signals.PageState
		if err := unpackJSON(value, &got); err != nil || !reflect.DeepEqual(got, page) {
			t.Errorf("got %+v, %v", got, err)
		}
	}
	for n := 1; n < len(packed); n++ {
		if unpackJSON(packed[:n], &signals.PageState{}) == nil {
			t.Errorf("%d of %d bytes were read", n, len(packed))
		}
	}
	if unpackJSON([]byte{packedForm, 0xff, 0xff, 0xff, 0xff, 0x0f}, &signals.PageState{}) == nil {
		t.Error("a record of 4 GB was believed")
	}
}

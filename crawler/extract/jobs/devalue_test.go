package jobs

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

func valueOf(t *testing.T, text string) any {
	t.Helper()
	v, ok := strictJSON(text)
	if !ok {
		t.Fatalf("%s is no JSON", text)
	}
	return v
}

func TestDevalued(t *testing.T) {
	for text, want := range map[string]string{
		`[{"a":1,"b":2},"x",[3,1],7]`:                                   `{"a":"x","b":[7,"x"]}`,
		`[["Reactive",1],{"jobs":2},[3],{"t":4},"Engineer"]`:            `{"jobs":[{"t":"Engineer"}]}`,
		`[{"at":1,"of":2},["Date","2026-11-24T00:00:00Z"],["Set",3],5]`: `{"at":"2026-11-24T00:00:00Z","of":[5]}`,
		`[{"none":-1,"far":99},1,2]`:                                    `{"far":null,"none":null}`,
	} {
		got, ok := devalued(valueOf(t, text))
		if text, err := json.Marshal(got); !ok || err != nil || string(text) != want {
			t.Errorf("%v, %s, want %s", ok, text, want)
		}
	}
	for _, text := range []string{`{"a":1}`, `[1,2,3]`, `[{"a":"x"},1,2]`, `[{"title":"Engineer"},{"title":"Cook"},{"title":"Nurse"}]`, `[[],1,2]`} {
		if _, ok := devalued(valueOf(t, text)); ok {
			t.Errorf("%s is taken for a flattened state", text)
		}
	}
}

// A state that leads to itself, or to one long list again and again, ends soon.
func TestDevaluedEnds(t *testing.T) {
	long := strings.Repeat("1,", 50_000) + "1"
	for _, text := range []string{`[{"a":0},1,2]`, fmt.Sprintf(`[{"a":1},[%s],2]`, long)} {
		began := time.Now()
		if devalued(valueOf(t, text)); time.Since(began) > 3*time.Second {
			t.Errorf("%.20s… took %v", text, time.Since(began))
		}
	}
}

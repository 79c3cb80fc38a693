package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"dealvitals/evidence"
	"dealvitals/store"
)

func TestAnErrorPageSaysWhatAPersonCanDoAbout(t *testing.T) {
	pages, err := parsePages()
	if err != nil {
		t.Fatal(err)
	}
	w := &dashboard{Deps: Deps{Logger: slog.New(slog.DiscardHandler)}, pages: pages}
	for _, tt := range []struct {
		err    error
		status int
	}{
		{&evidence.RemovedError{}, http.StatusGone},
		{store.ErrNoSpace, http.StatusInsufficientStorage},
		{&store.ClockError{}, http.StatusServiceUnavailable},
	} {
		answer := httptest.NewRecorder()
		w.fail(answer, httptest.NewRequest(http.MethodGet, "/periods", nil), fmt.Errorf("writing: %w", tt.err))
		if said := answer.Body.String(); answer.Code != tt.status || !strings.Contains(said, "现在无法完成") || strings.Contains(said, "出错了") {
			t.Errorf("%v: %d %s", tt.err, answer.Code, said)
		}
	}
}

package callback_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"dealvitals/wecom"
	"dealvitals/wecom/callback"
)

type listener struct {
	events []wecom.Event
	fail   error
}

func (l *listener) Tell(_ context.Context, e wecom.Event) error {
	if l.fail == nil {
		l.events = append(l.events, e)
	}
	return l.fail
}

func TestCallback(t *testing.T) {
	now := time.Unix(1_790_000_000, 0)
	crypto, err := wecom.NewCrypto("token", strings.Repeat("A", 43), "ww1")
	if err != nil {
		t.Fatal(err)
	}
	heard := &listener{}
	var log strings.Builder
	h := callback.New(crypto, heard, func() time.Time { return now }, slog.New(slog.NewTextHandler(&log, nil)))
	sealed := func(message string) string {
		text, err := crypto.Encrypt([]byte(message))
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	send := func(method, stamp, encrypted, signature string) (int, string) {
		query := url.Values{"timestamp": {stamp}, "nonce": {"n"}, "msg_signature": {signature}}
		body := ""
		if method == http.MethodGet {
			query.Set("echostr", encrypted)
		} else {
			body = "<xml><ToUserName>ww1</ToUserName><Encrypt><![CDATA[" + encrypted + "]]></Encrypt><AgentID></AgentID></xml>"
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(method, callback.Path+"?"+query.Encode(), strings.NewReader(body)))
		return w.Code, w.Body.String()
	}
	stamp := fmt.Sprint(now.Unix())
	event := sealed("<xml><CreateTime>1790000000</CreateTime><MsgType>event</MsgType><Event>change_external_contact</Event>" +
		"<ChangeType>msg_audit_approved</ChangeType><UserID>lilei</UserID><ExternalUserID>wmA</ExternalUserID><Content>MARK</Content></xml>")
	echo := sealed("1616140317555161061")

	if status, body := send("GET", stamp, echo, crypto.Sign(stamp, "n", echo)); status != 200 || body != "1616140317555161061" {
		t.Errorf("the check of the address: %d %q", status, body)
	}
	if status, _ := send("POST", stamp, event, "0000"); status != 403 {
		t.Errorf("a forged event: %d", status)
	}
	heard.fail = errors.New("the disk is full")
	if status, _ := send("POST", stamp, event, crypto.Sign(stamp, "n", event)); status != 500 {
		t.Errorf("an event that cannot be kept: %d", status)
	}
	heard.fail = nil
	if status, body := send("POST", stamp, event, crypto.Sign(stamp, "n", event)); status != 200 || body != "" {
		t.Errorf("its second attempt: %d %q", status, body)
	}
	if status, _ := send("POST", stamp, event, crypto.Sign(stamp, "n", event)); status != 403 || len(heard.events) != 1 {
		t.Errorf("a replay: %d, %d events", status, len(heard.events))
	}
	old := fmt.Sprint(now.Unix() - 301)
	if status, _ := send("POST", old, event, crypto.Sign(old, "n", event)); status != 403 {
		t.Errorf("an old event: %d", status)
	}
	if status, _ := send("PUT", stamp, event, ""); status != 405 {
		t.Errorf("another method: %d", status)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("POST", callback.Path, strings.NewReader("hello")))
	if w.Code != 400 {
		t.Errorf("no XML: %d", w.Code)
	}
	if strings.Contains(log.String(), "MARK") || strings.Contains(log.String(), echo) {
		t.Error("the log holds what was sent")
	}
}

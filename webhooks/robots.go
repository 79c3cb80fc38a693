package webhooks

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"dealvitals/store"
)

// The most bytes of a message's text, by kind: WeCom's markdown (developer.work.weixin.qq.com,
// path 91770), DingTalk's whole body of 20 000, Feishu's of 20 KB.
const (
	weComMost    = 4096
	dingTalkMost = 16_000
	feishuMost   = 16_000
)

// weComRequest writes to 企业微信群机器人. The key stands in the address; nothing is signed.
func weComRequest(ctx context.Context, c channel, events []store.Event, _ time.Time) (*http.Request, error) {
	message := write(events, c.dashboard, markdown, weComMost)
	return c.send(ctx, c.address, map[string]any{"msgtype": "markdown", "markdown": map[string]string{"content": message.text}})
}

// dingTalkRequest writes to 钉钉自定义机器人. The signature is HMAC-SHA256 of time and secret,
// with the secret as its key, in the query.
func dingTalkRequest(ctx context.Context, c channel, events []store.Event, now time.Time) (*http.Request, error) {
	address := c.address
	if len(c.secrets) > 0 {
		stamp := strconv.FormatInt(now.UnixMilli(), 10)
		var err error
		address, err = withQuery(address, url.Values{"timestamp": {stamp}, "sign": {dingTalkSign(c.secrets[0], stamp)}})
		if err != nil {
			return nil, err
		}
	}
	message := write(events, c.dashboard, markdown, dingTalkMost)
	return c.send(ctx, address, map[string]any{"msgtype": "markdown", "markdown": map[string]string{"title": message.title, "text": message.text}})
}

// feishuRequest writes to 飞书自定义机器人. The signature is HMAC-SHA256 of nothing, with time
// and secret as its key, in the body: key and data are the other way round than DingTalk's.
func feishuRequest(ctx context.Context, c channel, events []store.Event, now time.Time) (*http.Request, error) {
	message := write(events, c.dashboard, plain, feishuMost)
	body := map[string]any{"msg_type": "text", "content": map[string]string{"text": message.text}}
	if len(c.secrets) > 0 {
		stamp := strconv.FormatInt(now.Unix(), 10)
		body["timestamp"], body["sign"] = stamp, feishuSign(c.secrets[0], stamp)
	}
	return c.send(ctx, c.address, body)
}

func (c channel) send(ctx context.Context, address string, document any) (*http.Request, error) {
	body, err := json.Marshal(document)
	if err != nil {
		return nil, fmt.Errorf("writing a message: %w", err)
	}
	return c.post(ctx, address, body)
}

// dingTalkSign signs a time in milliseconds.
func dingTalkSign(secret, stamp string) string {
	return signed([]byte(secret), []byte(stamp+"\n"+secret))
}

// feishuSign signs a time in seconds.
func feishuSign(secret, stamp string) string {
	return signed([]byte(stamp+"\n"+secret), nil)
}

func signed(key, data []byte) string {
	h := hmac.New(sha256.New, key)
	h.Write(data)
	return base64.StdEncoding.EncodeToString(h.Sum(nil))
}

// codes is what the numbers in a robot's answer mean. They come with HTTP status 200.
type codes struct {
	tooFast []int64       // it was asked too often
	rest    time.Duration // how long it has to be left alone then
	gone    []int64       // there is no such robot any more
}

// robotReply is the body of an answer, of all three kinds. Feishu's older form has
// StatusCode, its newer one code.
type robotReply struct {
	ErrCode    *int64 `json:"errcode"`
	ErrMsg     string `json:"errmsg"`
	Code       *int64 `json:"code"`
	Msg        string `json:"msg"`
	StatusCode *int64 `json:"StatusCode"`
}

// read tells what a robot's answer means: of status 200 alone nothing is known.
func (c codes) read(r *http.Response, body []byte, now time.Time) answer {
	a := statusAnswer(r, body, now)
	if !a.ok {
		return a
	}
	var reply robotReply
	if err := json.Unmarshal(body, &reply); err != nil {
		return answer{status: r.StatusCode, problem: "answered what is no robot's answer: " + excerpt(body)}
	}
	code, said := first(reply.ErrCode, reply.Code, reply.StatusCode), reply.ErrMsg+reply.Msg
	switch {
	case code == nil:
		return answer{status: r.StatusCode, problem: "answered without a code: " + excerpt(body)}
	case *code == 0:
		return a
	}
	a.ok = false
	a.problem = fmt.Sprintf("the robot answered code %d: %s", *code, excerpt([]byte(said)))
	a.gone = slices.Contains(c.gone, *code)
	if slices.Contains(c.tooFast, *code) {
		a.wait = max(a.wait, c.rest)
	}
	return a
}

func first(candidates ...*int64) *int64 {
	for _, c := range candidates {
		if c != nil {
			return c
		}
	}
	return nil
}

// The codes are those of the vendors' pages and of users' reports; none was seen live.

func weComAnswer(r *http.Response, body []byte, now time.Time) answer {
	return codes{tooFast: []int64{45009, 45033}, rest: time.Minute, gone: []int64{93000}}.read(r, body, now)
}

// dingTalkAnswer: who sends more than 20 a minute is shut out for ten minutes.
func dingTalkAnswer(r *http.Response, body []byte, now time.Time) answer {
	return codes{tooFast: []int64{130101, 410100, 90030}, rest: 10 * time.Minute, gone: []int64{300001}}.read(r, body, now)
}

// feishuAnswer: 11232 also comes at full and half hours, when everybody sends.
func feishuAnswer(r *http.Response, body []byte, now time.Time) answer {
	return codes{tooFast: []int64{11232, 9499}, rest: time.Minute, gone: []int64{19001}}.read(r, body, now)
}

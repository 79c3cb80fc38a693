package webhooks

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"dealvitals/store"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

// speaker is how endpoints of a kind are spoken to.
type speaker struct {
	// request makes the request that tells of events: of one, where the kind is no robot.
	request func(ctx context.Context, c channel, events []store.Event, now time.Time) (*http.Request, error)
	read    func(r *http.Response, body []byte, now time.Time) answer
	rates   []rate
}

// speakers lists every kind of endpoint.
func speakers() map[store.EndpointKind]speaker {
	return map[store.EndpointKind]speaker{
		store.KindWebhook:  {request: standardRequest, read: statusAnswer},
		store.KindWeCom:    {request: weComRequest, read: weComAnswer, rates: []rate{{20, time.Minute}}},
		store.KindDingTalk: {request: dingTalkRequest, read: dingTalkAnswer, rates: []rate{{20, time.Minute}}},
		store.KindFeishu:   {request: feishuRequest, read: feishuAnswer, rates: []rate{{100, time.Minute}, {5, time.Second}}},
	}
}

// channel is an endpoint with its secrets opened.
type channel struct {
	endpoint  store.Endpoint
	address   string
	secrets   []string           // to sign with, newest first
	keys      []store.SigningKey // as the secrets are kept
	dashboard string             // address of the dashboard, "" where it is not known
	version   string
}

func (c channel) post(ctx context.Context, address string, body []byte) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("asking endpoint %s: its address cannot be read", c.endpoint.ID) // the address may hold a key
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "dealvitals/"+c.version)
	return r, nil
}

// standardRequest signs a document as the Standard Webhooks specification says: with every
// secret that holds, so that a receiver can change over in its own time.
func standardRequest(ctx context.Context, c channel, events []store.Event, now time.Time) (*http.Request, error) {
	event := events[0]
	body, err := encode(event)
	if err != nil {
		return nil, err
	}
	r, err := c.post(ctx, c.address, body)
	if err != nil {
		return nil, err
	}
	signatures := ""
	for _, secret := range c.secrets {
		key, err := standardwebhooks.NewWebhook(secret)
		if err != nil {
			return nil, fmt.Errorf("the secret of endpoint %s is damaged: rotate it", c.endpoint.ID)
		}
		signature, err := key.Sign(event.ID, now, body)
		if err != nil {
			return nil, fmt.Errorf("signing event %s: %w", event.ID, err)
		}
		if signatures != "" {
			signatures += " "
		}
		signatures += signature
	}
	r.Header.Set(standardwebhooks.HeaderWebhookID, event.ID)
	r.Header.Set(standardwebhooks.HeaderWebhookTimestamp, strconv.FormatInt(now.Unix(), 10))
	r.Header.Set(standardwebhooks.HeaderWebhookSignature, signatures)
	return r, nil
}

// withQuery adds to the query of an address.
func withQuery(address string, more url.Values) (string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", fmt.Errorf("the address of the robot cannot be read")
	}
	query := u.Query()
	for name, values := range more {
		query[name] = values
	}
	u.RawQuery = query.Encode()
	return u.String(), nil
}

package wecom

import (
	"encoding/xml"
	"errors"
	"fmt"
	"strconv"
	"time"
)

// ErrEnvelope is a callback's body that is not the XML of WeCom.
var ErrEnvelope = errors.New("the body is not a WeCom callback")

// Envelope is the body of a callback: only the encrypted message is of use.
type Envelope struct {
	XMLName xml.Name `xml:"xml"`
	Encrypt string   `xml:"Encrypt"`
}

// ReadEnvelope reads the body of a callback.
func ReadEnvelope(body []byte) (Envelope, error) {
	var e Envelope
	if err := xml.Unmarshal(body, &e); err != nil || e.Encrypt == "" {
		return Envelope{}, ErrEnvelope
	}
	return e, nil
}

// Event is what a callback tells, of which only names of events and ids are read. A
// message's text is not among them.
type Event struct {
	Type     string // "event", or the kind of a message
	Name     string // change_external_contact, msgaudit_notify, …
	Change   string // msg_audit_approved, del_external_contact, …
	Member   string // userid
	External string // wm… or wo…
	At       time.Time
}

// ReadEvent reads a decrypted callback.
func ReadEvent(message []byte) (Event, error) {
	var raw struct {
		XMLName        xml.Name `xml:"xml"`
		CreateTime     string   `xml:"CreateTime"`
		MsgType        string   `xml:"MsgType"`
		Event          string   `xml:"Event"`
		ChangeType     string   `xml:"ChangeType"`
		UserID         string   `xml:"UserID"`
		ExternalUserID string   `xml:"ExternalUserID"`
	}
	if err := xml.Unmarshal(message, &raw); err != nil {
		return Event{}, ErrEnvelope
	}
	seconds, err := strconv.ParseInt(raw.CreateTime, 10, 64)
	if err != nil {
		return Event{}, fmt.Errorf("%w: it has no CreateTime", ErrEnvelope)
	}
	return Event{
		Type: raw.MsgType, Name: raw.Event, Change: raw.ChangeType, Member: raw.UserID, External: raw.ExternalUserID,
		At: time.Unix(seconds, 0).UTC(),
	}, nil
}

// Consent is what an event says on whether a customer's messages may be archived. A
// customer who is deleted, or who deletes our member, is not archived any more.
func (e Event) Consent() (Consent, bool) {
	if e.Name != "change_external_contact" || !GoodID(e.Member) || !GoodID(e.External) {
		return Consent{}, false
	}
	c := Consent{With: e.Member, External: e.External, Since: e.At}
	switch e.Change {
	case "msg_audit_approved":
		c.Agreed = true
	case "del_external_contact", "del_follow_user":
	default:
		return Consent{}, false
	}
	return c, true
}

package wecom

import (
	"encoding/json"
	"time"
)

// Control is a line that the bridge writes about its own work. Silence counts only where
// the bridge says that it looked, so without these lines messages are kept but nothing is
// covered.
type Control struct {
	// Name is page, pulled, consent, members or rules.
	Name string `json:"control"`

	// page: the messages that follow are those after this seq, or after this cursor.
	AfterSeq    *uint64 `json:"after_seq,omitempty"`
	AfterCursor *string `json:"after_cursor,omitempty"`
	NextCursor  string  `json:"next_cursor,omitempty"`

	// pulled: at this time there was nothing more to pull.
	At time.Time `json:"at,omitzero"`

	// consent: the answer of check_single_agree (roomid empty) or check_room_agree.
	Room string `json:"roomid,omitempty"`
	Info []struct {
		Member   string `json:"userid"`
		External string `json:"exteranalopenid"` // as the vendor spells it
		Status   string `json:"agree_status"`
		Changed  int64  `json:"status_change_time"` // Unix seconds
	} `json:"info,omitempty"`

	// members: the answer of get_permit_user_list, and what the members are called in deals.
	Permitted []string          `json:"permitted,omitempty"`
	Names     map[string]string `json:"names,omitempty"` // also of rules: id → name
}

// Consents are the answers in a consent line. A status that is neither yes nor no, such
// as one of a customer who was not asked, is no.
func (c Control) Consents() []Consent {
	var list []Consent
	for _, i := range c.Info {
		with := i.Member
		if c.Room != "" {
			with = c.Room
		}
		if !GoodID(with) || !GoodID(i.External) {
			continue
		}
		agreed := i.Status == "Agree" || i.Status == "Default_Agree"
		list = append(list, Consent{With: with, External: i.External, Agreed: agreed, Since: time.Unix(i.Changed, 0).UTC()})
	}
	return list
}

// controlOf reads a line of the bridge; nil where the line is none.
func controlOf(line []byte) (*Control, error) {
	var name struct {
		Name *string `json:"control"`
	}
	if err := json.Unmarshal(line, &name); err != nil {
		return nil, bad("the line is not a JSON object")
	}
	if name.Name == nil {
		return nil, nil
	}
	var c Control
	if err := json.Unmarshal(line, &c); err != nil {
		return nil, bad("a field of the control line has the wrong form")
	}
	switch c.Name {
	case "page", "consent", "members", "rules":
		return &c, nil
	case "pulled":
		if c.At.IsZero() {
			return nil, bad("pulled needs at, an RFC 3339 time")
		}
		return &c, nil
	}
	return nil, bad("control is page, pulled, consent, members or rules")
}

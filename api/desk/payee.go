package desk

import (
	"context"
	"fmt"
	"slices"

	"dealvitals/scorer"
	"dealvitals/signals"
)

// Payee is who asks for their own deals: the subject of a key.
type Payee struct {
	Subject string // the id of a deal's owner or of one of its payees; or the name of an owner, where only one person has it
	Lang    string // zh or en

	// shared tells that the subject is a name of several people: then it says of nobody who
	// that is, and only what it is the id of is shown.
	shared bool
}

// owns tells whether somebody is the deal's sales person.
func (p Payee) owns(deal signals.Deal) bool {
	return p.Subject != "" && (deal.OwnerID == p.Subject || deal.Owner == p.Subject && !p.shared)
}

// paid tells whether a deal is one of a payee's own. A payee without an id of its own stands
// under its name.
func (p Payee) paid(deal signals.Deal) bool {
	return p.owns(deal) || slices.ContainsFunc(deal.Payees, func(one signals.Payee) bool {
		named := one.Name == "" || one.Name == one.ID
		return p.Subject != "" && one.ID == p.Subject && !(named && p.shared)
	})
}

// is tells whether a part of a deal's money is the payee's.
func (p Payee) is(deal signals.Deal, part signals.Part) bool {
	return part.ID == p.Subject || p.owns(deal) && deal.OwnerID != "" && part.ID == deal.OwnerID
}

// Shared tells a payee whose subject is a name of several people what to do; "" for any other.
func (p Payee) Shared() string {
	if !p.shared {
		return ""
	}
	if p.Lang == scorer.LangEN {
		return "Your key is made out to a name that several people have. So that nobody sees the deals of others, nothing is shown by this name: ask the administrator for a key made out to your id (keys create --subject), and for your id in the deals (owner_id, payees)."
	}
	return "您的密钥按姓名识别，而该姓名不止一人使用。为避免看到他人的商机，不再按姓名显示：请管理员按您的工号重新发放密钥（keys create --subject 工号），并在商机中填写销售工号（owner_id）或分成人编号。"
}

// SharedNameError is a name that several people have, where one person is meant.
type SharedNameError struct {
	Name string
	IDs  []string
}

func (e *SharedNameError) Error() string {
	return fmt.Sprintf("%s is what several people are called (%q): use the id of the one who is meant", e.Name, e.IDs)
}

// CheckSubject refuses a name that several people have as the subject of a key.
func (d *Desk) CheckSubject(ctx context.Context, subject string) error {
	ids, err := d.namesakes(ctx, subject)
	if err == nil && len(ids) > 1 {
		return &SharedNameError{Name: subject, IDs: ids}
	}
	return err
}

// namesakes lists the ids of all whom the deals call so.
func (d *Desk) namesakes(ctx context.Context, name string) ([]string, error) {
	ids, err := d.Deals.IDsOf(ctx, name)
	if err != nil {
		return nil, fmt.Errorf("finding who is called %s: %w", name, err)
	}
	return ids, nil
}

// identify finds out whether a payee's subject is one person's.
func (d *Desk) identify(ctx context.Context, p Payee) (Payee, error) {
	ids, err := d.namesakes(ctx, p.Subject)
	p.shared = len(ids) > 1
	return p, err
}

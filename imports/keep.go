package imports

import (
	"fmt"

	"dealvitals/signals"
)

// A column that a table does not have leaves what is known of a record as it is, and so
// does everything that no table has. An empty cell of a column that is there empties it.

// lacks tells whether the table has no such column.
func (r *row) lacks(key string) bool {
	_, ok := r.heading.at[key]
	return !ok
}

// keepText leaves a text as it was where the table has no column for it.
func (r *row) keepText(key string, old string, now *string) {
	if r.lacks(key) {
		*now = old
	}
}

func keepCustomer(r *row, old signals.Customer, c *signals.Customer) {
	if r.lacks("aliases") {
		c.Aliases = old.Aliases
	}
	r.keepText("credit_code", old.CreditCode, &c.CreditCode)
	r.keepText("region", old.Region, &c.Region)
	r.keepText("industry", old.Industry, &c.Industry)
	r.keepText("size", old.Size, &c.Size)
}

func keepContact(r *row, old signals.Contact, c *signals.Contact) {
	r.keepText("wecom_id", old.WeComID, &c.WeComID)
}

func keepDeal(r *row, old signals.Deal, d *signals.Deal) {
	d.CustomerSince, d.MergedSince = old.CustomerSince, old.MergedSince // the store's to set
	r.keepText("owner_id", old.OwnerID, &d.OwnerID)
	if r.lacks("owner_id") && d.Owner != old.Owner {
		d.OwnerID = "" // the id was another person's
	}
	r.keepText("team", old.Team, &d.Team)
	r.keepText("region", old.Region, &d.Region)
	r.keepText("product_line", old.ProductLine, &d.ProductLine)
	r.keepText("currency", old.Currency, &d.Currency)
	r.keepText("stage", old.Stage, &d.Stage)
	if r.lacks("stage") && r.lacks("status") {
		d.Status = old.Status
	}
	keepOpen(r, old, d)
	r.keepText("merged_into", old.MergedInto, &d.MergedInto)
	if r.lacks("payees") {
		d.Payees = old.Payees
	}
	if r.lacks("expected_close") {
		d.ExpectedClose = old.ExpectedClose
	}
	if r.lacks("keywords") {
		d.Keywords = old.Keywords
	}
	if r.lacks("contacts") {
		d.Contacts = old.Contacts
	}
	if d.Amount.Equal(old.Amount) {
		d.Amount = old.Amount // 1200000.00 is no change of 1200000
	}
}

// keepOpen leaves a deal open that was opened again over the API, where a table does not say
// that it has ended. A table alone opens none against its outcome: it says 进行中 of every deal
// of which nobody told the CRM better, and what is over must not be scored, let alone frozen.
func keepOpen(r *row, old signals.Deal, d *signals.Deal) {
	switch {
	case d.Status != "":
	case old.Status == signals.DealOpen:
		d.Status = old.Status
	case old.Ended != "" && r.cell("status") != "":
		r.warning("status", fmt.Sprintf("%s says that it is open, but by its outcome it has ended (%s), and that stands: where it was opened again, import outcomes with its result 重新打开 (reopened)", d.ID, old.Ended))
	}
}

func keepOutcome(r *row, old signals.DealOutcome, o *signals.DealOutcome) {
	if o.Result == signals.ResultReopened {
		if old.Result == o.Result && r.cell("closed_at") == "" {
			o.ClosedAt = old.ClosedAt
		}
		return
	}
	if r.lacks("final_amount") {
		o.FinalAmount, o.Currency = old.FinalAmount, old.Currency
	}
	if o.FinalAmount != nil && old.FinalAmount != nil && o.FinalAmount.Equal(*old.FinalAmount) {
		o.FinalAmount = old.FinalAmount
	}
	r.keepText("reason", old.Reason, &o.Reason)
}

func keepTarget(r *row, old signals.Target, t *signals.Target) {
	r.keepText("schedule", old.Schedule, &t.Schedule)
	t.Paused, t.Always, t.Reading, t.Politeness = old.Paused, old.Always, old.Reading, old.Politeness
	if r.lacks("covers") {
		t.Covers = old.Covers
	}
	if t.URL == old.URL {
		t.FallSeen = old.FallSeen
	}
	if r.lacks("shows_all") {
		t.ShowsAll = old.ShowsAll && t.URL == old.URL // what was said of another page says nothing of this one
	}
}

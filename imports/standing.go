package imports

import (
	"fmt"
	"strings"

	"dealvitals/signals"

	"github.com/shopspring/decimal"
	"golang.org/x/text/unicode/norm"
)

// readStanding reads whether a deal is open, won, lost or merged: as the table says it,
// else as its stage does. A word that is not known leaves the deal open, for a deal that
// is closed by mistake is not looked at any more. Open says no more than nothing: see keepOpen.
func readStanding(r *row, d *signals.Deal) {
	status, known := signals.ReadDealStatus(r.cell("status"))
	if !known {
		r.warning("status", fmt.Sprintf("%q is no status: write 进行中 (open), 赢单 (won) or 输单 (lost); the deal counts as open", r.cell("status")))
	}
	if r.cell("status") == "" {
		status = signals.StatusOfStage(d.Stage)
	}
	if status != signals.DealOpen {
		d.Status = status
	}
	if d.MergedInto = r.cell("merged_into"); d.MergedInto != "" && d.MergedInto == d.ID {
		r.problem("merged_into", "a deal cannot be merged into itself")
	}
}

// readPayees reads who shares the commission: E101/李娜:60%;E102/王强:40%. A payee without
// an id of its own is known by its name.
func readPayees(r *row, d *signals.Deal) {
	for _, text := range list(r.cell("payees")) {
		payee, err := payeeOf(text)
		if err != nil {
			r.problem("payees", fmt.Sprintf("%q is no payee with a share: write them as E101/李娜:60%%;E102/王强:40%%", text))
			return
		}
		d.Payees = append(d.Payees, payee)
	}
	if fault := signals.CheckPayees(d.Payees); fault != "" {
		r.problem("payees", fault)
	}
}

func payeeOf(text string) (signals.Payee, error) {
	who, share, found := strings.Cut(norm.NFKC.String(text), ":")
	if !found {
		who, share = text, ""
	}
	percent, err := decimal.NewFromString(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(share), "%")))
	if err != nil {
		return signals.Payee{}, err
	}
	id, name, both := strings.Cut(who, "/")
	if !both {
		name = id
	}
	return signals.Payee{ID: strings.TrimSpace(id), Name: strings.TrimSpace(name), Share: percent}, nil
}

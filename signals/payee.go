package signals

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"
	"golang.org/x/text/currency"
)

// Payee is somebody who gets a share of a deal's commission.
type Payee struct {
	ID    string          `json:"id"` // the commission system's own
	Name  string          `json:"name,omitempty"`
	Share decimal.Decimal `json:"share"` // in percent, above 0; all of a deal are 100 at most
}

// Part is a payee's part of an amount.
type Part struct {
	Payee
	Amount decimal.Decimal `json:"amount"` // of the deal's, in the smallest unit of its currency
}

// MaxPayees is the most that may share a deal.
const MaxPayees = 50

var hundred = decimal.NewFromInt(100)

// CheckPayees says what is wrong with a deal's payees, nothing where they are good.
func CheckPayees(payees []Payee) string {
	if len(payees) > MaxPayees {
		return fmt.Sprintf("there are %d payees: at most %d share a deal", len(payees), MaxPayees)
	}
	seen, sum := make(map[string]bool), decimal.Decimal{}
	for _, p := range payees {
		switch {
		case p.ID == "":
			return "a payee has no id"
		case seen[p.ID]:
			return "payee " + p.ID + " stands there twice"
		case !p.Share.IsPositive() || p.Share.GreaterThan(hundred):
			return fmt.Sprintf("the share of %s is %s %%: it has to be above 0, and 100 at most", p.ID, p.Share)
		case p.Share.Exponent() < -6:
			return "the share of " + p.ID + " has more than six decimals"
		}
		seen[p.ID] = true
		sum = sum.Add(p.Share)
	}
	if sum.GreaterThan(hundred) {
		return fmt.Sprintf("the shares add up to %s %%: 100 at most", sum)
	}
	return ""
}

// PayeesOrOwner is who is paid: the payees, or the owner with all of it where none are named.
func (d Deal) PayeesOrOwner() []Payee {
	if len(d.Payees) > 0 || d.Owner == "" {
		return d.Payees
	}
	id := d.OwnerID
	if id == "" {
		id = d.Owner
	}
	return []Payee{{ID: id, Name: d.Owner, Share: hundred}}
}

// People is by what names and ids a deal is found as somebody's: the owner's and those of its
// payees.
func (d Deal) People() []string {
	var people []string
	for _, name := range []string{d.Owner, d.OwnerID} {
		if name != "" {
			people = append(people, name)
		}
	}
	for _, p := range d.Payees {
		people = append(people, p.ID)
	}
	return people
}

// Named is the people of a deal of whom it has a name and an id, which are not the same.
func (d Deal) Named() []Payee {
	var named []Payee
	for _, p := range append([]Payee{{ID: d.OwnerID, Name: d.Owner}}, d.Payees...) {
		if p.ID != "" && p.Name != "" && p.ID != p.Name {
			named = append(named, p)
		}
	}
	return named
}

// Split shares an amount of money out. It is rounded to the currency's smallest unit by
// the largest remainder, so that the parts add up to exactly what all shares together are
// of the amount: to the amount itself where they are 100 %. Equal remainders go to who
// stands first.
func Split(amount decimal.Decimal, code string, payees []Payee) []Part {
	if len(payees) == 0 {
		return nil
	}
	places := max(minorUnits(code), -amount.Exponent())
	parts, shares, given := make([]Part, len(payees)), decimal.Decimal{}, decimal.Decimal{}
	rest := make([]decimal.Decimal, len(payees))
	for i, p := range payees {
		exact := amount.Mul(p.Share).Shift(-2)
		parts[i] = Part{Payee: p, Amount: exact.RoundFloor(places)}
		rest[i] = exact.Sub(parts[i].Amount)
		shares, given = shares.Add(p.Share), given.Add(parts[i].Amount)
	}
	left := amount.Mul(shares).Shift(-2).Round(places).Sub(given)
	unit := decimal.New(1, -places)
	for _, i := range largestFirst(rest) {
		if !left.IsPositive() {
			break
		}
		parts[i].Amount = parts[i].Amount.Add(unit)
		left = left.Sub(unit)
	}
	return parts
}

// largestFirst is the places of a list's numbers, the largest number first.
func largestFirst(numbers []decimal.Decimal) []int {
	places := make([]int, len(numbers))
	for i := range places {
		places[i] = i
	}
	slices.SortStableFunc(places, func(a, b int) int { return numbers[b].Cmp(numbers[a]) })
	return places
}

// minorUnits is how many decimals a currency has (ISO 4217), 2 for one that is unknown.
func minorUnits(code string) int32 {
	unit, err := currency.ParseISO(code)
	if err != nil {
		return 2
	}
	scale, _ := currency.Standard.Rounding(unit)
	return int32(scale)
}

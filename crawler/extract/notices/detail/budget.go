package detail

import (
	"github.com/shopspring/decimal"

	"dealvitals/crawler/extract/notices/label"
	"dealvitals/crawler/extract/notices/money"
)

// budget is what the buyer plans to spend: the budget, else the highest price it accepts,
// else an estimate.
func (r *reader) budget() (money.Amount, bool) {
	for _, want := range []label.Role{label.Budget, label.Ceiling, label.Estimate} {
		if a, ok := r.planned(want); ok {
			return a, true
		}
		if a, ok := r.plannedInTables(want); ok {
			return a, true
		}
	}
	return money.Amount{}, false
}

// planned reads the facts of a role: the first that stands outside of a package is the
// total, packages sum up.
func (r *reader) planned(want label.Role) (money.Amount, bool) {
	byLot := map[string]money.Amount{}
	var order []string
	for i := range r.sheet.Facts {
		f := &r.sheet.Facts[i]
		if r.roles[i] != want || label.Losers(f.Section) {
			continue
		}
		a, ok := money.Parse(f.Value, r.unitOf(i))
		if !ok {
			continue
		}
		if f.Lot == "" {
			return a, true
		}
		if _, known := byLot[f.Lot]; !known {
			byLot[f.Lot] = a
			order = append(order, f.Lot)
		}
	}
	return sum(order, byLot)
}

// plannedInTables sums the column of a role over the rows of the first table that has one.
func (r *reader) plannedInTables(want label.Role) (money.Amount, bool) {
	for i := range r.sheet.Tables {
		t := &r.sheet.Tables[i]
		for j, head := range t.Head {
			if label.Of(head) != want {
				continue
			}
			if a, ok := columnSum(t.Rows, j, money.UnitOf(head)); ok {
				return a, true
			}
		}
	}
	return money.Amount{}, false
}

// columnSum adds a column up; a row that says 合计 is the total itself.
func columnSum(rows [][]string, column int, unit money.Unit) (money.Amount, bool) {
	var total money.Amount
	for _, row := range rows {
		if column >= len(row) {
			continue
		}
		a, ok := money.Parse(row[column], unit)
		if !ok {
			continue
		}
		if totalRow(row) {
			return a, true
		}
		total = money.Amount{Value: total.Value.Add(a.Value), Currency: a.Currency}
	}
	return total, total.Value.IsPositive()
}

func totalRow(row []string) bool {
	for _, cell := range row[:min(len(row), 3)] {
		switch cell {
		case "合计", "总计", "合 计", "总 计", "小计", "共计", "Total":
			return true
		}
	}
	return false
}

func sum(order []string, of map[string]money.Amount) (money.Amount, bool) {
	total := money.Amount{Value: decimal.Zero}
	for _, key := range order {
		total = money.Amount{Value: total.Value.Add(of[key].Value), Currency: of[key].Currency}
	}
	return total, total.Value.IsPositive()
}

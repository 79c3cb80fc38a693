package crawler

import "dealvitals/signals"

// merge puts a notice together from its line in the list and from its own page. What the
// page says wins; what it does not say stays as listed. Identity and address are the
// list's.
func merge(listed, detail signals.Notice) signals.Notice {
	n := listed
	n.Title = either(detail.Title, listed.Title)
	n.Buyer = either(detail.Buyer, listed.Buyer)
	n.BuyerCode = either(detail.BuyerCode, listed.BuyerCode)
	n.Agency = either(detail.Agency, listed.Agency)
	n.Region = either(detail.Region, listed.Region)
	n.ProjectNo = either(detail.ProjectNo, listed.ProjectNo)
	n.Summary = either(detail.Summary, listed.Summary)
	if detail.Type != "" && detail.Type != signals.NoticeOther {
		n.Type = detail.Type
	}
	if detail.Published != nil {
		n.Published = detail.Published
	}
	if detail.Deadline != nil {
		n.Deadline = detail.Deadline
	}
	if detail.Amount != nil {
		n.Amount, n.Currency = detail.Amount, either(detail.Currency, listed.Currency)
	}
	n.Winners = eitherList(detail.Winners, listed.Winners)
	n.Categories = eitherList(detail.Categories, listed.Categories)
	n.Lots = eitherList(detail.Lots, listed.Lots)
	return n
}

func either(first, second string) string {
	if first != "" {
		return first
	}
	return second
}

func eitherList(first, second []string) []string {
	if len(first) > 0 {
		return first
	}
	return second
}

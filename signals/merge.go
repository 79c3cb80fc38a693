package signals

// MaxMerges is how many merges one behind the other are followed.
const MaxMerges = 20

// MergedInto lists the deals that a deal was merged into, one into the other, the one that
// goes on last; none where it was not merged. Find reads a deal, and tells whether it is
// known. Where a merge leads to a deal that nobody knows, the last one before it goes on; in
// a circle each stands for itself: a freeze must not vanish by a slip in the CRM.
func MergedInto(deal Deal, find func(id string) (Deal, bool, error)) ([]Deal, error) {
	var chain []Deal
	for next := deal; next.MergedInto != ""; {
		into, known, err := find(next.MergedInto)
		if err != nil {
			return nil, err
		}
		if !known {
			break
		}
		if into.ID == deal.ID || len(chain) == MaxMerges {
			return nil, nil
		}
		chain, next = append(chain, into), into
	}
	return chain, nil
}

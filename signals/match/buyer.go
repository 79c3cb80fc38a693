package match

import (
	"dealvitals/signals"
	"dealvitals/signals/fold"
)

// maxOwner is how many letters a title is searched for the end of its owner's name.
const maxOwner = 34

// tellsBuyer tells whether a notice says who its buyer is, whoever that may be: in its
// buyer field, by a credit code, or by a title that opens with an organisation which is not
// one that procures for others. Where it does, a customer that was not found in it is not
// the buyer.
func tellsBuyer(n signals.Notice) bool {
	return n.BuyerCode != "" || namesBuyer(n) || opensWithBuyer(n)
}

// MayBeAnybodys tells whether a notice may be the demand of somebody whom it does not name:
// its buyer is not known, and its type does not tell that it is no demand.
func MayBeAnybodys(n signals.Notice) bool {
	open := n.Type.Demand() || n.Type == signals.NoticeOther || n.Type == ""
	return open && !tellsBuyer(n)
}

// opensWithBuyer tells whether a title opens with the whole name of an organisation that
// buys for itself: 某某市人民医院CT采购项目招标公告.
func opensWithBuyer(n signals.Notice) bool {
	f := passage{fold.Of(n.Title)}
	start := f.afterOpeners()
	limit := min(len(f.Letters), start+maxOwner)
	for end := start + 1; end <= limit; end++ {
		if end-1 > start && (f.Gaps[end-1] != 0 || breakWords.at(f.Letters, end-1) > 0 && keepWords.at(f.Letters, end-1) == 0) {
			return false
		}
		if !f.ownerEnds(start, end) || f.goesOn(end) {
			continue
		}
		owner := f.Letters[start:end]
		agent := agentWords.in(owner) || f.speaksForOthers(end) || sameName(string(owner), n.Agency)
		return !agent
	}
	return false
}

// afterOpeners is where a title begins behind figures and words such as 关于.
func (f passage) afterOpeners() int {
	i := 0
	for i < len(f.Letters) {
		switch n := openers.at(f.Letters, i); {
		case n > 0:
			i += n
		case f.Letters[i] < fold.FirstIdeograph:
			i++
		default:
			return i
		}
	}
	return i
}

// ownerEnds tells whether the letters [start, end) are the whole name of an organisation by
// the word that they end in.
func (f passage) ownerEnds(start, end int) bool {
	for _, w := range []words{legalForms, hospitalEnds, schoolEnds, authorityEnds} {
		if n := w.before(f.Letters, end); n > 0 && end-n-start >= 2 && end-start >= minStem {
			return true
		}
	}
	return false
}

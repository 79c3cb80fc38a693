package signals

import (
	"regexp"
	"slices"
	"strings"

	"dealvitals/signals/fold"
)

// projectFacts is what a notice says of its project, in comparable form.
type projectFacts struct {
	target string
	number string   // normalised, "" where none is stated or it is too short to tell anything
	cores  []string // what the title says is bought, with and without the buyer before it
	buyer  string
	day    Date
	round  int
	demand bool
	amount string
}

// minNumber is how many letters a project number needs, some of them figures, to tell
// projects apart: "2026-1" is given by every buyer.
const minNumber = 7

func factsOf(n Notice) projectFacts {
	f := projectFacts{
		target: n.TargetID, number: numberOf(n), buyer: buyerOf(n.Buyer), day: dayOf(n),
		round: roundOf(n), demand: n.Type.Demand(),
	}
	if n.Amount != nil && n.Amount.IsPositive() {
		f.amount = n.Amount.String() + n.Currency
	}
	if core := titleCore(n); core != "" {
		f.cores = append(f.cores, core)
		if bare := withoutBuyer(core, n.Buyer); bare != "" {
			f.cores = append(f.cores, bare)
		}
	}
	return f
}

// withoutBuyer is a title's core without the buyer that it begins with, "" where it does
// not, or too little is left.
func withoutBuyer(core, buyer string) string {
	for _, name := range []string{fold.Letters(buyer), buyerOf(buyer)} {
		if rest, found := strings.CutPrefix(core, name); found && name != "" && len([]rune(rest)) >= minCore {
			return rest
		}
	}
	return ""
}

var (
	numberRound = regexp.MustCompile(`(第?[0-9一二三四五六七八九十]+次|重招?|重新招标|r[0-9]?)$`)
	numberLot   = regexp.MustCompile(`(第?[0-9一二三四五六七八九十]+包|包[0-9a-z]+|[0-9]+标段|标段[0-9]+)$`)
	figures     = regexp.MustCompile(`[0-9]`)
)

// titledNumber finds a project number inside a title: after 编号, or alone in brackets.
var titledNumber = regexp.MustCompile(`编号\s*[:：]?\s*([A-Za-z0-9][A-Za-z0-9\-_/.〔〕\[\]]{5,})|[(（【\[]([A-Za-z0-9][A-Za-z0-9\-_/.]{5,})[)）】\]]`)

// statedNumber is the project number as the notice states it, in its field or its title.
// What stands alone in brackets needs a letter: figures only are a date or a sum.
func statedNumber(n Notice) string {
	if n.ProjectNo != "" {
		return n.ProjectNo
	}
	found := titledNumber.FindStringSubmatch(n.Title)
	switch {
	case found == nil, found[1] == "" && !latinLetter.MatchString(found[2]):
		return ""
	}
	return found[1] + found[2]
}

var latinLetter = regexp.MustCompile(`[A-Za-z]`)

// numberOf is the project number in comparable form: folded, without 第二次, 包1 and the
// like at its end.
func numberOf(n Notice) string {
	number := fold.Letters(statedNumber(n))
	number = trimAll(number, numberRound)
	number = trimAll(number, numberLot)
	if len([]rune(number)) < minNumber || len(figures.FindAllString(number, -1)) < 4 {
		return ""
	}
	return number
}

var legalForm = regexp.MustCompile(`股份有限公司|有限责任公司|有限公司|股份公司`)

// buyerOf is a buyer's name in comparable form: folded, without its legal form, for sites
// shorten 某某股份有限公司宁波分公司 to 某某宁波分公司.
func buyerOf(buyer string) string {
	return legalForm.ReplaceAllString(fold.Letters(buyer), "")
}

// sameBuyer tells whether two buyer fields may name one buyer: one is empty, or part of
// the other, as a head office is of its branch.
func sameBuyer(a, b string) bool {
	return a == "" || b == "" || strings.Contains(a, b) || strings.Contains(b, a) || slices.Equal([]rune(a), []rune(b))
}

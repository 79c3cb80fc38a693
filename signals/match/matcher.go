package match

import (
	"cmp"
	"slices"
	"strings"

	"dealvitals/signals"
	"dealvitals/signals/fold"
)

// Matcher finds the customers of a list in notices and texts. It never changes, so any
// number of goroutines may use it.
type Matcher struct {
	customers []customer
	names     [][]name // by automaton output: all customers' names with one spelling
	automaton *automaton
	byCode    map[string]int // 统一社会信用代码 to customer
}

// customer is what reading a mention needs to know of one.
type customer struct {
	id       string
	body     bodyKind
	evidence string // names and region, folded: where places are looked up
	region   string // folded
	local    bool   // named after a district only, as several cities have one
	teaches  bool   // an education authority, which buys for its schools
	formed   bool   // the full name ends in a legal form
}

func newCustomer(c signals.Customer) customer {
	name := fold.Letters(c.Name)
	evidence := []string{name, fold.Letters(c.Region)}
	for _, alias := range c.Aliases {
		evidence = append(evidence, fold.Letters(alias.Name))
	}
	body := bodyOf(c.Name)
	return customer{
		id: c.ID, body: body, region: fold.Letters(c.Region), local: body >= bodySchool && localName([]rune(name)), evidence: strings.Join(evidence, "\n"),
		teaches: strings.Contains(name, "教育"), formed: formOf([]rune(name)) != "",
	}
}

func (c customer) isCompany() bool {
	return c.body == bodyCompany || c.body == bodyGroup || c.body == bodyBank
}

// ownLegalForm tells whether a mention is a registered name with its legal form.
func (c customer) ownLegalForm(m mention) bool {
	return c.formed && (m.name.kind == kindFull || m.name.kind == kindFormer)
}

// New builds a matcher over all names and aliases of the customers.
func New(list []signals.Customer) *Matcher {
	m := &Matcher{byCode: map[string]int{}}
	index := map[string]int{}
	var spelt [][]rune
	for i, c := range list {
		m.customers = append(m.customers, newCustomer(c))
		if c.CreditCode != "" {
			m.byCode[fold.Letters(c.CreditCode)] = i
		}
		for _, s := range spellings(i, c) {
			key := string(s.letters)
			at, known := index[key]
			if !known {
				at = len(spelt)
				index[key] = at
				spelt = append(spelt, s.letters)
				m.names = append(m.names, nil)
			}
			m.addName(at, s.name)
		}
	}
	m.automaton = newAutomaton(spelt)
	return m
}

// addName keeps one name per customer and spelling: the one that proves most.
func (m *Matcher) addName(at int, n name) {
	for i, other := range m.names[at] {
		if other.customer == n.customer {
			if n.kind < other.kind {
				m.names[at][i] = n
			}
			return
		}
	}
	m.names[at] = append(m.names[at], n)
}

// finding is a customer that a text names.
type finding struct {
	customer   int
	role       signals.Role
	confidence float64
	by         string
	start, end int  // the organisation's name in the text, in letters
	exact      bool // by a registered name, whole
	labelled   bool // its role is told by a label
}

// find lists the customers that a text names, each once, in order of the list.
func (m *Matcher) find(text string) []finding {
	f := passage{fold.Of(text)}
	var all []finding
	m.automaton.walk(f.Letters, func(at int32, start, end int) {
		for _, n := range m.names[at] {
			found := m.judge(f, mention{name: n, start: start, end: end})
			if found.confidence == no {
				continue
			}
			if !found.exact && m.shared(at) {
				found.confidence = min(found.confidence, doubtful)
				found.by += "；与其他客户同名"
			}
			all = append(all, found)
		}
	})
	if len(all) == 0 {
		return nil
	}
	return bestOfEach(withoutLikes(all))
}

// shared tells whether several customers bear a name.
func (m *Matcher) shared(at int32) bool { return len(m.names[at]) > 1 }

// withoutLikes drops a customer found by something like its name where another one bears
// exactly the name that stands there.
func withoutLikes(all []finding) []finding {
	return slices.DeleteFunc(slices.Clone(all), func(a finding) bool {
		return !a.exact && slices.ContainsFunc(all, func(b finding) bool {
			return b.exact && b.customer != a.customer && b.confidence >= reviewLimit && b.start <= a.start && b.end >= a.end
		})
	})
}

func bestOfEach(all []finding) []finding {
	slices.SortStableFunc(all, func(a, b finding) int { return cmp.Compare(a.customer, b.customer) })
	var list []finding
	for _, found := range all {
		last := len(list) - 1
		switch {
		case last < 0 || list[last].customer != found.customer:
			list = append(list, found)
		case found.better(list[last]):
			list[last] = found
		}
	}
	return list
}

func (m *Matcher) judge(f passage, at mention) finding {
	r := f.read(at, m.customers[at.name.customer])
	if r.confidence == no {
		return finding{}
	}
	short := at.name.kind == kindShort || at.name.kind == kindStem
	role, why := f.roleOf(at.start, r, short)
	_, labelled := f.labelled(at.start)
	return finding{
		customer: at.name.customer, role: role, confidence: r.confidence,
		by:    at.name.written + "：" + r.rule + "，" + why,
		start: at.start, end: r.end,
		exact: at.name.kind == kindFull || at.name.kind == kindFormer, labelled: labelled,
	}
}

// better orders findings of one customer in one text: what is beyond doubt first, then
// the role that weighs most, then confidence.
func (a finding) better(b finding) bool {
	if (a.confidence >= reviewLimit) != (b.confidence >= reviewLimit) {
		return a.confidence > b.confidence
	}
	if rank(a.role) != rank(b.role) {
		return rank(a.role) > rank(b.role)
	}
	return a.confidence > b.confidence
}

func rank(r signals.Role) int {
	switch r {
	case signals.RoleBuyer:
		return 3
	case signals.RoleAgency:
		return 2
	case signals.RoleWinner:
		return 1
	}
	return 0
}

// Verdict is the answer for one customer and one text.
type Verdict struct {
	Match bool
	Role  signals.Role
	By    string // the name and the rule, for people
}

// One tells whether a text names a customer, and in which role. A doubtful mention is no
// match.
func One(c signals.Customer, text string) Verdict {
	findings := New([]signals.Customer{c}).find(text)
	switch {
	case len(findings) == 0:
		return Verdict{Role: signals.RoleNone, By: "文中没有该客户的名称"}
	case findings[0].confidence < reviewLimit:
		return Verdict{Role: signals.RoleNone, By: "存疑，待人工确认：" + findings[0].by}
	}
	return Verdict{Match: true, Role: findings[0].role, By: findings[0].by}
}

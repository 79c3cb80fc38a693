package match

import (
	"strings"

	"dealvitals/signals"
	"dealvitals/signals/fold"
)

// nameKind tells how much a name proves by itself.
type nameKind uint8

const (
	kindFull    nameKind = iota // the registered name
	kindFormer                  // a registered name of earlier times
	kindVariant                 // the registered name with or without its 省/市, or its place
	kindStem                    // the registered name without its legal form
	kindShort                   // 简称 or brand: needs a second sign
)

// bodyKind is what sort of organisation a customer is, by its full name. It decides
// what may follow the name without becoming somebody else.
type bodyKind uint8

const (
	bodyCompany bodyKind = iota
	bodyGroup            // a company that is the head of a group: its institutes are legal persons of their own
	bodyBank
	bodySchool
	bodyHospital
	bodyAuthority   // 局, 委员会, 政府
	bodyInstitution // 中心, 研究院, 馆 and other public institutions
)

// name is one spelling that customers are looked for by.
type name struct {
	customer int
	kind     nameKind
	written  string // as the customer's record has it
	form     string // of a stem: the legal form that was taken off
	bare     bool   // the place that the registered name begins with was taken off
	dashes   []bool // where the name has a dash inside, by letter; nil = nowhere
}

// spelling is a folded name with what is known of it.
type spelling struct {
	letters []rune
	name    name
}

// minStem is the shortest stem or stripped name that is looked for, in letters.
const minStem = 4

// spellings lists every spelling of a customer, registered name first.
func spellings(index int, c signals.Customer) []spelling {
	list := legalSpellings(index, c.Name, kindFull)
	for _, alias := range c.Aliases {
		if alias.Kind == signals.AliasFormer || alias.Kind == "" && wholeName(alias.Name) {
			list = append(list, legalSpellings(index, alias.Name, kindFormer)...)
			continue
		}
		if s, ok := newSpelling(index, alias.Name, kindShort); ok {
			list = append(list, s)
		}
	}
	return list
}

// wholeName tells whether an alias of unknown kind is a registered name by its looks: it
// has a legal form, or is that of a public body. 银行 and 集团 end short names as well.
func wholeName(alias string) bool {
	letters := fold.Of(alias).Letters
	if formOf(letters) != "" {
		return true
	}
	return len(letters) > minStem && bodyOf(alias) > bodyBank
}

func newSpelling(index int, written string, kind nameKind) (spelling, bool) {
	f := fold.Of(written)
	if len(f.Letters) < 2 {
		return spelling{}, false // one letter names nobody
	}
	n := name{customer: index, kind: kind, written: strings.TrimSpace(written)}
	for i := 1; i < len(f.Letters); i++ {
		if f.Gaps[i].Hard() {
			if n.dashes == nil {
				n.dashes = make([]bool, len(f.Letters))
			}
			n.dashes[i] = true
		}
	}
	return spelling{letters: f.Letters, name: n}, true
}

// legalSpellings are a registered name, its stem, and both with and without 省 or 市
// after the place that they begin with.
func legalSpellings(index int, written string, kind nameKind) []spelling {
	full, ok := newSpelling(index, written, kind)
	if !ok {
		return nil
	}
	list := []spelling{full}
	for _, letters := range placeVariants(full.letters) {
		v := full
		v.letters, v.name.kind, v.name.dashes = letters, kindVariant, nil
		v.name.bare = places.at(letters, 0) == 0
		list = append(list, v)
	}
	form := formOf(full.letters)
	if form == "" {
		return list
	}
	for _, s := range list {
		stem := s.letters[:len(s.letters)-len([]rune(form))]
		if len(stem) < minStem {
			continue
		}
		s.letters, s.name.kind, s.name.form, s.name.dashes = stem, kindStem, form, nil
		list = append(list, s)
	}
	return list
}

// formOf is the legal form that a folded name ends in, "" where it has none. 集团 is no
// part of it, for 某某集团有限公司 and 某某有限公司 are two companies.
func formOf(letters []rune) string {
	n := legalForms.before(letters, len(letters))
	if n == 0 || branchWords.before(letters, len(letters)) > 0 {
		return ""
	}
	return string(letters[len(letters)-n:])
}

// placeVariants are the other ways to write the place that a name begins with: 湖北省 and
// 湖北, 深圳 and 深圳市; and, of a company with a 字号 of its own, no place at all.
func placeVariants(letters []rune) [][]rune {
	n := places.at(letters, 0)
	if n == 0 {
		return nil
	}
	var variants [][]rune
	rest := letters[n:]
	if len(rest) > 0 && (rest[0] == '省' || rest[0] == '市') {
		rest = rest[1:]
		variants = append(variants, append(append([]rune{}, letters[:n]...), rest...))
	} else {
		for _, kind := range "省市" {
			v := append(append([]rune{}, letters[:n]...), kind)
			variants = append(variants, append(v, rest...))
		}
	}
	form := []rune(formOf(rest))
	distinct := len(rest)-len(form) >= minStem && len(form) > 0 && genericStarts.at(rest, 0) == 0 && placeAt(rest, 0) == 0
	if distinct {
		variants = append(variants, append([]rune{}, rest...))
	}
	return variants
}

// bodyOf tells what sort of organisation bears the name.
func bodyOf(written string) bodyKind {
	letters := fold.Of(withoutCampus(written)).Letters
	form := []rune(formOf(letters))
	stem := string(letters[:len(letters)-len(form)])
	ends := func(w words) bool { return w.before(letters, len(letters)) > 0 }
	switch {
	case strings.HasSuffix(stem, "银行") || strings.Contains(stem, "银行") && len(form) > 0:
		return bodyBank
	case strings.HasSuffix(stem, "集团") || string(form) == "总公司":
		return bodyGroup
	case len(form) > 0 || ends(companyEnds):
		return bodyCompany
	case ends(hospitalEnds):
		return bodyHospital
	case ends(schoolEnds):
		return bodySchool
	case ends(authorityEnds):
		return bodyAuthority
	case ends(personWords) || ends(publicUnitWords):
		return bodyInstitution
	}
	return bodyCompany
}

// withoutCampus is a name without the place in brackets that it ends in: 中国石油大学（华东）.
func withoutCampus(written string) string {
	written = strings.TrimSpace(written)
	at := strings.LastIndexAny(written, "（(")
	if at > 0 && (strings.HasSuffix(written, "）") || strings.HasSuffix(written, ")")) {
		return written[:at]
	}
	return written
}

// localName tells whether a folded name begins with a district or a word that many cities
// have: 鼓楼区教育局, 第一人民医院.
func localName(letters []rune) bool {
	if places.at(letters, 0) > 0 || nationalStarts.at(letters, 0) > 0 {
		return false
	}
	return placeAt(letters, 0) > 0 || genericStarts.at(letters, 0) > 0
}

package detail

import (
	"strings"

	"dealvitals/crawler/extract/notices/label"
	"dealvitals/crawler/extract/notices/party"
	"dealvitals/crawler/extract/notices/sheet"
	"dealvitals/crawler/extract/pattern"
)

// entrusted are sentences that name the buyer and its agency together. The groups are named
// after the roles.
var entrusted = []*pattern.Pattern{
	pattern.New(`受\s*(?P<buyer>[^，。；：\s受]{2,50}?)\s*(?:的)?委托[，,、]?\s*(?:由|我公司|我司|本公司)?[，,]?\s*(?P<agency>[\p{Han}（）()A-Za-z]{4,40}?(?:公司|中心|事务所|院|集团|处|局))\s*(?:\([^)]*\)|（[^）]*）)?\s*(?:于|就|对|拟|以|现|作为|根据|组织|按照|采用|在|将|负责|的)`),
	pattern.New(`(?P<agency>[\p{Han}（）()A-Za-z]{4,40}?(?:公司|中心|事务所|集团|处|局|院))\s*(?:（[^）]{0,20}）|\([^)]{0,20}\))?\s*(?:（[^）]*）)?\s*(?:接受|受)\s*(?P<buyer>[^，。；：\s]{2,50}?)\s*(?:\([^)]{0,20}\)|（[^）]{0,20}）)?\s*(?:的)?委托`),
	pattern.New(`(?:接受|受)\s*(?P<buyer>[^，。；：\s受]{2,50}?)\s*(?:（[^）]{0,20}）)?\s*(?:的)?委托`),
	pattern.New(`(?P<buyer>[\p{Han}（）()A-Za-z]{4,40}?)\s*委托\s*(?P<agency>[\p{Han}（）()A-Za-z]{4,40}?(?:公司|中心|事务所|集团|院))`),
}

// named are sentences that name the buyer.
var named = []*pattern.Pattern{
	pattern.New(`(?:项目业主|招标人|采购人|建设单位|采购单位|业主单位|比选人|询价人|项目法人|项目单位|发包人)\s*(?:（[^）]{0,12}）)?\s*(?:为|是|系)\s*[:：]?\s*(?P<buyer>[^，。；：、\s]{3,50})`),
}

// english are sentences in which a public body asks for bids.
var english = []*pattern.Pattern{
	pattern.New(`(?:^|[.;:]\s+|\n|\bThe )(?:The )?(?P<buyer>(?:(?:City|Town|Village|County|State|Borough|Township|Port|University|Department|Board|Government|Ministry|Commonwealth) of (?:the )?[A-Z][\w'’.-]+(?: (?:of |and )?[A-Z][\w'’.-]+){0,5})|(?:[A-Z][\w'’&.-]+ ){1,6}(?:County|Council|District|Authority|Department|University|College|Board|Commission|Agency|Schools?|Corporation|Trust|Ministry|Office|Administration|Company|Limited|Ltd))(?:,? [A-Z][a-z]+)?\s*(?:,|\()?\s*(?:(?:hereinafter|herein|\(?the|\(?“|\(?\")[^.]{0,60})?,?\s*(?:is|are|invites?|requests?|seeks?|intends?|hereby|will|wishes)\b`),
}

// agencyNamed are sentences that name the agency.
var agencyNamed = []*pattern.Pattern{
	pattern.New(`(?:招标代理机构|采购代理机构|代理机构|招标代理)\s*(?:为|是|系)\s*[:：]?\s*(?P<agency>[^，。；：、\s]{4,50})`),
}

// parties are the buyer and its agency: by label, by sentence, by signature.
func (r *reader) parties() (buyer, agency string) {
	agency = r.labelled(label.Agency)
	buyer = r.labelled(label.Buyer)
	b, a := r.entrustedParties()
	if agency == "" {
		agency = a
	}
	if buyer == "" || (buyer == agency && b != "" && b != agency) {
		buyer = firstOf(b, buyer)
	}
	if buyer == "" {
		buyer = firstOf(r.sentence(named, "buyer"), r.sentence(english, "buyer"))
	}
	if agency == "" {
		agency = r.sentence(agencyNamed, "agency")
	}
	if buyer == "" {
		buyer = r.partyIn(label.Buyer)
	}
	if agency == "" {
		agency = r.partyIn(label.Agency)
	}
	buyer, agency = r.signed(buyer, agency)
	if buyer == "" {
		buyer = firstOf(r.labelled(label.BuyerWeak), r.planner())
	}
	return buyer, agency
}

// planner is who announces in a title what it means to buy: X2026年5月政府采购意向.
func (r *reader) planner() string {
	m := planned.FindStringSubmatch(r.title())
	if m == nil || !party.Organisation(m[1]) {
		return ""
	}
	return party.Clean(m[1])
}

var planned = pattern.New(`^([\p{Han}（）()]{4,40}?)(?:关于)?20\d\d年.{0,12}采购意向`)

// labelled is the first name under a label; a label inside a table of contacts or a
// complaint office is as good as one at the top, but comes later.
func (r *reader) labelled(want label.Role) string {
	found := ""
	for i := range r.sheet.Facts {
		f := &r.sheet.Facts[i]
		if r.roles[i] != want || complaint.MatchString(f.Section) {
			continue
		}
		name := party.Clean(f.Value)
		if name == "" || sentenceLike.MatchString(name) {
			continue
		}
		if want == label.Buyer && party.Agency(name) && found == "" {
			found = name // a site's slip: see whether another label knows better
			continue
		}
		return name
	}
	return found
}

var (
	complaint    = pattern.New(`监督|投诉|质疑|异议|纪检|监管`)
	sentenceLike = pattern.New(`(?:应|须|将|可|不得|进行|提出|收到|负责|公司名称|联系|电话|见)$|^(?:应|须|将|可|有权|在|对|的|和|或|于|以|与|不)`)
)

// entrustedParties reads "受X的委托" and its kin.
func (r *reader) entrustedParties() (buyer, agency string) {
	for _, re := range entrusted {
		for _, m := range re.FindAllStringSubmatch(r.text, 6) {
			b := party.Clean(trimLead(group(re, m, "buyer")))
			a := party.Clean(trimLead(group(re, m, "agency")))
			if general.MatchString(b) {
				b = ""
			}
			if a != "" && !party.Organisation(a) {
				a = ""
			}
			if b == "" && a == "" {
				continue
			}
			buyer, agency = firstOf(buyer, b), firstOf(agency, a)
			if buyer != "" && agency != "" {
				return buyer, agency
			}
		}
	}
	return buyer, agency
}

// general are roles that stand for a buyer who is named elsewhere.
var general = pattern.New(`^(?:招标人|采购人|采购单位|招标单位|业主|业主单位|建设单位|甲方|委托人|贵单位|其|本单位)$|法定代表人|供应商|投标人|代理人`)

// leadWords stand before a name in a sentence.
var leadWords = pattern.New(`^(?:.*[：:，,。；;、]|根据.*?规定|经.*?批准|兹|现|由|我公司|本次|关于|并|已|日)?`)

func trimLead(s string) string { return leadWords.ReplaceAllString(s, "") }

func (r *reader) sentence(patterns []*pattern.Pattern, name string) string {
	for _, re := range patterns {
		for _, m := range re.FindAllStringSubmatch(r.text, 4) {
			if v := party.Clean(group(re, m, name)); v != "" && !general.MatchString(v) && len([]rune(v)) >= 3 {
				return v
			}
		}
	}
	return ""
}

func group(re *pattern.Pattern, m []string, name string) string {
	if i := re.SubexpIndex(name); i >= 0 {
		return m[i]
	}
	return ""
}

// signed fills what is missing from the signature: the lines of names above the last date.
func (r *reader) signed(buyer, agency string) (string, string) {
	if buyer != "" && agency != "" {
		return buyer, agency
	}
	for _, name := range r.signature() {
		switch {
		case name == buyer || name == agency:
		case party.Agency(name) && agency == "":
			agency = name
		case !party.Agency(name) && buyer == "":
			buyer = name
		}
	}
	return buyer, agency
}

// signature is the names on lines of their own, just above a line that is a date.
func (r *reader) signature() []string {
	lines := r.sheet.Lines
	for i := len(lines) - 1; i > 0 && i > len(lines)-60; i-- {
		if !signatureDate.MatchString(lines[i].Text) {
			continue
		}
		var names []string
		for j := i - 1; j >= 0 && j >= i-3; j-- {
			text := sheet.Label(lines[j].Text)
			if !party.Organisation(text) {
				break
			}
			names = append(names, party.Clean(strings.TrimSpace(text)))
		}
		if len(names) > 0 {
			return names
		}
	}
	return nil
}

var signatureDate = pattern.New(`^(?:日期[:：])?\s*(?:\d{4}|[二〇○零OＯ0一二三四五六七八九]{4})\s*[年.\-/]\s*[\d一二三四五六七八九十]{1,3}\s*[月.\-/]\s*[\d一二三四五六七八九十]{1,3}\s*日?$`)

func firstOf(names ...string) string {
	for _, n := range names {
		if n != "" {
			return n
		}
	}
	return ""
}

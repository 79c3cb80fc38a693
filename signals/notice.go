package signals

import (
	"time"

	"github.com/shopspring/decimal"
)

// NoticeType is what a procurement notice announces (DESIGN §4, "Tender").
type NoticeType string

const (
	NoticeIntention        NoticeType = "intention"        // 采购意向, 招标计划
	NoticePrequalification NoticeType = "prequalification" // 资格预审
	NoticeTender           NoticeType = "tender"           // 公开招标, 邀请, 谈判, 磋商, 比选
	NoticeInquiry          NoticeType = "inquiry"          // 询价
	NoticeSingleSource     NoticeType = "single-source"    // 单一来源
	NoticeCorrection       NoticeType = "correction"       // 更正, 变更, 澄清, 答疑, 延期
	NoticeTermination      NoticeType = "termination"      // 废标, 流标, 终止
	NoticeAward            NoticeType = "award"            // 中标, 成交, 候选人, 入围
	NoticeContract         NoticeType = "contract"         // 合同
	NoticeOther            NoticeType = "other"
)

// NoticeTypes lists every type, in the order of DESIGN §4.
func NoticeTypes() []NoticeType {
	return []NoticeType{
		NoticeIntention, NoticePrequalification, NoticeTender, NoticeInquiry, NoticeSingleSource,
		NoticeCorrection, NoticeTermination, NoticeAward, NoticeContract, NoticeOther,
	}
}

// Demand tells whether a notice of this type says that its buyer wants to buy.
// Corrections, terminations, awards and contracts are kept and shown, but are no
// demand of their own.
func (t NoticeType) Demand() bool {
	switch t {
	case NoticeIntention, NoticePrequalification, NoticeTender, NoticeInquiry, NoticeSingleSource:
		return true
	}
	return false
}

// unknown tells that a notice shows by nothing what it announces: it may be demand.
func (t NoticeType) unknown() bool { return t == NoticeOther || t == "" }

// Notice is a procurement notice on a tender site.
type Notice struct {
	TargetID   string           `json:"target_id"`
	ID         string           `json:"id"` // stable within the target: the site's own id, else made of the link
	Title      string           `json:"title"`
	URL        string           `json:"url,omitempty"`
	Published  *Date            `json:"published,omitempty"`
	Deadline   *Date            `json:"deadline,omitempty"`
	Type       NoticeType       `json:"type"`
	Buyer      string           `json:"buyer,omitempty"`
	BuyerCode  string           `json:"buyer_code,omitempty"` // 统一社会信用代码 of the buyer
	Agency     string           `json:"agency,omitempty"`
	Winners    []string         `json:"winners,omitempty"`
	Amount     *decimal.Decimal `json:"amount,omitempty"` // whole currency units; budget or award by Type
	Currency   string           `json:"currency,omitempty"`
	Region     string           `json:"region,omitempty"`
	ProjectNo  string           `json:"project_no,omitempty"`
	Categories []string         `json:"categories,omitempty"` // 采购品目, CPV
	Lots       []string         `json:"lots,omitempty"`       // titles of lots
	Summary    string           `json:"summary,omitempty"`    // what is bought, at most 2 000 characters
	Text       string           `json:"text,omitempty"`       // of its own page, where nothing told its buyer: it may name one; at most 6 000 characters
	Details    DetailState      `json:"details,omitempty"`    // whether its own page was read
	Evidence   string           `json:"evidence"`             // hash of the page that showed it: the detail page where it was read
	FirstSeen  time.Time        `json:"first_seen"`
	LastSeen   time.Time        `json:"last_seen"`
}

// Role is what a customer is in a notice. Only a buyer's notice is demand.
type Role string

const (
	RoleBuyer  Role = "buyer"
	RoleAgency Role = "agency"
	RoleWinner Role = "winner"
	RoleNone   Role = "none" // named, but as a site, brand, reference or the like
)

// NoticeMatch says that a customer appears in a notice. The newest record at an
// instant is the one that holds then.
type NoticeMatch struct {
	TargetID   string    `json:"target_id"`
	NoticeID   string    `json:"notice_id"`
	CustomerID string    `json:"customer_id"`
	Match      bool      `json:"match"` // false withdraws an earlier match
	Role       Role      `json:"role"`
	By         string    `json:"by"`         // the name and rule that matched, for people
	Confidence float64   `json:"confidence"` // 0–1; below the review limit it does not count until a person accepts it
	Review     bool      `json:"review,omitempty"`
	Actor      string    `json:"actor,omitempty"` // the person who accepted or rejected; empty = the program
	RecordedAt time.Time `json:"recorded_at"`
}

// Counts tells whether the match may count as the customer's own demand.
func (m NoticeMatch) Counts() bool { return m.Match && m.Role == RoleBuyer && !m.Review }

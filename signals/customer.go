package signals

import "time"

// AliasKind tells what an alias is, for a short or brand name needs a second sign
// before a text that holds it counts as naming the customer.
type AliasKind string

const (
	AliasFormer AliasKind = "former" // a name the entity bore by law: 曾用名
	AliasShort  AliasKind = "short"  // what people call it: 简称
	AliasBrand  AliasKind = "brand"  // what it sells under: 品牌
)

// Alias is another name of a customer.
type Alias struct {
	Name string    `json:"name"`
	Kind AliasKind `json:"kind"`
}

// Customer is a legal entity that deals are made with. A group and each of its
// subsidiaries are customers of their own.
type Customer struct {
	ID         string    `json:"id"`
	Name       string    `json:"name"` // full legal name
	Aliases    []Alias   `json:"aliases,omitempty"`
	CreditCode string    `json:"credit_code,omitempty"` // 统一社会信用代码, GB 32100-2015
	Region     string    `json:"region,omitempty"`
	Industry   string    `json:"industry,omitempty"`
	Size       string    `json:"size,omitempty"` // as the company sorts its customers: 大型, 中型, 小型 …
	RecordedAt time.Time `json:"recorded_at"`
}

// Contact is a key person at a customer.
type Contact struct {
	ID         string    `json:"id"`
	CustomerID string    `json:"customer_id"`
	Name       string    `json:"name"`
	WeComID    string    `json:"wecom_id,omitempty"` // external user id, wm… or wo…
	RecordedAt time.Time `json:"recorded_at"`
}

package crawler

import (
	"encoding/binary"
	"strings"
	"time"

	"dealvitals/signals"
)

// packed holds a run's postings as bytes. A run holds thousands until it is over and
// written; as values they would be most of what a crawl has in memory.
//
// A posting is the lengths of its texts and its numbers, then its texts. Of an address only
// what differs from the address before is there, and of an id that is its address's end
// nothing.
type packed struct {
	target, customer string
	pages            []packedPage
	bytes            []byte
	address          string // of the posting added last
}

// packedPage is how many postings came from a page.
type packedPage struct {
	evidence string
	count    int
}

// add packs what a crawl knows of a posting: all but Seen.
func (k *packed) add(p signals.Posting) {
	if last := len(k.pages) - 1; last < 0 || k.pages[last].evidence != p.Evidence {
		k.pages = append(k.pages, packedPage{evidence: p.Evidence})
	}
	k.pages[len(k.pages)-1].count++
	shared, own := sharedStart(k.address, p.URL), ""
	if !strings.HasSuffix(p.URL, p.ID) {
		own = p.ID
	}
	for _, n := range []int{shared, len(p.URL) - shared, len(p.ID), len(own), len(p.Title), len(p.Place), len(p.Basis)} {
		k.bytes = binary.AppendUvarint(k.bytes, uint64(n))
	}
	k.bytes = binary.AppendVarint(k.bytes, int64(p.Headcount))
	k.bytes = appendDate(k.bytes, p.Posted)
	for _, text := range []string{p.URL[shared:], own, p.Title, p.Place, string(p.Basis)} {
		k.bytes = append(k.bytes, text...)
	}
	k.address = p.URL
}

// all unpacks the postings in their order.
func (k *packed) all() signals.Postings {
	return func(yield func(signals.Posting) bool) {
		rest := unpacking{bytes: k.bytes}
		for _, page := range k.pages {
			for range page.count {
				p := rest.posting()
				p.TargetID, p.CustomerID, p.Evidence = k.target, k.customer, page.evidence
				if !yield(p) {
					return
				}
			}
		}
	}
}

// unpacking is what is left of packed postings.
type unpacking struct {
	bytes   []byte
	address string
}

func (u *unpacking) posting() signals.Posting {
	var n [7]int
	for i := range n {
		v, size := binary.Uvarint(u.bytes)
		n[i], u.bytes = int(v), u.bytes[size:]
	}
	p := signals.Posting{Headcount: u.number(), Posted: u.date()}
	address := u.address[:n[0]]
	texts := string(u.bytes[:n[1]+n[3]+n[4]+n[5]+n[6]])
	u.bytes = u.bytes[len(texts):]
	take := func(n int) string {
		var text string
		text, texts = texts[:n], texts[n:]
		return text
	}
	p.URL = address + take(n[1])
	own := take(n[3])
	p.Title, p.Place, p.Basis = take(n[4]), take(n[5]), signals.DateBasis(take(n[6]))
	p.ID = p.URL[max(len(p.URL)-n[2], 0):]
	if n[3] > 0 {
		p.ID = own
	}
	u.address = p.URL
	return p
}

func (u *unpacking) number() int {
	v, size := binary.Varint(u.bytes)
	u.bytes = u.bytes[size:]
	return int(v)
}

// date reads what appendDate wrote.
func (u *unpacking) date() *signals.Date {
	if u.number() == 0 {
		return nil
	}
	return &signals.Date{Year: u.number(), Month: time.Month(u.number()), Day: u.number()}
}

// appendDate writes whether there is a date, and the date.
func appendDate(b []byte, d *signals.Date) []byte {
	if d == nil {
		return binary.AppendVarint(b, 0)
	}
	for _, n := range []int{1, d.Year, int(d.Month), d.Day} {
		b = binary.AppendVarint(b, int64(n))
	}
	return b
}

func sharedStart(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

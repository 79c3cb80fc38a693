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
	last             []byte // what the newest page holds so far
	address          string // of the posting added last
}

// packedPage is what one page brought.
type packedPage struct {
	evidence string
	count    int
	bytes    []byte
}

// add packs what a crawl knows of a posting: all but Seen.
func (k *packed) add(p signals.Posting) {
	if n := len(k.pages); n == 0 || k.pages[n-1].evidence != p.Evidence {
		k.seal()
		k.pages = append(k.pages, packedPage{evidence: p.Evidence})
	}
	k.pages[len(k.pages)-1].count++
	shared, own := sharedStart(k.address, p.URL), ""
	if !strings.HasSuffix(p.URL, p.ID) {
		own = p.ID
	}
	for _, n := range []int{shared, len(p.URL) - shared, len(p.ID), len(own), len(p.Title), len(p.Place), len(p.Basis)} {
		k.last = binary.AppendUvarint(k.last, uint64(n))
	}
	k.last = binary.AppendVarint(k.last, int64(p.Headcount))
	k.last = appendDate(k.last, p.Posted)
	for _, text := range []string{p.URL[shared:], own, p.Title, p.Place, string(p.Basis)} {
		k.last = append(k.last, text...)
	}
	k.address = p.URL
}

// seal gives the newest page the bytes that are its own.
func (k *packed) seal() {
	if n := len(k.pages); n > 0 {
		k.pages[n-1].bytes = append(k.pages[n-1].bytes, k.last...)
		k.last = k.last[:0]
	}
}

// all unpacks the postings in their order.
func (k *packed) all() signals.Postings {
	k.seal()
	return func(yield func(signals.Posting) bool) {
		var rest unpacking
		for _, page := range k.pages {
			rest.bytes = page.bytes
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

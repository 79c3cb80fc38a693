package bolt

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"dealvitals/signals"
)

// The first byte of a posting. The first form, which earlier versions of the program
// wrote, holds it as JSON.
const (
	postingForm     = 2
	postingFormJSON = 1
)

// What is said of a posting by flags.
const (
	postingKeyed  = 1 << iota // its ids stand in its key
	postingLinked             // its address ends in its id
	postingPosted             // it has a date
	postingHashed             // its evidence is a SHA-256, kept as bytes
)

// encodePosting writes a posting that is kept under k. What the key holds is left out.
func encodePosting(k key, p postingRecord) []byte {
	out := make(encoder, 0, 256)
	out.byte(postingForm)
	out.sights(p.sights)
	first := &p.first
	var flags uint64
	id, hash := first.ID, evidenceBytes(first.Evidence)
	if bytes.Equal(k, postingKey(first.TargetID, id)) && len(id) <= maxText && strings.IndexByte(id, 0) < 0 {
		flags |= postingKeyed
	}
	address, linked := strings.CutSuffix(first.URL, id)
	if linked && id != "" {
		flags |= postingLinked
	} else {
		address = first.URL
	}
	if first.Posted != nil {
		flags |= postingPosted
	}
	if hash != nil {
		flags |= postingHashed
	}
	out.uint(flags)
	if flags&postingKeyed == 0 {
		out.text(first.TargetID)
		out.text(id)
	}
	out.text(first.CustomerID)
	out.text(first.Title)
	out.text(first.Place)
	out.text(address)
	if d := first.Posted; d != nil {
		out.int(int64(d.Year))
		out.uint(uint64(d.Month))
		out.uint(uint64(d.Day))
	}
	out.text(string(first.Basis))
	out.int(int64(first.Headcount))
	if hash != nil {
		return append(out, hash...)
	}
	out.text(first.Evidence)
	return out
}

func (e *encoder) sights(all []sight) {
	e.uint(uint64(len(all)))
	for _, s := range all {
		e.uint(s.opened)
		e.uint(s.closed)
		e.uint(uint64(len(s.also)))
		last := s.opened
		for _, n := range s.also {
			e.uint(n - last)
			last = n
		}
	}
}

// evidenceBytes are the bytes of a hash in lower-case hex, nil where it is none.
func evidenceBytes(hash string) []byte {
	b, err := hex.DecodeString(hash)
	if err != nil || len(b) != 32 || hex.EncodeToString(b) != hash {
		return nil
	}
	return b
}

func decodePosting(k, value []byte) (postingRecord, error) {
	var p postingRecord
	in := decoder{rest: value}
	form := in.byte()
	p.sights = in.sights()
	switch {
	case in.err != nil:
	case form == postingForm:
		p.first = in.posting(k)
	case form == postingFormJSON:
		in.err = json.Unmarshal(in.rest, &p.first)
	default:
		in.fail()
	}
	if in.err != nil {
		return p, fmt.Errorf("reading a posting: %w", in.err)
	}
	return p, nil
}

func (d *decoder) sights() []sight {
	var all []sight
	for range d.count() {
		s := sight{opened: d.uint(), closed: d.uint()}
		last := s.opened
		for range d.count() {
			last += d.uint()
			s.also = append(s.also, last)
		}
		all = append(all, s)
	}
	return all
}

func (d *decoder) posting(k []byte) signals.Posting {
	var p signals.Posting
	flags := d.uint()
	if flags&postingKeyed == 0 {
		p.TargetID, p.ID = d.text(), d.text()
	} else {
		target, rest, _ := bytes.Cut(k, []byte{0})
		p.TargetID, p.ID = string(target), string(bytes.TrimSuffix(rest, []byte{0}))
	}
	p.CustomerID, p.Title, p.Place, p.URL = d.text(), d.text(), d.text(), d.text()
	if flags&postingLinked != 0 {
		p.URL += p.ID
	}
	if flags&postingPosted != 0 {
		p.Posted = &signals.Date{Year: int(d.int()), Month: time.Month(d.uint()), Day: int(d.uint())}
	}
	p.Basis, p.Headcount = signals.DateBasis(d.text()), int(d.int())
	if flags&postingHashed == 0 {
		p.Evidence = d.text()
		return p
	}
	if len(d.rest) != 32 {
		d.fail()
		return p
	}
	p.Evidence = hex.EncodeToString(d.rest)
	return p
}

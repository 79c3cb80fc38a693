package bolt

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"time"

	"dealvitals/signals"
)

// The first bytes of the present forms.
const (
	interactionForm = 1
	coverageForm    = 1
	wordForm        = 2 // a coverage with a word on what was granted before
)

// shortHash tells records with the same contact and time apart.
func shortHash(parts ...string) uint64 {
	k := key{}
	for _, p := range parts {
		k = k.text(p)
	}
	sum := sha256.Sum256(k)
	return binary.BigEndian.Uint64(sum[:])
}

// interactionKey is where an interaction is kept: among those of its contact, by time.
func interactionKey(i signals.Interaction) key {
	return key{}.text(i.ContactID).instant(instantOf(i.Time)).number(shortHash(i.Source, i.ID))
}

// encodeInteraction writes all of an interaction but contact and time, which stand in the
// key.
func encodeInteraction(i signals.Interaction) []byte {
	out := make(encoder, 0, 96)
	out.byte(interactionForm)
	out.text(i.Source)
	out.text(i.ID)
	out.text(i.DealID)
	out.text(i.Owner)
	out.text(string(i.Direction))
	out.text(i.Kind)
	out.uint(uint64(max(i.Length, 0)))
	out.int(int64(i.Duration))
	out.uint(uint64(max(i.KeywordVersion, 0)))
	out.time(i.RecordedAt)
	out.uint(uint64(len(i.Keywords)))
	for _, word := range slices.Sorted(maps.Keys(i.Keywords)) {
		out.text(word)
		out.int(int64(i.Keywords[word]))
	}
	return out
}

// phrases holds once what many interactions have in common: a chat of a million messages has
// one source, one deal and few sets of keywords.
type phrases struct {
	texts map[string]string
	words map[string]map[string]int // by their encoded form
}

func newPhrases() *phrases {
	return &phrases{texts: make(map[string]string), words: make(map[string]map[string]int)}
}

func (p *phrases) text(in *decoder) string {
	raw := in.bytes()
	if held, ok := p.texts[string(raw)]; ok {
		return held
	}
	held := string(raw)
	p.texts[held] = held
	return held
}

// keywords reads the rest of an interaction. The map belongs to others too.
func (p *phrases) keywords(in *decoder) map[string]int {
	if held, ok := p.words[string(in.rest)]; ok {
		return held
	}
	raw := string(in.rest)
	var words map[string]int
	if n := in.count(); n > 0 {
		words = make(map[string]int, n)
		for range n {
			word := in.text()
			words[word] = int(in.int())
		}
	}
	p.words[raw] = words
	return words
}

// decodeInteraction reads an interaction from its key, of which prefix is the contact's
// part, and its value. Interactions that are read with the same phrases share their keywords.
func decodeInteraction(contactID string, prefix, k key, value []byte, p *phrases) (signals.Interaction, error) {
	in := decoder{rest: value}
	in.form(interactionForm)
	i := signals.Interaction{
		ContactID: contactID, Time: readInstant(k[len(prefix):]).time(),
		Source: p.text(&in), ID: in.text(), DealID: p.text(&in), Owner: p.text(&in),
		Direction: signals.Direction(p.text(&in)), Kind: p.text(&in), Length: int(in.uint()), Duration: signals.Duration(in.int()),
		KeywordVersion: int(in.uint()), RecordedAt: in.time(), Keywords: p.keywords(&in),
	}
	if in.err != nil {
		return i, fmt.Errorf("reading an interaction of contact %s: %w", contactID, in.err)
	}
	return i, nil
}

// coverageKey is where a coverage is kept: among those of its contact, by its end.
func coverageKey(c signals.Coverage) key {
	parts := []string{c.Source, c.DealID, c.From.UTC().Format(time.RFC3339Nano)}
	if c.Word != signals.CoverageGranted { // there may be several, one after another
		parts = append(parts, string(c.Word), c.RecordedAt.UTC().Format(time.RFC3339Nano))
	}
	return key{}.text(c.ContactID).instant(instantOf(c.To)).number(shortHash(parts...))
}

func encodeCoverage(c signals.Coverage) []byte {
	out := make(encoder, 0, 64)
	if c.Word == signals.CoverageGranted {
		out.byte(coverageForm)
	} else {
		out.byte(wordForm)
		out.text(string(c.Word))
	}
	out.text(c.Source)
	out.text(c.DealID)
	out.time(c.From)
	out.time(c.RecordedAt)
	return out
}

func decodeCoverage(contactID string, prefix, k key, value []byte) (signals.Coverage, error) {
	in := decoder{rest: value}
	var word signals.CoverageWord
	switch in.byte() {
	case coverageForm:
	case wordForm:
		word = signals.CoverageWord(in.text())
	default:
		in.fail()
	}
	c := signals.Coverage{
		Word:      word,
		ContactID: contactID, To: readInstant(k[len(prefix):]).time(),
		Source: in.text(), DealID: in.text(), From: in.time(), RecordedAt: in.time(),
	}
	if in.err != nil {
		return c, fmt.Errorf("reading a coverage of contact %s: %w", contactID, in.err)
	}
	return c, nil
}

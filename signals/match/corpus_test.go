package match_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"testing"

	"dealvitals/signals"
	"dealvitals/signals/match"
)

// corpusFile holds labelled pairs of real public titles and lines. It is no part of the
// repository.
const corpusFile = "../../../shared/corpus/match/dev.jsonl"

type pair struct {
	Customer struct {
		Name    string   `json:"name"`
		Aliases []string `json:"aliases"`
	} `json:"customer"`
	Text  string       `json:"text"`
	Role  signals.Role `json:"role"`
	Match bool         `json:"match"`
}

func (p pair) customer() signals.Customer {
	c := signals.Customer{ID: p.Customer.Name, Name: p.Customer.Name}
	for _, alias := range p.Customer.Aliases {
		c.Aliases = append(c.Aliases, signals.Alias{Name: alias})
	}
	return c
}

func readPairs(t *testing.T) []pair {
	t.Helper()
	file, err := os.Open(corpusFile)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("%s is not here: the labelled pairs are kept outside the repository", corpusFile)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	var pairs []pair
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var p pair
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		pairs = append(pairs, p)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return pairs
}

func TestLabelledPairsAreMatchedAsTheirReadersDid(t *testing.T) {
	var hit, wrong, missed, roleRight, demandHit, demandWrong, demandMissed int
	for _, p := range readPairs(t) {
		v := match.One(p.customer(), p.Text)
		said := fmt.Sprintf("%s ← %s (%s; %s)", p.Customer.Name, p.Text, v.Role, v.By)
		switch {
		case p.Match && v.Match:
			hit++
			if p.Role == v.Role {
				roleRight++
			} else {
				t.Logf("role %s: %s", p.Role, said)
			}
		case v.Match:
			wrong++
			t.Logf("wrong: %s", said)
		case p.Match:
			missed++
			t.Logf("missed: %s", said)
		}
		want, got := p.Match && p.Role == signals.RoleBuyer, v.Match && v.Role == signals.RoleBuyer
		switch {
		case want && got:
			demandHit++
		case got:
			demandWrong++
		case want:
			demandMissed++
		}
	}
	precision, recall := share(hit, wrong), share(hit, missed)
	t.Logf("match: precision %.4f, recall %.4f; role right in %.4f of matches; as demand: precision %.4f, recall %.4f",
		precision, recall, share(roleRight, hit-roleRight), share(demandHit, demandWrong), share(demandHit, demandMissed))
	if precision < 0.99 || recall < 0.95 {
		t.Errorf("precision %.4f and recall %.4f are below 0.99 and 0.95", precision, recall)
	}
	if r := share(roleRight, hit-roleRight); r < 0.97 {
		t.Errorf("the role is right in %.4f of the matches, below 0.97", r)
	}
}

func share(part, rest int) float64 {
	if part+rest == 0 {
		return 1
	}
	return float64(part) / float64(part+rest)
}

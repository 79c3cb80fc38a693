package bolt

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"dealvitals/signals"
	"dealvitals/store"

	"go.etcd.io/bbolt"
)

// People answers for what is kept of single people (PIPL art. 44–47): it shows and erases it.
type People struct{ db *DB }

// People is that part of the store.
func (db *DB) People() *People { return &People{db} }

// Export reads all that is kept of a person, by contact id, WeCom id or a member's userid, and
// notes who asked. It fails with store.ErrNotFound where nothing is, unless something is known
// elsewhere.
func (p *People) Export(ctx context.Context, id, actor string, elsewhere bool, at time.Time) (store.Person, error) {
	var person store.Person
	err := p.db.write(ctx, at, func(tx *bbolt.Tx, at time.Time) error {
		var err error
		if person, err = personOf(tx, id); err != nil {
			return err
		}
		if len(person.Contacts)+len(person.Interactions)+len(person.Coverage)+len(person.Days) == 0 && !elsewhere {
			return store.ErrNotFound
		}
		return appendAudit(tx, at, actor, "export_person", receiptOf(id), map[string]int{"interactions": len(person.Interactions)})
	})
	return person, err
}

// NoteRead notes that somebody looked at what people said to whom and when.
func (p *People) NoteRead(ctx context.Context, actor, what, subject string, at time.Time) error {
	return p.db.write(ctx, at, func(tx *bbolt.Tx, at time.Time) error {
		return appendAudit(tx, at, actor, "read_"+what, subject, struct{}{})
	})
}

// Count tells what Erase would erase.
func (p *People) Count(ctx context.Context, id string) (store.Erased, error) {
	counts := store.Erased{Receipt: receiptOf(id)}
	err := p.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		person, err := personOf(tx, id)
		counts.Contacts, counts.Interactions, counts.Coverage = len(person.Contacts), len(person.Interactions), len(person.Coverage)
		for _, c := range person.Contacts {
			counts.Versions += len(keysUnder(tx, bucketContactVersions, key{}.text(c.ID)))
		}
		return err
	})
	return counts, err
}

// Erase takes away all that is kept of a person: the contact with its earlier versions,
// interactions and coverage, the name in deals, and answers kept for requests that may come
// again. Scores and decisions stay; they hold no ids of people. The audit log tells that it was done, and knows the person by a hash only.
func (p *People) Erase(ctx context.Context, id, actor string, at time.Time) (store.Erased, error) {
	done := store.Erased{Receipt: receiptOf(id)}
	err := p.db.write(ctx, at, func(tx *bbolt.Tx, at time.Time) error {
		person, err := personOf(tx, id)
		if err != nil {
			return err
		}
		done.At = at
		if err := forgetInDeals(tx, person, done.Receipt); err != nil {
			return err
		}
		if err := forgetReplies(tx, person); err != nil {
			return err
		}
		if err := erase(tx, person, &done); err != nil {
			return err
		}
		return appendAudit(tx, at, actor, "erase_person", done.Receipt, map[string]int{
			"contacts": done.Contacts, "versions": done.Versions, "interactions": done.Interactions, "coverage": done.Coverage,
		})
	})
	return done, err
}

// receiptOf is by what the audit log knows a person whom it must not name.
func receiptOf(id string) string {
	sum := sha256.Sum256([]byte("dealvitals person " + id))
	return "person:" + hex.EncodeToString(sum[:12])
}

// personOf reads what is kept under every name of a person.
func personOf(tx *bbolt.Tx, id string) (store.Person, error) {
	contacts, err := contactsNamed(tx, id, never)
	if err != nil {
		return store.Person{}, err
	}
	person := store.Person{ID: id, Contacts: contacts, Deals: []string{}, Interactions: []signals.Interaction{}, Coverage: []signals.Coverage{}, Days: []store.MemberCount{}}
	for _, name := range personNames(person) {
		if err := readTalk(tx, &person, name); err != nil {
			return person, err
		}
		if person.Days, err = memberCounts(tx, person.Days, name); err != nil {
			return person, err
		}
		prefix := key{}.text(name)
		for _, k := range keysUnder(tx, bucketDealsByContact, prefix) {
			if deal := lastText(k, prefix); !slices.Contains(person.Deals, deal) {
				person.Deals = append(person.Deals, deal)
			}
		}
	}
	return person, nil
}

// personNames lists by what names a person may stand in the store.
func personNames(p store.Person) []string {
	names := []string{p.ID}
	for _, c := range p.Contacts {
		for _, name := range namesOf(c) {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

func readTalk(tx *bbolt.Tx, person *store.Person, name string) error {
	prefix, common := key{}.text(name), newPhrases()
	err := scan(bucketInteractions.in(tx), prefix, func(k, v []byte) error {
		i, err := decodeInteraction(name, prefix, k, v, common)
		person.Interactions = append(person.Interactions, i)
		return err
	})
	if err != nil {
		return err
	}
	return scan(bucketCoverage.in(tx), prefix, func(k, v []byte) error {
		c, err := decodeCoverage(name, prefix, k, v)
		person.Coverage = append(person.Coverage, c)
		return err
	})
}

func erase(tx *bbolt.Tx, person store.Person, done *store.Erased) error {
	ids := bucketInteractionIDs.in(tx)
	for _, i := range person.Interactions {
		if err := ids.Delete(key{}.text(i.Source).text(i.ID)); err != nil {
			return err
		}
	}
	for _, name := range personNames(person) {
		prefix := key{}.text(name)
		n, err := deleteUnder(tx, bucketInteractions, prefix)
		if err != nil {
			return err
		}
		done.Interactions += n
		if n, err = deleteUnder(tx, bucketCoverage, prefix); err != nil {
			return err
		}
		done.Coverage += n
		if err := unlinkTalk(tx, name); err != nil {
			return err
		}
		if _, err := deleteUnder(tx, bucketContactsByWeCom, prefix); err != nil {
			return err
		}
	}
	for _, c := range person.Contacts {
		n, err := deleteUnder(tx, bucketContactVersions, key{}.text(c.ID))
		if err != nil {
			return err
		}
		done.Versions += n
		if err := bucketContacts.in(tx).Delete(key{}.text(c.ID)); err != nil {
			return err
		}
		done.Contacts++
	}
	return nil
}

// unlinkTalk forgets which deals were talked about with a person.
func unlinkTalk(tx *bbolt.Tx, name string) error {
	end := key{}.text(name)
	for _, k := range keysUnder(tx, bucketDealTalk, nil) {
		if at := bytes.IndexByte(k, 0); at >= 0 && bytes.Equal(k[at+1:], end) {
			if err := bucketDealTalk.in(tx).Delete(k); err != nil {
				return err
			}
		}
	}
	return nil
}

// keysUnder copies the keys that begin with a prefix: a bucket must not be changed while a
// cursor walks over it.
func keysUnder(tx *bbolt.Tx, b bucket, prefix key) [][]byte {
	var keys [][]byte
	c := b.in(tx).Cursor()
	for k, _ := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		keys = append(keys, bytes.Clone(k))
	}
	return keys
}

func deleteUnder(tx *bbolt.Tx, b bucket, prefix key) (int, error) {
	keys := keysUnder(tx, b, prefix)
	for _, k := range keys {
		if err := b.in(tx).Delete(k); err != nil {
			return 0, err
		}
	}
	return len(keys), nil
}

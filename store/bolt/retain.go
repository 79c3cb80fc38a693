package bolt

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"dealvitals/signals"

	"go.etcd.io/bbolt"
)

// Referred is the hashes of all captured pages that something in the store rests on: each
// posting, each version of each notice, each page that is known, and each decision. Every
// freeze, explanation and locked period is made of these.
func (r *Runs) Referred(ctx context.Context) (map[string]bool, error) {
	referred := make(map[string]bool)
	err := r.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		for b, hashes := range map[bucket]func(k, v []byte) ([]string, error){
			bucketPostings: hashOfPosting, bucketNotices: hashOfNotice, bucketNoticeVersions: hashOfNotice,
			bucketPages: hashOfPage, bucketDecisions: hashesOfDecision,
		} {
			if err := scan(b.in(tx), nil, func(k, v []byte) error {
				found, err := hashes(k, v)
				for _, hash := range found {
					referred[hash] = true
				}
				return err
			}); err != nil {
				return fmt.Errorf("looking for what evidence is needed: %w", err)
			}
		}
		return nil
	})
	return referred, err
}

func hashOfPosting(k, v []byte) ([]string, error) {
	p, err := decodePosting(k, v)
	return []string{p.first.Evidence}, err
}

func hashOfNotice(_, v []byte) ([]string, error) {
	var n noticeVersion
	if err := json.Unmarshal(v[8:], &n); err != nil {
		return nil, err
	}
	return []string{n.Evidence}, nil
}

func hashOfPage(_, v []byte) ([]string, error) {
	var p signals.PageState
	err := unpackJSON(v, &p)
	return []string{p.Hash}, err
}

func hashesOfDecision(_, v []byte) ([]string, error) {
	d, err := readDecision(v)
	return d.Evidence, err
}

// MoveEvidence notes in one transaction that a file of captured pages goes: where those
// are now that are kept, and which are removed. Of a removed one it stays known what it
// was; the audit log keeps the hashes.
func (r *Runs) MoveEvidence(ctx context.Context, file string, moved []signals.Evidence, removed []string, actor string, at time.Time) error {
	return r.db.write(ctx, at, func(tx *bbolt.Tx, at time.Time) error {
		b := bucketEvidence.in(tx)
		for _, e := range moved {
			if err := b.Put(key{}.text(e.Hash), encodeEvidence(e)); err != nil {
				return err
			}
		}
		for _, hash := range removed {
			e, err := decodeEvidence(hash, b.Get(key{}.text(hash)))
			if err != nil {
				return err
			}
			e.File, e.Offset, e.Length = "", 0, 0
			if err := b.Put(key{}.text(hash), encodeEvidence(e)); err != nil {
				return err
			}
		}
		return appendAudit(tx, at, actor, "remove_evidence", file, struct {
			Removed []string `json:"removed"`
			Moved   int      `json:"moved"`
		}{removed, len(moved)})
	})
}

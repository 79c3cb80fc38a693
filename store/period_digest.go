package store

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
)

// PeriodDigest hashes the lines of a period in the order of their deals' ids: SHA-256 of,
// for each line, the length of its JSON as eight bytes, big end first, and the JSON. Who
// exported a period can compute it again.
type PeriodDigest struct{ hash hash.Hash }

// NewPeriodDigest begins a digest.
func NewPeriodDigest() *PeriodDigest { return &PeriodDigest{hash: sha256.New()} }

// Add takes the next line's JSON.
func (d *PeriodDigest) Add(body []byte) {
	d.hash.Write(binary.BigEndian.AppendUint64(nil, uint64(len(body))))
	d.hash.Write(body)
}

// Sum is the digest of the lines so far, in hex.
func (d *PeriodDigest) Sum() string { return hex.EncodeToString(d.hash.Sum(nil)) }

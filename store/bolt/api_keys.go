package bolt

import (
	"context"
	"time"

	"dealvitals/store"

	"go.etcd.io/bbolt"
)

// Keys keeps API keys, of which only the hash of the secret is known.
type Keys struct{ db *DB }

// Add keeps a new key.
func (k *Keys) Add(ctx context.Context, added store.Key) error {
	return k.db.write(ctx, added.CreatedAt, func(tx *bbolt.Tx, at time.Time) error {
		if added.ID == "" || added.Hash == "" {
			return &store.InvalidError{What: "a key", Why: "it needs an id and a hash"}
		}
		id, hash := key{}.text(added.ID), key{}.text(added.Hash)
		if bucketKeys.in(tx).Get(id) != nil || bucketKeysByHash.in(tx).Get(hash) != nil {
			return &store.ConflictError{What: "key " + added.ID}
		}
		if err := putJSON(tx, bucketKeys, id, added); err != nil {
			return err
		}
		if err := bucketKeysByHash.in(tx).Put(hash, []byte(added.ID)); err != nil {
			return err
		}
		details := map[string]string{"name": added.Name, "role": added.Role}
		if added.Subject != "" {
			details["subject"] = added.Subject
		}
		return appendAudit(tx, at, machine, "add_key", added.ID, details)
	})
}

// List reads every key, revoked ones too, in the order of their ids.
func (k *Keys) List(ctx context.Context) ([]store.Key, error) {
	return list(ctx, k.db, bucketKeys, nil, readJSON[store.Key])
}

// Revoke ends a key. One that is revoked already stays as it is.
func (k *Keys) Revoke(ctx context.Context, id string, at time.Time, actor string) error {
	return k.db.write(ctx, at, func(tx *bbolt.Tx, at time.Time) error {
		var revoked store.Key
		if err := getJSON(tx, bucketKeys, key{}.text(id), &revoked); err != nil {
			return err
		}
		if !revoked.RevokedAt.IsZero() {
			return nil
		}
		revoked.RevokedAt = at
		if err := putJSON(tx, bucketKeys, key{}.text(id), revoked); err != nil {
			return err
		}
		return appendAudit(tx, at, actor, "revoke_key", id, nil)
	})
}

// ByHash reads the key whose secret has that hash, revoked ones too.
func (k *Keys) ByHash(ctx context.Context, hash string) (store.Key, error) {
	var found store.Key
	err := k.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		id := bucketKeysByHash.in(tx).Get(key{}.text(hash))
		if id == nil {
			return store.ErrNotFound
		}
		return getJSON(tx, bucketKeys, key{}.text(string(id)), &found)
	})
	return found, err
}

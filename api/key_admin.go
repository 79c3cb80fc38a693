package api

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"dealvitals/api/desk"
	"dealvitals/api/gen"
	"dealvitals/store"
)

// ListKeys answers GET /v1/keys.
func (s *server) ListKeys(ctx context.Context, _ gen.ListKeysRequestObject) (gen.ListKeysResponseObject, error) {
	keys, err := s.Keys.List(ctx)
	if err != nil {
		return nil, err
	}
	items := make([]gen.Key, len(keys))
	for i, k := range keys {
		items[i] = shownKey(k)
	}
	return gen.ListKeys200JSONResponse{Items: items}, nil
}

// CreateKey answers POST /v1/keys.
func (s *server) CreateKey(ctx context.Context, r gen.CreateKeyRequestObject) (gen.CreateKeyResponseObject, error) {
	if r.Body.Subject != nil {
		if err := s.Desk.CheckSubject(ctx, strings.TrimSpace(*r.Body.Subject)); err != nil {
			return nil, invalidSubject(err)
		}
	}
	key, secret, pointer, err := s.newKey(*r.Body)
	if err != nil {
		return nil, &desk.InvalidError{What: "the key", Faults: []desk.Fault{{Pointer: pointer, Detail: err.Error()}}}
	}
	if err := s.Keys.Add(ctx, key); err != nil {
		return nil, err
	}
	return gen.CreateKey201JSONResponse{Key: shownKey(key), Secret: secret}, nil
}

// invalidSubject tells of a subject that is not one person's.
func invalidSubject(err error) error {
	var shared *desk.SharedNameError
	if !errors.As(err, &shared) {
		return err
	}
	return &desk.InvalidError{What: "the key", Faults: []desk.Fault{{Pointer: "/subject", Detail: shared.Error()}}}
}

// newKey makes the key that is asked for. Pointer is what is wrong where it cannot.
func (s *server) newKey(asked gen.KeyRequest) (key store.Key, secret, pointer string, err error) {
	if asked.Role == gen.Payee {
		key, secret, err = NewPayeeKey(asked.Name, deref(asked.Subject), s.Clock())
		return key, secret, "/subject", err
	}
	if asked.Subject != nil {
		return key, "", "/subject", fmt.Errorf("only a payee's key has a subject")
	}
	key, secret, err = NewKey(asked.Name, asked.Role, s.Clock())
	return key, secret, "/name", err
}

// RevokeKey answers DELETE /v1/keys/{id}.
func (s *server) RevokeKey(ctx context.Context, r gen.RevokeKeyRequestObject) (gen.RevokeKeyResponseObject, error) {
	if err := s.Keys.Revoke(ctx, r.Id, s.Clock(), callerOf(ctx).Name); err != nil {
		return nil, missing("key", r.Id, err)
	}
	return gen.RevokeKey204Response{}, nil
}

// shownKey is a key without its hash.
func shownKey(k store.Key) gen.Key {
	shown := gen.Key{Id: k.ID, Name: k.Name, Role: Role(k.Role), CreatedAt: k.CreatedAt}
	if k.Subject != "" {
		shown.Subject = &k.Subject
	}
	if !k.RevokedAt.IsZero() {
		shown.RevokedAt = &k.RevokedAt
	}
	return shown
}

package api

import (
	"context"

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
	key, secret, err := NewKey(r.Body.Name, r.Body.Role, s.Clock())
	if err != nil {
		return nil, &desk.InvalidError{What: "the key", Faults: []desk.Fault{{Pointer: "/name", Detail: err.Error()}}}
	}
	if err := s.Keys.Add(ctx, key); err != nil {
		return nil, err
	}
	return gen.CreateKey201JSONResponse{Key: shownKey(key), Secret: secret}, nil
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
	if !k.RevokedAt.IsZero() {
		shown.RevokedAt = &k.RevokedAt
	}
	return shown
}

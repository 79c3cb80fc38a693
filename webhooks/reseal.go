package webhooks

import (
	"context"
	"fmt"

	"dealvitals/store"
)

// Ring seals with its newest key and opens with all of them.
type Ring interface {
	Sealer
	Newest(purpose, sealed string) bool
}

// Sealed counts the secrets of endpoints.
type Sealed struct {
	All    int
	Older  int // sealed with an older key
	Closed int // that no key opens
}

// CountSealed counts the secrets of endpoints.
func (a *Admin) CountSealed(ctx context.Context, ring Ring) (Sealed, error) {
	endpoints, err := a.Endpoints.List(ctx)
	if err != nil {
		return Sealed{}, fmt.Errorf("reading the endpoints: %w", err)
	}
	var n Sealed
	for _, e := range endpoints {
		a.eachSealed(&e, func(purpose string, sealed *string) {
			n.All++
			if _, err := ring.Open(purpose, *sealed); err != nil {
				n.Closed++
			} else if !ring.Newest(purpose, *sealed) {
				n.Older++
			}
		})
	}
	return n, nil
}

// Reseal seals the secrets of endpoints with the newest key, those that any key opens, and
// tells how many.
func (a *Admin) Reseal(ctx context.Context, ring Ring, actor string) (int, error) {
	endpoints, err := a.Endpoints.List(ctx)
	if err != nil {
		return 0, fmt.Errorf("reading the endpoints: %w", err)
	}
	total := 0
	for _, e := range endpoints {
		n, err := a.reseal(&e, ring)
		if err != nil {
			return total, err
		}
		if n == 0 {
			continue
		}
		if _, err := a.put(ctx, e, "reseal_endpoint", actor); err != nil {
			return total, err
		}
		total += n
	}
	return total, nil
}

func (a *Admin) reseal(e *store.Endpoint, ring Ring) (int, error) {
	n := 0
	var failed error
	a.eachSealed(e, func(purpose string, sealed *string) {
		plain, err := ring.Open(purpose, *sealed)
		if err != nil || failed != nil || ring.Newest(purpose, *sealed) {
			return
		}
		again, err := ring.Seal(purpose, plain)
		if err != nil {
			failed = err
			return
		}
		*sealed = again
		n++
	})
	return n, failed
}

// eachSealed calls fn for every sealed text of an endpoint that may be of use. The keys of
// an address that cannot be opened cannot be either.
func (a *Admin) eachSealed(e *store.Endpoint, fn func(purpose string, sealed *string)) {
	address := e.URL
	if e.Sealed != "" {
		if opened, err := a.Sealer.Open(addressPurpose(e.ID), e.Sealed); err == nil {
			address = opened
		}
		fn(addressPurpose(e.ID), &e.Sealed)
	}
	for i := range e.Keys {
		fn(keyPurpose(e.ID, address), &e.Keys[i].Sealed)
	}
}

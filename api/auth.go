package api

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"dealvitals/store"

	"github.com/labstack/echo/v4"
)

// Caller is who asks.
type Caller struct {
	KeyID string
	Name  string
	Role  Role

	// Subject is whose deals the key shows, of a payee's key.
	Subject string
}

type callerKey struct{}

// callerOf is who asks. Only operations that need no key have none.
func callerOf(ctx context.Context) Caller {
	caller, _ := ctx.Value(callerKey{}).(Caller)
	return caller
}

// Authenticate finds whose a secret is. A secret that is unknown or revoked is refused
// with store.ErrNotFound.
func Authenticate(ctx context.Context, keys KeyFinder, secret string) (Caller, error) {
	if !strings.HasPrefix(secret, secretPrefix) {
		return Caller{}, fmt.Errorf("the key: %w", store.ErrNotFound)
	}
	key, err := keys.ByHash(ctx, HashOf(secret))
	if err != nil {
		return Caller{}, fmt.Errorf("looking the key up: %w", err)
	}
	if !key.RevokedAt.IsZero() {
		return Caller{}, fmt.Errorf("the key is revoked: %w", store.ErrNotFound)
	}
	return Caller{KeyID: key.ID, Name: key.Name, Role: Role(key.Role), Subject: key.Subject}, nil
}

// authorize lets through who may call an operation, and notes who it is.
func (s *server) authorize(o operation) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		if o.public() {
			return next
		}
		return func(c echo.Context) error {
			caller, err := s.caller(c)
			if err != nil {
				return err
			}
			ctx := context.WithValue(c.Request().Context(), callerKey{}, caller)
			c.SetRequest(c.Request().WithContext(ctx))
			if !o.allows(caller.Role) {
				return &forbiddenError{role: caller.Role, allowed: o.roles}
			}
			return next(c)
		}
	}
}

func (s *server) caller(c echo.Context) (Caller, error) {
	header := c.Request().Header.Get(echo.HeaderAuthorization)
	if header == "" {
		return Caller{}, &unauthorizedError{"the request has no key"}
	}
	scheme, secret, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return Caller{}, &unauthorizedError{"the Authorization header is not of the form `Bearer dv_…`"}
	}
	caller, err := Authenticate(c.Request().Context(), s.Keys, strings.TrimSpace(secret))
	if errors.Is(err, store.ErrNotFound) {
		return Caller{}, &unauthorizedError{"the key is unknown or revoked"}
	}
	return caller, err
}

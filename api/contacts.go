package api

import (
	"context"
	"errors"
	"time"

	"dealvitals/api/desk"
	"dealvitals/api/gen"
	"dealvitals/signals"
	"dealvitals/store"
)

// ListContacts answers GET /v1/contacts.
func (s *server) ListContacts(ctx context.Context, r gen.ListContactsRequestObject) (gen.ListContactsResponseObject, error) {
	p, err := newPage("contacts", r.Params.Cursor, r.Params.Limit)
	if err != nil {
		return nil, err
	}
	contacts, err := s.Contacts.List(ctx, time.Time{}, p.after, p.limit+1)
	if err != nil {
		return nil, err
	}
	items, next, err := cut(p, contacts, func(c signals.Contact) string { return c.ID })
	if err != nil {
		return nil, err
	}
	return gen.ListContacts200JSONResponse{Items: items, Next: next}, nil
}

// GetContact answers GET /v1/contacts/{id}.
func (s *server) GetContact(ctx context.Context, r gen.GetContactRequestObject) (gen.GetContactResponseObject, error) {
	contact, err := s.Contacts.Get(ctx, r.Id, time.Time{})
	if err != nil {
		return nil, missing("contact", r.Id, err)
	}
	tag := versionTag(contact.RecordedAt)
	return gen.GetContact200JSONResponse{Body: contact, Headers: gen.GetContact200ResponseHeaders{ETag: &tag}}, nil
}

// CreateContact answers POST /v1/contacts.
func (s *server) CreateContact(ctx context.Context, r gen.CreateContactRequestObject) (gen.CreateContactResponseObject, error) {
	if err := s.knownCustomer(ctx, r.Body.CustomerID); err != nil {
		return nil, err
	}
	contact, err := create(ctx, s, s.Contacts, *r.Body, "contact "+r.Body.ID)
	if err != nil {
		return nil, err
	}
	s.contactChanged(ctx, contact.ID)
	tag := versionTag(contact.RecordedAt)
	return gen.CreateContact201JSONResponse{
		Body:    contact,
		Headers: gen.CreateContact201ResponseHeaders{ETag: &tag, Location: location("contacts", contact.ID)},
	}, nil
}

// UpdateContact answers PUT /v1/contacts/{id}.
func (s *server) UpdateContact(ctx context.Context, r gen.UpdateContactRequestObject) (gen.UpdateContactResponseObject, error) {
	if err := sameID(r.Id, r.Body.ID); err != nil {
		return nil, err
	}
	if err := s.knownCustomer(ctx, r.Body.CustomerID); err != nil {
		return nil, err
	}
	contact, err := update(ctx, s, s.Contacts, *r.Body, r.Id, r.Params.IfMatch, "contact "+r.Id)
	if err != nil {
		return nil, missing("contact", r.Id, err)
	}
	s.contactChanged(ctx, contact.ID)
	tag := versionTag(contact.RecordedAt)
	return gen.UpdateContact200JSONResponse{Body: contact, Headers: gen.UpdateContact200ResponseHeaders{ETag: &tag}}, nil
}

func (s *server) knownCustomer(ctx context.Context, id string) error {
	_, err := s.Customers.Get(ctx, id, time.Time{})
	if errors.Is(err, store.ErrNotFound) {
		return &desk.InvalidError{What: "the contact", Faults: []desk.Fault{{Pointer: "/customer_id", Detail: "there is no customer with this id: store the customer first"}}}
	}
	return err
}

// contactChanged re-scores the deals of a contact: who a message is from may be known now.
func (s *server) contactChanged(ctx context.Context, id string) {
	s.follow(ctx, "contact "+id, func(ctx context.Context) error {
		deals, err := s.DealsOfContact.ByContact(ctx, id, time.Time{})
		if err != nil || len(deals) == 0 {
			return err
		}
		ids := make([]string, len(deals))
		for i, d := range deals {
			ids[i] = d.ID
		}
		return s.Effects.DealsChanged(ctx, ids)
	})
}

package api

import (
	"context"
	"time"

	"dealvitals/api/gen"
	"dealvitals/signals"
)

// ListCustomers answers GET /v1/customers.
func (s *server) ListCustomers(ctx context.Context, r gen.ListCustomersRequestObject) (gen.ListCustomersResponseObject, error) {
	p, err := newPage("customers", r.Params.Cursor, r.Params.Limit)
	if err != nil {
		return nil, err
	}
	customers, err := s.Customers.List(ctx, time.Time{}, p.after, p.limit+1)
	if err != nil {
		return nil, err
	}
	items, next, err := cut(p, customers, func(c signals.Customer) string { return c.ID })
	if err != nil {
		return nil, err
	}
	return gen.ListCustomers200JSONResponse{Items: items, Next: next}, nil
}

// GetCustomer answers GET /v1/customers/{id}.
func (s *server) GetCustomer(ctx context.Context, r gen.GetCustomerRequestObject) (gen.GetCustomerResponseObject, error) {
	customer, err := s.Customers.Get(ctx, r.Id, time.Time{})
	if err != nil {
		return nil, missing("customer", r.Id, err)
	}
	tag := versionTag(customer.RecordedAt)
	return gen.GetCustomer200JSONResponse{Body: customer, Headers: gen.GetCustomer200ResponseHeaders{ETag: &tag}}, nil
}

// CreateCustomer answers POST /v1/customers.
func (s *server) CreateCustomer(ctx context.Context, r gen.CreateCustomerRequestObject) (gen.CreateCustomerResponseObject, error) {
	customer, err := create(ctx, s, s.Customers, *r.Body, "customer "+r.Body.ID)
	if err != nil {
		return nil, err
	}
	s.customerChanged(ctx, customer.ID)
	tag := versionTag(customer.RecordedAt)
	return gen.CreateCustomer201JSONResponse{
		Body:    customerStored(customer),
		Headers: gen.CreateCustomer201ResponseHeaders{ETag: &tag, Location: location("customers", customer.ID)},
	}, nil
}

// UpdateCustomer answers PUT /v1/customers/{id}.
func (s *server) UpdateCustomer(ctx context.Context, r gen.UpdateCustomerRequestObject) (gen.UpdateCustomerResponseObject, error) {
	if err := sameID(r.Id, r.Body.ID); err != nil {
		return nil, err
	}
	customer, err := update(ctx, s, s.Customers, *r.Body, r.Id, r.Params.IfMatch, "customer "+r.Id)
	if err != nil {
		return nil, missing("customer", r.Id, err)
	}
	s.customerChanged(ctx, customer.ID)
	tag := versionTag(customer.RecordedAt)
	return gen.UpdateCustomer200JSONResponse{
		Body: customerStored(customer), Headers: gen.UpdateCustomer200ResponseHeaders{ETag: &tag},
	}, nil
}

// customerChanged has the notices matched again: a customer may have other names now.
func (s *server) customerChanged(ctx context.Context, id string) {
	s.follow(ctx, "customer "+id, func(ctx context.Context) error {
		return s.Effects.CustomersChanged(ctx, []string{id})
	})
}

func customerStored(c signals.Customer) gen.CustomerStored {
	stored := gen.CustomerStored{Customer: c, Warnings: []string{}}
	if c.CreditCode != "" {
		if err := signals.CheckCreditCode(c.CreditCode); err != nil {
			stored.Warnings = append(stored.Warnings, err.Error())
		}
	}
	return stored
}

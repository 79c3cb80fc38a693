package storetest

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"dealvitals/signals"
	"dealvitals/store"
)

func customer(id, name string) signals.Customer { return signals.Customer{ID: id, Name: name} }

func records(t *testing.T, open Opener) {
	t.Run("a record is read as it was known at each instant", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		for n, name := range []string{"first", "second", "third"} {
			_, err := f.Customers.Put(ctx, []signals.Customer{customer("C1", name)}, "crm", day(n*10))
			f.must(err)
		}
		for _, c := range []struct {
			asOf time.Time
			want string
		}{
			{day(0).Add(-1), ""}, {day(0), "first"}, {day(10).Add(-1), "first"}, {day(10), "second"},
			{day(19), "second"}, {day(20), "third"}, {day(99), "third"}, {time.Time{}, "third"},
		} {
			got, err := f.Customers.Get(ctx, "C1", c.asOf)
			if c.want == "" {
				if !errors.Is(err, store.ErrNotFound) {
					t.Errorf("before it was learnt it reads as %v, %v; want ErrNotFound", got, err)
				}
				continue
			}
			if err != nil || got.Name != c.want {
				t.Errorf("as of %v it is %q, %v; want %q", c.asOf, got.Name, err, c.want)
			}
		}
	})

	t.Run("ids of up to 200 bytes are kept whole, longer ones are refused", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		long := strings.Repeat("商", 66) + "2"
		contact := strings.Repeat("人", 66)
		_, err := f.Deals.Put(ctx, []signals.Deal{{ID: long, CustomerID: "C1", Contacts: []string{contact}}}, "crm", day(0))
		f.must(err)
		if deals, err := f.Deals.ByContact(ctx, contact, time.Time{}); err != nil || len(deals) != 1 || deals[0].ID != long {
			t.Errorf("the deal of a contact with a long id: %+v, %v", deals, err)
		}
		long += "机机"
		var refused *store.InvalidError
		for what, err := range map[string]error{
			"a deal":         second(f.Deals.Put(ctx, []signals.Deal{{ID: long, CustomerID: "C1"}}, "crm", day(0))),
			"its contact":    second(f.Deals.Put(ctx, []signals.Deal{{ID: "D1", CustomerID: "C1", Contacts: []string{long}}}, "crm", day(0))),
			"a customer":     second(f.Customers.Put(ctx, []signals.Customer{customer(long, "name")}, "crm", day(0))),
			"a WeCom id":     second(f.Contacts.Put(ctx, []signals.Contact{{ID: "K1", WeComID: long}}, "crm", day(0))),
			"an interaction": second(f.Interactions.Add(ctx, "s", []signals.Interaction{{ID: "1", ContactID: long, Time: day(0)}}, nil, day(0))),
			"a coverage":     second(f.Interactions.Add(ctx, "s", nil, []signals.Coverage{{DealID: long, ContactID: "K1", From: day(0), To: day(1)}}, day(0))),
		} {
			if !errors.As(err, &refused) {
				t.Errorf("%s with an id that is too long: %v, want an InvalidError", what, err)
			}
		}
	})

	t.Run("a list pages by id and leaves out what was not known", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		for n := range 25 {
			_, err := f.Customers.Put(ctx, []signals.Customer{customer(fmt.Sprintf("C%02d", n), "name")}, "crm", day(n))
			f.must(err)
		}
		var ids []string
		for after := ""; ; {
			page := ok(f.Customers.List(ctx, day(19), after, 7))(t)
			if len(page) == 0 {
				break
			}
			for _, c := range page {
				ids = append(ids, c.ID)
			}
			after = page[len(page)-1].ID
		}
		if len(ids) != 20 || ids[0] != "C00" || ids[19] != "C19" {
			t.Errorf("the list as of day 19 is %v", ids)
		}
	})

	t.Run("an equal record makes no version", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		first := ok(f.Customers.Put(ctx, []signals.Customer{customer("C1", "a"), customer("C2", "b")}, "crm", day(0)))(t)
		second := ok(f.Customers.Put(ctx, []signals.Customer{customer("C1", "a"), customer("C2", "c"), customer("C3", "d")}, "crm", day(1)))(t)
		same(t, "the first batch", first, store.Changes{Created: []string{"C1", "C2"}})
		same(t, "the second batch", second, store.Changes{Created: []string{"C3"}, Updated: []string{"C2"}, Unchanged: []string{"C1"}})
		if got := ok(f.Customers.Get(ctx, "C1", time.Time{}))(t); !got.RecordedAt.Equal(day(0)) {
			t.Errorf("the unchanged record was recorded at %v, want %v", got.RecordedAt, day(0))
		}
	})

	t.Run("two versions at one instant follow each other", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		f.must(second(f.Customers.Put(ctx, []signals.Customer{customer("C1", "a")}, "crm", day(0))))
		f.must(second(f.Customers.Put(ctx, []signals.Customer{customer("C1", "b")}, "crm", day(0))))
		got := ok(f.Customers.Get(ctx, "C1", time.Time{}))(t)
		if got.Name != "b" || !got.RecordedAt.After(day(0)) {
			t.Errorf("the newest version is %q of %v, want b just after the first", got.Name, got.RecordedAt)
		}
	})

	t.Run("a batch with a bad record writes nothing", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		_, err := f.Customers.Put(ctx, []signals.Customer{customer("C1", "a"), customer("", "no id")}, "crm", day(0))
		var invalid *store.InvalidError
		if !errors.As(err, &invalid) {
			t.Errorf("a record without an id: %v, want an InvalidError", err)
		}
		if list := ok(f.Customers.List(ctx, time.Time{}, "", 0))(t); len(list) != 0 {
			t.Errorf("half of the batch was written: %v", list)
		}
	})

	t.Run("a change made upon an old version is refused", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		var conflict *store.ConflictError
		made := ok(f.Customers.PutIf(ctx, customer("C1", "a"), time.Time{}, "anna", day(0)))(t)
		if _, err := f.Customers.PutIf(ctx, customer("C1", "b"), time.Time{}, "bert", day(1)); !errors.As(err, &conflict) {
			t.Errorf("making what is there: %v, want a ConflictError", err)
		}
		changed := ok(f.Customers.PutIf(ctx, customer("C1", "b"), made.RecordedAt, "bert", day(1)))(t)
		if _, err := f.Customers.PutIf(ctx, customer("C1", "c"), made.RecordedAt, "cleo", day(2)); !errors.As(err, &conflict) {
			t.Errorf("a change upon the first version: %v, want a ConflictError", err)
		}
		if _, err := f.Customers.PutIf(ctx, customer("C9", "c"), made.RecordedAt, "cleo", day(2)); !errors.As(err, &conflict) {
			t.Errorf("a change of what is not there: %v, want a ConflictError", err)
		}
		same := ok(f.Customers.PutIf(ctx, customer("C1", "b"), changed.RecordedAt, "cleo", day(3)))(t)
		if !same.RecordedAt.Equal(changed.RecordedAt) {
			t.Errorf("writing an equal record made a version of %v", same.RecordedAt)
		}
	})

	t.Run("deals are found by customer and contact, as they were", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		deal := signals.Deal{ID: "D1", CustomerID: "C1", Contacts: []string{"P1"}}
		f.must(second(f.Deals.Put(ctx, []signals.Deal{deal, {ID: "D2", CustomerID: "C1"}}, "crm", day(0))))
		deal.CustomerID, deal.Contacts = "C2", []string{"P2"}
		f.must(second(f.Deals.Put(ctx, []signals.Deal{deal}, "crm", day(5))))
		for _, c := range []struct {
			find func(id string, asOf time.Time) ([]signals.Deal, error)
			id   string
			asOf time.Time
			want string
		}{
			{f.byCustomer, "C1", day(1), "[D1 D2]"}, {f.byCustomer, "C1", time.Time{}, "[D2]"},
			{f.byCustomer, "C2", day(1), "[]"}, {f.byCustomer, "C2", day(5), "[D1]"},
			{f.byContact, "P1", day(1), "[D1]"}, {f.byContact, "P1", day(5), "[]"}, {f.byContact, "P2", time.Time{}, "[D1]"},
		} {
			ids := []string{}
			for _, d := range ok(c.find(c.id, c.asOf))(t) {
				ids = append(ids, d.ID)
			}
			if fmt.Sprint(ids) != c.want {
				t.Errorf("deals of %s as of %v: %v, want %s", c.id, c.asOf, ids, c.want)
			}
		}
	})
}

func (f *fixture) byCustomer(id string, asOf time.Time) ([]signals.Deal, error) {
	return f.Deals.ByCustomer(f.t.Context(), id, asOf)
}

func (f *fixture) byContact(id string, asOf time.Time) ([]signals.Deal, error) {
	return f.Deals.ByContact(f.t.Context(), id, asOf)
}

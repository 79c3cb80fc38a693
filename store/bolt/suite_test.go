package bolt_test

import (
	"testing"
	"time"

	"dealvitals/store/bolt"
	"dealvitals/store/storetest"
)

func TestBoltPassesTheSuite(t *testing.T) {
	storetest.Run(t, func(t *testing.T, path string, clock func() time.Time) storetest.Store {
		t.Helper()
		db, err := bolt.Open(path, bolt.Options{Clock: clock, NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		return storetest.Store{
			Customers: db.Customers, Deals: db.Deals, Contacts: db.Contacts, Targets: db.Targets, Runs: db.Runs, Notices: db.Notices,
			Interactions: db.Interactions, Histories: db.Histories, Policies: db.Policies, Verdicts: db.Verdicts, Periods: db.Periods, Outcomes: db.Outcomes, Audit: db.Audit,
			Keys: db.Keys, Marks: db.Marks, Circuits: db.Circuits(), Replies: db.Replies, Events: db.Events, Endpoints: db.Endpoints, Deliveries: db.Deliveries, Whole: db,
		}
	})
}

package schedules

import (
	"context"
	"fmt"
	"time"
)

// Effects does what must follow when somebody changed what is stored: notices are matched
// again, deals that are touched are scored again, and the cron table is brought in step.
type Effects struct {
	Matching  *Matching
	Rescorer  *Rescorer
	Deals     DealsOfCustomers
	Scheduler *Scheduler // nil where nothing is scheduled, as in a single command
	Clock     func() time.Time
}

// CustomersChanged follows new or changed customers.
func (e *Effects) CustomersChanged(ctx context.Context, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	if err := e.Matching.CustomersChanged(ctx, ids, e.Clock()); err != nil {
		return err
	}
	deals, err := dealsOf(ctx, e.Deals, ids)
	if err != nil {
		return fmt.Errorf("finding the deals of changed customers: %w", err)
	}
	return e.DealsChanged(ctx, deals)
}

// DealsChanged follows new or changed deals, contacts of theirs, or interactions.
func (e *Effects) DealsChanged(ctx context.Context, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	_, err := e.Rescorer.Deals(ctx, ids)
	return err
}

// PolicyPublished follows a new version of the policy.
func (e *Effects) PolicyPublished(ctx context.Context) error { return e.Rescorer.PolicyPublished(ctx) }

// TargetsChanged follows new or changed targets.
func (e *Effects) TargetsChanged(ctx context.Context) error {
	if e.Scheduler == nil {
		return nil
	}
	return e.Scheduler.Reload(ctx)
}

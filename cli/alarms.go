package cli

import (
	"context"
	"time"
)

const (
	// firstAlarms is how long after its start serve looks for alerts to tell of: what was
	// missed while it was down is crawled until then.
	firstAlarms = 15 * time.Minute
	alarmsEvery = time.Hour
)

// tellAlarmsHourly tells other systems of alerts that no run tells of, each condition once,
// until ctx ends.
func (a *app) tellAlarmsHourly(ctx context.Context) error {
	timer := time.NewTimer(firstAlarms)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-timer.C:
		}
		timer.Reset(alarmsEvery)
		if err := a.tellAlarms(ctx); err != nil && ctx.Err() == nil {
			a.logger.ErrorContext(ctx, "alerts could not be told", "problem", err)
		}
	}
}

// tellAlarms tells of what there is now. Under a clock that is not believed nothing is stale.
func (a *app) tellAlarms(ctx context.Context) error {
	if err := a.db.ClockTrusted(); err != nil {
		return err
	}
	alarms, err := a.desk().Alarms(ctx)
	if err != nil {
		return err
	}
	told, err := a.db.Events.TellAlarms(ctx, alarms, a.clock())
	if told > 0 {
		a.logger.InfoContext(ctx, "alerts told", "events", told)
	}
	return err
}

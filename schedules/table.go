package schedules

import (
	"context"
	"fmt"
	"time"

	"dealvitals/signals"

	"github.com/robfig/cron/v3"
)

// entry is a target's place in the cron table.
type entry struct {
	id   cron.EntryID
	spec string
}

// ParseSchedule reads five cron fields, or a descriptor such as @daily, optionally after
// CRON_TZ=Area/City.
func ParseSchedule(spec string) (cron.Schedule, error) {
	schedule, err := cron.ParseStandard(spec)
	if err != nil {
		return nil, fmt.Errorf("%q is no schedule, write five cron fields such as \"CRON_TZ=Asia/Shanghai 0 6 * * *\": %w", spec, err)
	}
	return schedule, nil
}

// Reload brings the cron table in step with the targets. Call it after targets changed.
func (s *Scheduler) Reload(ctx context.Context) error {
	wanted, err := s.wanted(ctx)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ctx == nil || s.onDemand {
		return nil
	}
	for id, e := range s.entries {
		if t, ok := wanted[id]; !ok || s.spec(t) != e.spec {
			s.cron.Remove(e.id)
			delete(s.entries, id)
		}
	}
	for id, t := range wanted {
		if _, ok := s.entries[id]; !ok {
			s.add(s.ctx, t)
		}
	}
	return nil
}

// wanted lists the targets that are crawled on a schedule.
func (s *Scheduler) wanted(ctx context.Context) (map[string]signals.Target, error) {
	wanted := make(map[string]signals.Target)
	for after := ""; ; {
		page, err := s.targets.List(ctx, time.Time{}, after, 1000)
		if err != nil {
			return nil, fmt.Errorf("listing the targets to schedule: %w", err)
		}
		if len(page) == 0 {
			return wanted, nil
		}
		for _, t := range page {
			if !t.Paused {
				wanted[t.ID] = t
			}
		}
		after = page[len(page)-1].ID
	}
}

func (s *Scheduler) spec(t signals.Target) string {
	if t.Schedule == "" {
		return s.settings.Crawl
	}
	return t.Schedule
}

// add enters a target into the cron table, and starts it at once where a planned time
// passed while the program was down.
func (s *Scheduler) add(ctx context.Context, t signals.Target) {
	spec := s.spec(t)
	schedule, err := ParseSchedule(spec)
	if err != nil {
		s.logger.ErrorContext(ctx, "target is not scheduled", "target", t.ID, "problem", err)
		return
	}
	job := cron.FuncJob(func() { s.fire(t.ID, "schedule") })
	s.entries[t.ID] = entry{id: s.cron.Schedule(schedule, job), spec: spec}
	missed, err := s.missed(ctx, t.ID, t.RecordedAt, schedule)
	if err != nil {
		s.logger.ErrorContext(ctx, "cannot tell whether a run was missed", "target", t.ID, "problem", err)
		return
	}
	if missed {
		s.fire(t.ID, "catch_up")
	}
}

// missed tells whether a planned time passed since the last one that was started.
func (s *Scheduler) missed(ctx context.Context, id string, since time.Time, schedule cron.Schedule) (bool, error) {
	last, ok, err := s.marks.Due(ctx, id)
	if err != nil {
		return false, err
	}
	if ok {
		since = last
	}
	return !schedule.Next(since).After(s.clock()), nil
}

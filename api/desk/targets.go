package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"dealvitals/secrets"
	"dealvitals/signals"
	"dealvitals/store"
)

// Preview is what a page yields, as `dealvitals probe` prints it.
type Preview = json.RawMessage

// TargetView is a target with how it does.
type TargetView struct {
	Target  signals.Target      `json:"target"`
	State   signals.TargetState `json:"state"`
	LastRun *signals.Run        `json:"last_run,omitempty"`
	Waits   *signals.Wait       `json:"waits,omitempty"` // why it would not be crawled now
	// Progress is how far the run under way has come; nil without one.
	Progress *signals.Progress `json:"progress,omitempty"`
	// Fall is the fall of a hiring page's list that an administrator may confirm; nil without one.
	Fall *signals.Fall `json:"fall,omitempty"`
}

// alterRetries is how often a change is tried when others change the target meanwhile.
const alterRetries = 5

// SetPaused stops or resumes the crawling of a target; changed tells whether it was otherwise.
func (d *Desk) SetPaused(ctx context.Context, id string, paused bool, actor string) (target signals.Target, changed bool, err error) {
	return d.alter(ctx, id, actor, func(t *signals.Target) (bool, error) {
		changes := t.Paused != paused
		t.Paused = paused
		return changes, nil
	})
}

// SetShowsAll keeps an administrator's word that a hiring page shows every open job, or takes
// it back; changed tells whether it was otherwise.
func (d *Desk) SetShowsAll(ctx context.Context, id string, all bool, actor string) (target signals.Target, changed bool, err error) {
	return d.alter(ctx, id, actor, func(t *signals.Target) (bool, error) {
		changes := t.ShowsAll != all
		t.ShowsAll = all
		if err := t.CheckShowsAll(); err != nil {
			return false, &InvalidError{What: "the target", Faults: []Fault{{Pointer: "/shows_all", Detail: err.Error()}}}
		}
		return changes, nil
	})
}

// alter changes a target as it stands now, again where somebody else changed it meanwhile.
func (d *Desk) alter(ctx context.Context, id, actor string, change func(*signals.Target) (bool, error)) (target signals.Target, changed bool, err error) {
	for attempt := 1; ; attempt++ {
		target, err = d.Targets.Get(ctx, id, time.Time{})
		if err != nil {
			return target, false, fmt.Errorf("reading target %s: %w", id, err)
		}
		if changed, err = change(&target); err != nil || !changed {
			return target, false, err
		}
		target, err = d.Targets.PutIf(ctx, target, target.RecordedAt, actor, d.Clock())
		var conflict *store.ConflictError
		if !errors.As(err, &conflict) || attempt == alterRetries {
			return target, err == nil, err
		}
	}
}

// ViewTarget shows one target as it stands now.
func (d *Desk) ViewTarget(ctx context.Context, id string) (TargetView, error) {
	target, err := d.Targets.Get(ctx, id, time.Time{})
	if err != nil {
		return TargetView{}, fmt.Errorf("reading target %s: %w", id, err)
	}
	return d.View(ctx, target)
}

// ViewTargets shows targets by id, those behind the id after.
func (d *Desk) ViewTargets(ctx context.Context, after string, limit int) ([]TargetView, error) {
	targets, err := d.Targets.List(ctx, time.Time{}, after, limit)
	if err != nil {
		return nil, fmt.Errorf("listing targets: %w", err)
	}
	views := make([]TargetView, len(targets))
	for i, target := range targets {
		if views[i], err = d.View(ctx, target); err != nil {
			return nil, err
		}
	}
	return views, nil
}

// ViewTargetsOf shows the targets that a customer's measures come from: its own hiring
// pages, and the tender sites, which serve all customers.
func (d *Desk) ViewTargetsOf(ctx context.Context, customerID string) ([]TargetView, error) {
	var views []TargetView
	for after := ""; ; {
		targets, err := d.Targets.List(ctx, time.Time{}, after, 1000)
		if err != nil {
			return nil, fmt.Errorf("listing targets: %w", err)
		}
		if len(targets) == 0 {
			return views, nil
		}
		after = targets[len(targets)-1].ID
		for _, target := range targets {
			if target.CustomerID != customerID && target.CustomerID != "" {
				continue
			}
			view, err := d.View(ctx, target)
			if err != nil {
				return nil, err
			}
			views = append(views, view)
		}
	}
}

// View adds its state and newest run to a target.
func (d *Desk) View(ctx context.Context, target signals.Target) (TargetView, error) {
	now := d.Clock()
	summaries, err := d.Runs.Summaries(ctx, target.ID, now)
	if err != nil {
		return TargetView{}, fmt.Errorf("reading the runs of target %s: %w", target.ID, err)
	}
	view := TargetView{Target: shown(target), State: signals.StateOf(target, summaries, now), Fall: signals.FallOf(target, summaries, now)}
	newest, err := d.Runs.List(ctx, target.ID, "", 1)
	if err != nil {
		return TargetView{}, fmt.Errorf("reading the newest run of target %s: %w", target.ID, err)
	}
	if len(newest) > 0 {
		view.LastRun = &newest[0]
	}
	if d.Progress != nil {
		if p, ok := d.Progress(target.ID); ok {
			view.Progress = &p
		}
	}
	view.Waits, err = d.waits(ctx, target)
	return view, err
}

func (d *Desk) waits(ctx context.Context, target signals.Target) (*signals.Wait, error) {
	if d.Waits == nil || target.Paused {
		return nil, nil
	}
	wait, waits, err := d.Waits(ctx, target)
	if err == nil && !waits && d.Rests != nil {
		wait, waits, err = d.Rests(ctx, target)
	}
	if err != nil || !waits {
		return nil, err
	}
	return &wait, nil
}

// shown is a target as it may be seen: of its secrets only that they are there.
func shown(t signals.Target) signals.Target {
	t.Reading = t.Reading.WithHeadersHidden()
	if len(t.Reading.Secrets) == 0 {
		return t
	}
	t.Reading.Secrets = maps.Clone(t.Reading.Secrets)
	for name := range t.Reading.Secrets {
		t.Reading.Secrets[name] = secrets.Kept
	}
	return t
}

// InvalidError is something that was sent and cannot be taken, with each fault in it.
type InvalidError struct {
	What   string
	Faults []Fault
}

func (e *InvalidError) Error() string {
	var details []string
	for _, f := range e.Faults {
		details = append(details, f.Detail)
	}
	return e.What + " was not taken: " + strings.Join(details, "; ")
}

// CheckTarget refuses a target that could not be crawled or measured.
func (d *Desk) CheckTarget(ctx context.Context, t signals.Target) error {
	var faults []Fault
	add := func(pointer, detail string) { faults = append(faults, Fault{Pointer: pointer, Detail: detail}) }
	if detail := urlFault(t.URL); detail != "" {
		add("/url", detail)
	}
	if t.Schedule != "" {
		if err := d.CheckSchedule(t.Schedule); err != nil {
			add("/schedule", err.Error())
		}
	}
	if err := t.Politeness.CheckQuiet(); err != nil {
		add("/politeness/quiet_hours", err.Error())
	}
	for _, name := range missingSecrets(t) {
		add("/reading/secrets", "the request has a place for the secret "+name+", which is not given")
	}
	detail, err := d.checkTargetCustomer(ctx, t)
	if err != nil {
		return err
	}
	if detail != "" {
		add("/customer_id", detail)
	}
	if err := t.CheckShowsAll(); err != nil {
		add("/shows_all", err.Error())
	}
	if detail, err = d.coversFault(ctx, t); err != nil {
		return err
	}
	if detail != "" {
		add("/covers", detail)
	}
	if len(faults) > 0 {
		return &InvalidError{What: "the target", Faults: faults}
	}
	return nil
}

// missingSecrets are those that a target's requests have places for but that are not given.
func missingSecrets(t signals.Target) []string {
	t.Reading = t.Reading.WithHeadersHidden()
	return slices.DeleteFunc(t.SecretsNeeded(), func(name string) bool { return t.Reading.Secrets[name] != "" })
}

// CheckURL refuses an address that could not be crawled.
func CheckURL(text string) error {
	if detail := urlFault(text); detail != "" {
		return &InvalidError{What: "the address", Faults: []Fault{{Pointer: "/url", Detail: detail}}}
	}
	return nil
}

// urlFault says what is wrong with an address to crawl, nothing where it is good.
func urlFault(text string) string {
	u, err := url.Parse(text)
	switch {
	case err != nil:
		return "this is no address: write it as https://example.com/jobs"
	case u.Scheme != "http" && u.Scheme != "https":
		return "an address to crawl begins with http:// or https://"
	case u.Host == "":
		return "the address has no host: write it as https://example.com/jobs"
	case u.User != nil:
		return "an address must not hold a user name or password, for it is shown and logged"
	}
	return ""
}

// checkTargetCustomer says what is wrong with whom a target is for.
func (d *Desk) checkTargetCustomer(ctx context.Context, t signals.Target) (string, error) {
	if t.Kind == signals.KindTender {
		if t.CustomerID != "" {
			return "a tender site serves all customers: leave customer_id out", nil
		}
		return "", nil
	}
	if t.CustomerID == "" {
		return "a hiring page belongs to a customer: give its customer_id", nil
	}
	_, err := d.Customers.Get(ctx, t.CustomerID, time.Time{})
	if errors.Is(err, store.ErrNotFound) {
		return "there is no customer with this id: store the customer first", nil
	}
	return "", err
}

// coversFault says what is wrong with whose purchases a target is said to show.
func (d *Desk) coversFault(ctx context.Context, t signals.Target) (string, error) {
	if err := t.CheckCovers(); err != nil {
		return err.Error(), nil
	}
	for _, id := range t.CoveredCustomers() {
		_, err := d.Customers.Get(ctx, id, time.Time{})
		if errors.Is(err, store.ErrNotFound) {
			return "there is no customer " + id + ": store the customer first", nil
		}
		if err != nil {
			return "", err
		}
	}
	return "", nil
}

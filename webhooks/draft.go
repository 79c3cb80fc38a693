package webhooks

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"dealvitals/store"
)

// Draft is an endpoint as a person writes it.
type Draft struct {
	Name   string             `json:"name"`
	Kind   store.EndpointKind `json:"kind"`
	URL    string             `json:"url"`    // the address as it is shown keeps the one there is
	Events []store.EventType  `json:"events"` // none means all
	Secret string             `json:"secret"` // that a robot's messages are signed with (加签); "" keeps the one there is
}

// Fault is one thing that is wrong in a draft.
type Fault struct {
	Pointer string // JSON pointer into it
	Detail  string
}

// InvalidError is a draft that cannot be taken.
type InvalidError struct{ Faults []Fault }

func (e *InvalidError) Error() string {
	details := make([]string, len(e.Faults))
	for i, f := range e.Faults {
		details[i] = strings.TrimPrefix(f.Pointer, "/") + ": " + f.Detail
	}
	return "the endpoint cannot be kept: " + strings.Join(details, "; ")
}

// check tells what is wrong in a draft.
func (a *Admin) check(d Draft) error {
	var faults []Fault
	wrong := func(pointer, format string, args ...any) {
		faults = append(faults, Fault{pointer, fmt.Sprintf(format, args...)})
	}
	if n := utf8.RuneCountInString(strings.TrimSpace(d.Name)); n == 0 || n > maxName {
		wrong("/name", "an endpoint needs a name of 1 to %d characters", maxName)
	}
	if !slices.Contains(store.EndpointKinds(), d.Kind) {
		wrong("/kind", "%q is no kind of endpoint: there are %s", d.Kind, joined(store.EndpointKinds()))
	}
	if fault := a.Sender.addressFault(d.Kind, d.URL); fault != "" {
		wrong("/url", "%s", fault)
	}
	for i, t := range d.Events {
		if !slices.Contains(store.EventTypes(), t) {
			wrong(fmt.Sprintf("/events/%d", i), "%q is no type of event: there are %s", t, joined(store.EventTypes()))
		}
	}
	if d.Secret != "" && (d.Kind == store.KindWebhook || d.Kind == store.KindWeCom) {
		wrong("/secret", "only robots of DingTalk and Feishu take a secret; a webhook's is made here, and shown once")
	}
	if len(faults) > 0 {
		return &InvalidError{faults}
	}
	return nil
}

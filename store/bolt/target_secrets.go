package bolt

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"time"

	"dealvitals/secrets"
	"dealvitals/signals"
	"dealvitals/store"

	"go.etcd.io/bbolt"
)

// sealTarget makes of a target what is kept of it: no secret stands in it as it is. One
// that is given as secrets.Kept stays as the newest version has it.
func sealTarget(keys *secrets.Keyring, t, newest signals.Target) (signals.Target, error) {
	if keys == nil && maps.Equal(t.Reading.Headers, newest.Reading.Headers) && maps.Equal(t.Reading.Secrets, newest.Reading.Secrets) {
		return t, nil // an older program kept it so; it must be possible to pause it
	}
	t.Reading, newest.Reading = t.Reading.WithHeadersHidden(), newest.Reading.WithHeadersHidden()
	if len(t.Reading.Secrets) == 0 {
		return t, nil
	}
	kept := maps.Clone(t.Reading.Secrets)
	for name, given := range kept {
		sealed, err := sealSecret(keys, t, newest, name, given)
		if err != nil {
			return t, err
		}
		kept[name] = sealed
	}
	t.Reading.Secrets = kept
	return t, nil
}

// sealSecret is one secret as it is kept.
func sealSecret(keys *secrets.Keyring, t, newest signals.Target, name, given string) (string, error) {
	invalid := func(why string, args ...any) error {
		return &store.InvalidError{What: "target " + t.ID, Why: fmt.Sprintf(why, args...)}
	}
	if !signals.SecretName(name) {
		return "", invalid("%q cannot name a secret: letters, digits, dots, dashes and underlines can", name)
	}
	purpose, was := t.SecretPurpose(name), newest.Reading.Secrets[name]
	if given == secrets.Kept {
		given = was
	}
	switch {
	case given == "":
		return "", invalid("the secret %s is not there: give it", name)
	case given == was && purpose != newest.SecretPurpose(name):
		return "", invalid("the secret %s was given for another host than the address now has: give it again", name)
	case given == was && secrets.Sealed(given):
		return given, nil
	case secrets.Sealed(given):
		_, err := keys.Open(purpose, given)
		return given, err
	}
	if same, err := keys.Open(purpose, was); err == nil && same == given {
		return was, nil
	}
	return keys.Seal(purpose, given)
}

// SecretsReport counts the secrets of all versions of all targets.
type SecretsReport struct {
	Plain  int `json:"plain"`  // that stand there as they are
	Older  int `json:"older"`  // sealed with an older key
	Closed int `json:"closed"` // that no key opens
	Sealed int `json:"sealed"` // all that are sealed
}

// Secrets counts the secrets in the store.
func (t *Targets) Secrets(ctx context.Context) (SecretsReport, error) {
	var report SecretsReport
	err := t.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		for _, b := range []bucket{bucketTargets, bucketTargetVersions} {
			if err := scan(b.in(tx), nil, func(_, v []byte) error {
				target, ok, err := withSecrets(v)
				if ok {
					report.add(t.db.secrets, target)
				}
				return err
			}); err != nil {
				return err
			}
		}
		return nil
	})
	return report, err
}

func (r *SecretsReport) add(keys *secrets.Keyring, t signals.Target) {
	for name, value := range t.Reading.WithHeadersHidden().Secrets {
		if !secrets.Sealed(value) {
			r.Plain++
			continue
		}
		r.Sealed++
		if _, err := keys.Open(t.SecretPurpose(name), value); err != nil {
			r.Closed++
		} else if !keys.Newest(t.SecretPurpose(name), value) {
			r.Older++
		}
	}
}

// withSecrets reads a version of a target that may hold secrets.
func withSecrets(value []byte) (signals.Target, bool, error) {
	var target signals.Target
	if !bytes.Contains(value, []byte(`"headers"`)) && !bytes.Contains(value, []byte(`"secrets"`)) {
		return target, false, nil
	}
	if err := json.Unmarshal(value[8:], &target); err != nil {
		return target, false, fmt.Errorf("reading a target: %w", err)
	}
	return target, true, nil
}

// Reseal seals every secret of every version of every target with the newest key, in
// place: what a version says stays the same. Those that no key opens stay as they are. The
// caller has the file written anew afterwards (Rewrite), for its free pages still hold
// what was.
func (t *Targets) Reseal(ctx context.Context, actor string, at time.Time) (int, error) {
	if t.db.secrets == nil {
		return 0, &secrets.NoKeyError{Purpose: "every target"}
	}
	changed := 0
	err := t.db.write(ctx, at, func(tx *bbolt.Tx, at time.Time) error {
		for _, b := range []bucket{bucketTargets, bucketTargetVersions} {
			n, err := t.reseal(b.in(tx))
			if err != nil {
				return err
			}
			changed += n
		}
		if changed == 0 {
			return nil
		}
		return appendAudit(tx, at, actor, "seal_secrets", "target", map[string]int{"secrets": changed})
	})
	return changed, err
}

func (t *Targets) reseal(b *bbolt.Bucket) (int, error) {
	type put struct{ key, value []byte }
	var puts []put
	changed := 0
	err := scan(b, nil, func(k, v []byte) error {
		target, ok, err := withSecrets(v)
		if err != nil || !ok {
			return err
		}
		n, err := t.resealed(&target)
		if err != nil || n == 0 {
			return err
		}
		body, err := json.Marshal(target)
		if err != nil {
			return err
		}
		changed += n
		puts = append(puts, put{bytes.Clone(k), append(bytes.Clone(v[:8]), body...)})
		return nil
	})
	if err != nil {
		return 0, err
	}
	for _, p := range puts {
		if err := b.Put(p.key, p.value); err != nil {
			return 0, err
		}
	}
	return changed, nil
}

// resealed seals a target's secrets with the newest key and counts those that it changed.
func (t *Targets) resealed(target *signals.Target) (int, error) {
	keys, n := t.db.secrets, 0
	target.Reading = target.Reading.WithHeadersHidden()
	sealed := maps.Clone(target.Reading.Secrets)
	for name, value := range sealed {
		purpose, plain := target.SecretPurpose(name), value
		if secrets.Sealed(value) {
			opened, err := keys.Open(purpose, value)
			if err != nil || keys.Newest(purpose, value) {
				continue
			}
			plain = opened
		}
		again, err := keys.Seal(purpose, plain)
		if err != nil {
			return 0, err
		}
		sealed[name] = again
		n++
	}
	target.Reading.Secrets = sealed
	return n, nil
}

package signals_test

import (
	"errors"
	"testing"

	"dealvitals/signals"
)

func TestCheckCreditCode(t *testing.T) {
	for _, code := range []string{"91110000101623741K", "911101066976941872"} {
		if err := signals.CheckCreditCode(code); err != nil {
			t.Errorf("%s: %v", code, err)
		}
	}
	bad := map[string]string{
		"91350211M0000XUF46": "really issued, yet its check character is wrong",
		"91110000101623741":  "too short",
		"9111000010162374IK": "I is not in the alphabet",
		"91110000101623741k": "lower case is not in the alphabet",
		"９1110000101623741K": "full width",
		"":                   "empty",
	}
	for code, why := range bad {
		var wrong *signals.CreditCodeError
		if err := signals.CheckCreditCode(code); !errors.As(err, &wrong) {
			t.Errorf("%s (%s): %v, want a CreditCodeError", code, why, err)
		}
	}
}

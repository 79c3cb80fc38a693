package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A mistyped command or store must not pass for a thing that was done.
func TestWhatIsMistypedIsNotDone(t *testing.T) {
	db := filepath.Join(t.TempDir(), "none.db")
	tests := map[string]struct {
		args []string
		code int
		says string
	}{
		"a command that there is not":    {[]string{"bakcup", "x.tar.gz"}, ExitUsage, "bakcup is no command of dealvitals"},
		"one below another":              {[]string{"period", "lok", "2026-10"}, ExitUsage, "lok is no command of dealvitals period"},
		"one below keys":                 {[]string{"keys", "bogus"}, ExitUsage, "bogus is no command of dealvitals keys"},
		"the proof of a missing store":   {[]string{"verify", "--db", db}, ExitFailure, "there is no store " + db},
		"the backup of a missing store":  {[]string{"backup", filepath.Join(t.TempDir(), "b.tar.gz"), "--db", db}, ExitFailure, "there is no store " + db},
		"the scores of a missing store":  {[]string{"score", "--db", db}, ExitFailure, "there is no store " + db},
		"the periods of a missing store": {[]string{"period", "list", "--db", db}, ExitFailure, "there is no store " + db},
		"an argument too many":           {[]string{"serve", "now", "--db", db}, ExitUsage, "see dealvitals serve --help"},
		"an argument too few":            {[]string{"explain", "--db", db}, ExitUsage, "see dealvitals explain --help"},
		"a format that there is not":     {[]string{"score", "--format", "xml", "--db", db}, ExitUsage, "there are text and json"},
		"the keys of a missing store":    {[]string{"keys", "list", "--db", db}, ExitFailure, "there is no store " + db},
		"the policy of a missing store":  {[]string{"policy", "show", "--db", db}, ExitFailure, "there is no store " + db},
		"a feed into a missing store":    {[]string{"wecom", "archive", "-", "--db", db}, ExitFailure, "there is no store " + db},
		"no command at all is help":      {nil, ExitOK, ""},
		"no command of keys is help":     {[]string{"keys"}, ExitOK, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var out, said bytes.Buffer
			code := Main(t.Context(), Process{Args: test.args, Out: &out, Err: &said})
			if code != test.code || !strings.Contains(said.String(), test.says) {
				t.Errorf("exit code %d, says %q, want %d and %q", code, said.String(), test.code, test.says)
			}
			if _, err := os.Stat(db); err == nil {
				t.Error("an empty store was made")
			}
		})
	}
}

func TestWhatIsNotThereIsSaidWithWhereToLook(t *testing.T) {
	db := filepath.Join(t.TempDir(), "a.db")
	begin(t, db)
	for next, args := range map[string][]string{
		"dealvitals keys list":   {"keys", "revoke", "nobody"},
		"the contact's id":       {"person", "export", "nobody"},
		"dealvitals policy list": {"policy", "show", "99"},
		"dealvitals score":       {"explain", "nothing"},
		"policy drafts":          {"policy", "approve", "draft-0009"},
	} {
		if _, said := typed(t, ExitFailure, "", append(args, "--db", db)...); !strings.Contains(said, next) {
			t.Errorf("%v says %s, want %s", args, said, next)
		}
	}
}

package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestATargetGetsASecretThatNobodySees(t *testing.T) {
	folder := t.TempDir()
	db, key, saved := filepath.Join(folder, "s.db"), filepath.Join(folder, "key"), filepath.Join(folder, "backup.tar.gz")
	run := func(keys string, in string, args ...string) (int, string) {
		var out, err bytes.Buffer
		environ := []string{}
		if keys != "" {
			environ = append(environ, "DEALVITALS_SECRETS_KEY_FILE="+keys)
		}
		code := Main(t.Context(), Process{Args: append(args, "--db", db), Environ: environ, In: strings.NewReader(in), Out: &out, Err: &err})
		return code, out.String() + err.String()
	}
	steps := []struct {
		name, keys, in string
		args           []string
		code           int
		want           string
	}{
		{"a target", "", "id,kind,url\nportal,采购,https://portal.example/\n", []string{"import", "targets", "-"}, 0, "1 new"},
		{"no key", "", "sid=very-private\n", []string{"secrets", "set", "portal", "Cookie", "--header"}, 1, "dealvitals secrets keygen FILE"},
		{"a key", "", "", []string{"secrets", "keygen", key}, 0, "made " + key},
		{"not twice", "", "", []string{"secrets", "keygen", key}, 1, "file exists"},
		{"no place for it", key, "x", []string{"secrets", "set", "portal", "other"}, 2, "{secret:other}"},
		{"the secret", key, "sid=very-private\n", []string{"secrets", "set", "portal", "Cookie", "--header"}, 0, "sealed"},
		{"listed", key, "", []string{"secrets", "list"}, 0, "Cookie"},
		{"listed without a key", "", "", []string{"secrets", "list"}, 0, "there is none"},
		{"imported again", key, "id,kind,url,schedule\nportal,采购,https://portal.example/,0 7 * * *\n", []string{"import", "targets", "-"}, 0, "1 changed"},
		{"sealed again", key, "", []string{"secrets", "reseal"}, 0, "sealed 0 again; 0 cannot"},
		{"a backup", key, "", []string{"backup", saved}, 0, "backed up"},
		{"a key file that is not there", key + ".missing", "", []string{"secrets", "list"}, 2, "reading secrets.key_file"},
		{"the crawl without a key", "", "", []string{"crawl", "portal"}, 0, "login"},
	}
	for _, s := range steps {
		code, text := run(s.keys, s.in, s.args...)
		if code != s.code || !strings.Contains(text, s.want) {
			t.Errorf("%s: %d %s", s.name, code, text)
		}
		if strings.Contains(text, "very-private") {
			t.Errorf("%s shows the secret: %s", s.name, text)
		}
	}
	raw, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(raw, []byte("very-private")) {
		t.Error("the secret stands in the store")
	}
}

package config

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/v2"
)

const exampleFile = "../dealvitals.example.yaml"

func TestExampleFileIsComplete(t *testing.T) {
	example := koanf.New(".")
	if err := example.Load(file.Provider(exampleFile), yaml.Parser()); err != nil {
		t.Fatal(err)
	}
	for _, key := range Keys() {
		if !example.Exists(key) {
			t.Errorf("dealvitals.example.yaml does not document %s", key)
		}
	}
}

func TestExampleFileShowsTheDefaults(t *testing.T) {
	got, err := Load(Sources{File: exampleFile})
	if err != nil {
		t.Fatal(err)
	}
	if want := Default(); !reflect.DeepEqual(got, want) {
		t.Errorf("the example differs from the defaults:\n got %+v\nwant %+v", got, want)
	}
}

func TestLaterSourcesOverrideEarlierOnes(t *testing.T) {
	name := write(t, "crawler:\n  delay: 5s\n  max_pages: 7\n  contact: file@example.com\n")
	got, err := Load(Sources{
		File:    name,
		Environ: []string{"DEALVITALS_CRAWLER_MAX_PAGES=8", "DEALVITALS_CRAWLER_ALLOW_NETWORKS=127.0.0.0/8, 10.0.0.0/8", "DEALVITALS_CRAWLER_CONTACT=env@example.com", "PATH=/bin"},
		Flags:   map[string]any{"crawler.contact": "flag@example.com"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got.Crawler.Delay != 5*time.Second || got.Crawler.MaxPages != 8 || got.Crawler.Contact != "flag@example.com" {
		t.Errorf("got delay %v, max_pages %d, contact %q", got.Crawler.Delay, got.Crawler.MaxPages, got.Crawler.Contact)
	}
	if want := []string{"127.0.0.0/8", "10.0.0.0/8"}; !reflect.DeepEqual(got.Crawler.AllowNetworks, want) {
		t.Errorf("allow_networks = %q, want %q", got.Crawler.AllowNetworks, want)
	}
}

func TestWrongSettingsAreNamed(t *testing.T) {
	tests := map[string]struct {
		yaml    string
		environ []string
		want    string
	}{
		"an unknown key in the file":         {yaml: "crawler:\n  dely: 1s\n", want: "there is no setting \"crawler.dely\""},
		"a known key in the wrong section":   {yaml: "max_pages: 3\n", want: "did you mean \"crawler.max_pages\"?"},
		"an unknown variable":                {environ: []string{"DEALVITALS_NONSENSE=1"}, want: "there is no setting \"DEALVITALS_NONSENSE\""},
		"a duration that is none":            {yaml: "crawler:\n  delay: soon\n", want: "the setting crawler.delay must be a duration such as 1s, 5m or 2h; \"soon\" is none"},
		"a number that is none":              {environ: []string{"DEALVITALS_CRAWLER_MAX_PAGES=many"}, want: "the setting crawler.max_pages must be a whole number; \"many\" is none"},
		"neither true nor false":             {yaml: "webhooks:\n  send: sometimes\n", want: "the setting webhooks.send must be true or false"},
		"a port that is no number":           {yaml: "crawler:\n  allow_ports: [http]\n", want: "the setting crawler.allow_ports must be a list"},
		"a network that is none":             {yaml: "crawler:\n  allow_networks: [localhost]\n", want: "crawler.allow_networks"},
		"a log level that there is not":      {yaml: "log:\n  level: loud\n", want: "log.level"},
		"a listen address without a port":    {yaml: "server:\n  listen: localhost\n", want: "server.listen"},
		"no workers":                         {yaml: "schedules:\n  workers: 0\n", want: "schedules.workers"},
		"a negative delay":                   {yaml: "crawler:\n  delay: -1s\n", want: "crawler.delay"},
		"a file that is not YAML":            {yaml: "crawler: [", want: "reading the settings in"},
		"an empty db name, as a mistake":     {yaml: "db: \"\"\n", want: "the setting db"},
		"a private webhook network":          {yaml: "webhooks:\n  allow_networks: [intranet]\n", want: "webhooks.allow_networks"},
		"a dashboard without an address":     {yaml: "server:\n  public_url: dealvitals\n", want: "server.public_url"},
		"a port that there is not":           {yaml: "crawler:\n  allow_ports: [80, 70000]\n", want: "crawler.allow_ports"},
		"a log format that there is not":     {yaml: "log:\n  format: xml\n", want: "log.format"},
		"a number where a duration must be ": {yaml: "crawler:\n  run_timeout: 0\n", want: "crawler.run_timeout"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := Load(Sources{File: write(t, test.yaml), Environ: test.environ})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got error %v, want one with %q", err, test.want)
			}
		})
	}
}

func TestNamedFileMustExist(t *testing.T) {
	_, err := Load(Sources{File: filepath.Join(t.TempDir(), "missing.yaml")})
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v, want an error that says the file is missing", err)
	}
}

func write(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "dealvitals.yaml")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/providers/structs"
	"github.com/knadh/koanf/v2"
)

// envPrefix begins every environment variable that is a setting.
const envPrefix = "DEALVITALS_"

// DefaultFile is read from the working folder when no file is named and it is there.
const DefaultFile = "dealvitals.yaml"

// Sources says where settings come from, besides the defaults.
type Sources struct {
	File    string         // a YAML file that must exist; "" = DefaultFile where there is one
	Environ []string       // as os.Environ gives it
	Flags   map[string]any // key → value of the flags that were given
}

// UnknownKeyError is a setting that the program does not have.
type UnknownKeyError struct {
	Where string // the file, or "environment"
	Key   string
	Near  string // a key that may have been meant, "" = none
}

func (e *UnknownKeyError) Error() string {
	text := fmt.Sprintf("%s: there is no setting %q", e.Where, e.Key)
	if e.Near != "" {
		text += fmt.Sprintf("; did you mean %q?", e.Near)
	}
	return text + " (dealvitals.example.yaml lists them all)"
}

// Load reads the configuration from its sources.
func Load(s Sources) (Config, error) {
	k := koanf.New(".")
	if err := k.Load(structs.Provider(Default(), "koanf"), nil); err != nil {
		return Config{}, fmt.Errorf("reading the default settings: %w", err)
	}
	known := k.Keys()
	if err := loadFile(k, s.File, known); err != nil {
		return Config{}, err
	}
	if err := loadEnv(k, s.Environ, known); err != nil {
		return Config{}, err
	}
	for key, value := range s.Flags {
		if err := k.Set(key, value); err != nil {
			return Config{}, fmt.Errorf("setting %s from a flag: %w", key, err)
		}
	}
	var c Config
	if err := k.Unmarshal("", &c); err != nil {
		return Config{}, wrongForm(k, err)
	}
	return c, c.validate()
}

// wrongForm says which setting has a value that is none of its kind, and what it should be.
func wrongForm(k *koanf.Koanf, err error) error {
	var named interface {
		error
		Name() string
	}
	if !errors.As(err, &named) {
		return fmt.Errorf("a setting has the wrong form: %w", err)
	}
	key, _, _ := strings.Cut(named.Name(), "[")
	defaults := koanf.New(".")
	if err := defaults.Load(structs.Provider(Default(), "koanf"), nil); err != nil {
		return fmt.Errorf("reading the default settings: %w", err)
	}
	return &ValueError{key, fmt.Sprintf("%s; %q is none", formOf(defaults.Get(key)), fmt.Sprint(k.Get(key)))}
}

// formOf names the form that a setting like its default has.
func formOf(value any) string {
	switch value.(type) {
	case time.Duration:
		return "a duration such as 1s, 5m or 2h"
	case int, int64:
		return "a whole number"
	case bool:
		return "true or false"
	case []int, []string, []any:
		return "a list such as [a, b]"
	}
	return "a text"
}

// Keys lists every setting.
func Keys() []string {
	k := koanf.New(".")
	if err := k.Load(structs.Provider(Default(), "koanf"), nil); err != nil {
		panic(err) // a struct of this package that its own library cannot read
	}
	keys := k.Keys()
	sort.Strings(keys)
	return keys
}

// envName is the environment variable of a setting: crawler.max_pages is
// DEALVITALS_CRAWLER_MAX_PAGES.
func envName(key string) string {
	return envPrefix + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
}

func loadFile(k *koanf.Koanf, name string, known []string) error {
	if name == "" {
		if _, err := os.Stat(DefaultFile); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		name = DefaultFile
	}
	fromFile := koanf.New(".")
	if err := fromFile.Load(file.Provider(name), yaml.Parser()); err != nil {
		return fmt.Errorf("reading the settings in %s: %w", name, err)
	}
	for _, key := range fromFile.Keys() {
		if !slices.Contains(known, key) {
			return &UnknownKeyError{Where: name, Key: key, Near: nearest(known, key)}
		}
	}
	return k.Merge(fromFile)
}

func loadEnv(k *koanf.Koanf, environ []string, known []string) error {
	keyOf := make(map[string]string, len(known))
	for _, key := range known {
		keyOf[envName(key)] = key
	}
	var unknown *UnknownKeyError
	provider := env.Provider(".", env.Opt{
		Prefix:      envPrefix,
		EnvironFunc: func() []string { return environ },
		TransformFunc: func(name, value string) (string, any) {
			key, ok := keyOf[name]
			if !ok {
				unknown = &UnknownKeyError{Where: "environment", Key: name}
				return "", nil
			}
			if isList(k, key) {
				return key, splitList(value)
			}
			return key, value
		},
	})
	if err := k.Load(provider, nil); err != nil {
		return fmt.Errorf("reading settings from the environment: %w", err)
	}
	if unknown != nil {
		return unknown
	}
	return nil
}

func isList(k *koanf.Koanf, key string) bool {
	switch k.Get(key).(type) {
	case []string, []int, []any:
		return true
	}
	return false
}

func splitList(value string) []string {
	parts := []string{}
	for part := range strings.SplitSeq(value, ",") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// nearest finds the known key whose last part is the one that was written.
func nearest(known []string, key string) string {
	last := key[strings.LastIndex(key, ".")+1:]
	for _, k := range known {
		if k[strings.LastIndex(k, ".")+1:] == last {
			return k
		}
	}
	return ""
}

package robots

import (
	"strings"
	"testing"
	"time"
)

func TestRulesDecideAsTheRFCSays(t *testing.T) {
	tests := []struct {
		name, file, path string
		want             bool
	}{
		{"an empty file allows everything", "", "/jobs", true},
		{"no group for us and none for all allows everything", "user-agent: other\ndisallow: /", "/jobs", true},
		{"the group for all holds where none names us", "user-agent: *\ndisallow: /jobs", "/jobs/1", false},
		{"our group holds instead of the one for all", "user-agent: *\ndisallow: /\n\nuser-agent: dealvitals\ndisallow: /private", "/jobs", true},
		{"our group may be empty", "user-agent: *\ndisallow: /\nuser-agent: DealVitals\ndisallow:", "/jobs", true},
		{"the order of groups means nothing", "user-agent: dealvitals\nallow: /\nuser-agent: *\ndisallow: /", "/jobs", true},
		{"a version behind our name is passed over", "user-agent: dealvitals/1.0\ndisallow: /", "/jobs", false},
		{"a name that only begins like ours is another", "user-agent: dealvitalsplus\ndisallow: /", "/jobs", true},
		{"our name's beginning is another too", "user-agent: deal\ndisallow: /", "/jobs", true},
		{"several names share a group", "user-agent: a\nuser-agent: dealvitals\ndisallow: /jobs", "/jobs", false},
		{"several groups for us are one", "user-agent: dealvitals\ndisallow: /a\nuser-agent: x\ndisallow: /\nuser-agent: dealvitals\ndisallow: /b", "/b", false},
		{"a blank line ends no group", "user-agent: dealvitals\n\ndisallow: /jobs", "/jobs", false},
		{"an unknown line ends no group of names", "user-agent: dealvitals\nsitemap: /s.xml\nuser-agent: b\ndisallow: /jobs", "/jobs", false},
		{"a rule before any group means nothing", "disallow: /\nuser-agent: *\nallow: /", "/jobs", true},
		{"the longest match wins, allow", "user-agent: *\ndisallow: /jobs\nallow: /jobs/open", "/jobs/open/1", true},
		{"the longest match wins, disallow", "user-agent: *\nallow: /jobs\ndisallow: /jobs/closed", "/jobs/closed", false},
		{"allow wins a tie", "user-agent: *\ndisallow: /jobs\nallow: /jobs", "/jobs", true},
		{"allow wins a tie in the other order", "user-agent: *\nallow: /jobs\ndisallow: /jobs", "/jobs", true},
		{"paths are case-sensitive", "user-agent: *\ndisallow: /Jobs", "/jobs", true},
		{"keys are not", "USER-AGENT: *\nDISALLOW: /jobs", "/jobs", false},
		{"a star stands for anything", "user-agent: *\ndisallow: /*/private", "/a/b/private/c", false},
		{"a pattern begins at the path's beginning", "user-agent: *\ndisallow: /b*c", "/a/bc", true},
		{"a dollar is the end", "user-agent: *\ndisallow: /*.pdf$", "/a.pdf", false},
		{"a dollar is the end only", "user-agent: *\ndisallow: /*.pdf$", "/a.pdf?x", true},
		{"a dollar in the middle is a dollar", "user-agent: *\ndisallow: /a$b", "/a$bc", false},
		{"a star before a dollar", "user-agent: *\ndisallow: /a*$", "/abc", false},
		{"stars side by side", "user-agent: *\ndisallow: /a**b", "/axxb", false},
		{"only a star", "user-agent: *\ndisallow: *", "/x", false},
		{"the end after a repeated part", "user-agent: *\ndisallow: /*ab$", "/abab", false},
		{"a query is part of the path", "user-agent: *\ndisallow: /jobs?page=", "/jobs?page=2", false},
		{"an encoded letter is the letter", "user-agent: *\ndisallow: /%6a%6Fbs", "/jobs", false},
		{"the path's encoded letter too", "user-agent: *\ndisallow: /jobs", "/%6Aobs", false},
		{"an encoded slash is no slash", "user-agent: *\ndisallow: /a/b", "/a%2Fb", true},
		{"hex digits in either case", "user-agent: *\ndisallow: /a%2fb", "/a%2Fb", false},
		{"raw Chinese is its encoded form", "user-agent: *\ndisallow: /招聘", "/%E6%8B%9B%E8%81%98/1", false},
		{"encoded Chinese is its raw form", "user-agent: *\ndisallow: /%e6%8b%9b", "/招聘", false},
		{"a byte order mark is passed over", "\xef\xbb\xbfuser-agent: *\ndisallow: /jobs", "/jobs", false},
		{"comments are passed over", "user-agent: * # all\ndisallow: /jobs # no", "/jobs", false},
		{"carriage returns end lines", "user-agent: *\rdisallow: /jobs\r", "/jobs", false},
		{"a missing slash is added", "user-agent: *\ndisallow: jobs", "/jobs", false},
		{"robots.txt itself is always allowed", "user-agent: *\ndisallow: /", "/robots.txt", true},
		{"an empty path is the root", "user-agent: *\ndisallow: /", "", false},
		{"HTML instead of rules allows everything", "<html><body>disallow</body></html>", "/jobs", true},
		{"blanks round the colon", "user-agent : *\n disallow :  /jobs ", "/jobs", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Parse([]byte(test.file), "dealvitals").Allowed(test.path); got != test.want {
				t.Errorf("Allowed(%q) = %v, want %v, under\n%s", test.path, got, test.want, test.file)
			}
		})
	}
}

func TestCrawlDelay(t *testing.T) {
	tests := map[string]struct {
		file string
		want time.Duration
	}{
		"seconds":                 {"user-agent: *\ncrawl-delay: 5", 5 * time.Second},
		"a fraction":              {"user-agent: *\nCrawl-Delay: 0.5", 500 * time.Millisecond},
		"of another crawler":      {"user-agent: x\ncrawl-delay: 5", 0},
		"a negative one is none":  {"user-agent: *\ncrawl-delay: -5", 0},
		"words are none":          {"user-agent: *\ncrawl-delay: soon", 0},
		"not a number is none":    {"user-agent: *\ncrawl-delay: NaN", 0},
		"endless is a day":        {"user-agent: *\ncrawl-delay: Inf", 24 * time.Hour},
		"the longest of our ones": {"user-agent: *\ncrawl-delay: 2\nuser-agent: *\ncrawl-delay: 7", 7 * time.Second},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Parse([]byte(test.file), "dealvitals").Delay; got != test.want {
				t.Errorf("delay %v, want %v", got, test.want)
			}
		})
	}
}

func TestOnlyTheFirst500KiBCount(t *testing.T) {
	file := "user-agent: *\ndisallow: /early\n" + strings.Repeat("# filler line\n", MaxSize/14) + "disallow: /late\n"
	rules := Parse([]byte(file), "dealvitals")
	if rules.Allowed("/early") || !rules.Allowed("/late") {
		t.Errorf("early allowed %v (want false), late allowed %v (want true)", rules.Allowed("/early"), rules.Allowed("/late"))
	}
}

func TestRulesStayBounded(t *testing.T) {
	file := "user-agent: *\n" + strings.Repeat("disallow: /x\n", 38_000)
	if n := len(Parse([]byte(file), "dealvitals").rules); n > maxRules {
		t.Errorf("%d rules kept", n)
	}
}

func FuzzRobots(f *testing.F) {
	f.Add([]byte("user-agent: *\ndisallow: /a*b$\nallow: /%e6%8b%9b\ncrawl-delay: 1e400"), "/a/b?c=%2f")
	f.Add([]byte("\xef\xbb\xbfUser-Agent: dealvitals\nDisallow: *"), "")
	f.Fuzz(func(t *testing.T, file []byte, path string) {
		rules := Parse(file, "dealvitals")
		rules.Allowed(path)
		if rules.Delay < 0 || rules.Delay > 24*time.Hour {
			t.Errorf("delay %v", rules.Delay)
		}
		if once := normalise(path); normalise(once) != once {
			t.Errorf("normalising %q twice gives another form", path)
		}
	})
}

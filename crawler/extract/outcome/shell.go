package outcome

import (
	"bytes"
	"fmt"
	"strings"

	"dealvitals/crawler/extract/page"
)

// Most characters that the frame of a script shell shows: a title, a menu, a footer.
const shellText = 160

var scriptWords = []string{"enable javascript", "javascript is required", "javascript enabled", "requires javascript", "without javascript", "javascript to run", "turn on javascript", "javascript must be", "javascript is disabled", "doesn't work properly without", "启用javascript", "启用 javascript", "开启javascript", "开启 javascript", "打开javascript", "不支持javascript", "javascript 支持", "需要javascript", "禁用了javascript", "浏览器版本过低", "javascript aktivieren", "activer javascript"}

// shell tells a page that has hardly a text and is filled by a script.
func shell(d *page.Document, s *sight) (string, bool) {
	if d.Format != page.FormatHTML {
		return "", false
	}
	if t, told := s.has(scriptWords, 300); told && s.runes < 600 {
		return fmt.Sprintf("the page says %q", clip(t)), true
	}
	if s.runes > shellText && (s.runes > 3*shellText || s.mount == "") {
		return "", false
	}
	switch {
	case s.mount != "":
		return fmt.Sprintf("the page is an empty #%s that a script fills", s.mount), true
	case containsAny(strings.ToLower(s.noscript), scriptWords) && s.runes <= shellText:
		return "without JavaScript the page only asks for it", true
	case s.scripts > 0 && s.runes < 40:
		return "the page is a script and hardly a text", true
	case s.template && s.scripts > 0:
		return "the page is a template that a script fills", true
	case s.frame != "" && s.runes < 80:
		return fmt.Sprintf("the page is a frame around %s", clip(s.frame)), true
	case s.loading:
		return "the page says only that it is loading", true
	case refreshes(d.Text) && s.runes < 80:
		return "the page only sends a browser elsewhere", true
	}
	return "", false
}

func refreshes(text []byte) bool {
	head := bytes.ToLower(text[:min(len(text), 4000)])
	return bytes.Contains(head, []byte(`http-equiv="refresh"`)) || bytes.Contains(head, []byte("location.href")) || bytes.Contains(head, []byte("location.replace"))
}

// Unfilled tells a page about jobs whose list only a script puts there: templates, an empty
// place for the list, a frame. aboutJobs is what the page is known to be about.
func Unfilled(d *page.Document, aboutJobs bool) (string, bool) {
	if d.Format != page.FormatHTML || !aboutJobs {
		return "", false
	}
	s := look(d)
	switch {
	case s.scripts == 0 && s.frame == "":
		return "", false
	case s.vacant != "":
		return fmt.Sprintf("the place of the list (%q) is empty: a script fills it", clip(s.vacant)), true
	case s.template:
		return "the list is a template that a script fills", true
	case s.loading:
		return "the page says that its list is loading", true
	case s.mount != "":
		return fmt.Sprintf("a script fills #%s", s.mount), true
	case s.frame != "":
		return fmt.Sprintf("the list stands in a frame: %s", clip(s.frame)), true
	}
	return "", false
}

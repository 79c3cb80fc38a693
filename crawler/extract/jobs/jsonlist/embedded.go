package jsonlist

import (
	"bytes"
	"encoding/json"
	"strings"
)

// jsonInString is the value of JSON that an answer carries as a string
// ({"data": "[{\"jobName\": …}]"}), nil where the string is none.
func jsonInString(s string) any {
	t := strings.TrimSpace(s)
	if len(t) < 20 || (t[0] != '{' && t[0] != '[') || (t[len(t)-1] != '}' && t[len(t)-1] != ']') {
		return nil
	}
	if !strings.Contains(t[:min(len(t), 200)], `"`) {
		return nil
	}
	dec := json.NewDecoder(bytes.NewReader([]byte(t)))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil
	}
	return v
}

// opaque tells a string that no reader can make sense of: base64 or hexadecimal, long, and
// without a blank. It is what encrypted answers carry in place of their records.
func opaque(s string) bool {
	s = strings.TrimSpace(s)
	if len(s) < 64 {
		return false
	}
	letters, digits, upper := 0, 0, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z':
			letters++
		case c >= 'A' && c <= 'Z':
			letters++
			upper++
		case c >= '0' && c <= '9':
			digits++
		case c == '+' || c == '/' || c == '=' || c == '-' || c == '_' || c == '\n' || c == '\r':
		default:
			return false
		}
	}
	if strings.Count(s, "/") > len(s)/10 || strings.HasPrefix(s, "http") {
		return false
	}
	return digits >= len(s)/40 && (upper > 0 || digits >= len(s)/4)
}

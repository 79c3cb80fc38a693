package words

import "strings"

// The marks are told one by one: strings.IndexAny and strings.Trim are slow where the
// marks are not all ASCII.

func endsClause(r rune) bool {
	switch r {
	case '。', '！', '？', '；', '?', '!', ';', '：':
		return true
	}
	return false
}

func endsCore(r rune) bool {
	switch r {
	case '(', '（', '[', '【', '-', '—', '/', '、', '|', '·', '~', '～':
		return true
	}
	return false
}

// core is a title without what follows it in brackets or behind a dash.
func core(text string) string {
	if i := strings.IndexFunc(text, endsCore); i > 2 {
		text = text[:i]
	}
	return strings.TrimRightFunc(text, behindCore)
}

func behindCore(r rune) bool {
	switch r {
	case ' ', '名', '人', '若', '干', '*', '+', '#':
		return true
	}
	return r >= '0' && r <= '9'
}

func isASCIILetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

package dates

import "strings"

// foreignMonths are the names of the months, in lower case, in the languages of the boards
// that are read beside Chinese and English ones: German, French, Spanish, Portuguese,
// Italian, Dutch, Swedish, Danish, Norwegian, Polish, Russian. They count only between a day
// and a year of four digits.
var foreignMonths = foreignNames(
	`januar jänner janvier enero janeiro gennaio januari stycznia января`,
	`februar février fevrier febrero fevereiro febbraio februari lutego февраля`,
	`märz maerz mars marzo março marco maart marts marca марта`,
	`april avril abril aprile kwietnia апреля`,
	`mai mayo maio maggio mei maj maja мая`,
	`juni juin junio junho giugno czerwca июня`,
	`juli juillet julio julho luglio lipca июля`,
	`august août aout agosto augustus augusti sierpnia августа`,
	`september septembre septiembre setiembre setembro settembre września сентября`,
	`oktober octobre octubre outubro ottobre października октября`,
	`november novembre noviembre novembro listopada ноября`,
	`dezember décembre decembre diciembre dezembro dicembre december desember grudnia декабря`,
)

func foreignNames(months ...string) map[string]int {
	m := map[string]int{}
	for i, names := range months {
		for name := range strings.FieldsSeq(names) {
			m[name] = i + 1
		}
	}
	return m
}

// foreignMonth reads such a name at the start of text. What follows it must be a year:
// "5 de marzo de 2026", "5. März 2026".
func foreignMonth(text string) (month, size int) {
	end := strings.IndexAny(text, " .,/-")
	if end <= 0 || end > 24 {
		return 0, 0
	}
	month = foreignMonths[text[:end]]
	if month == 0 {
		return 0, 0
	}
	size = skipAny(text, end, " .,/-")
	for _, of := range []string{"de ", "del "} {
		if strings.HasPrefix(text[size:], of) {
			size += len(of)
		}
	}
	if _, n := number(text[size:]); n != 4 {
		return 0, 0
	}
	return month, size
}

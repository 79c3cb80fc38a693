package dates

import (
	"testing"
	"time"

	"dealvitals/signals"
)

var captured = time.Date(2026, 11, 24, 10, 0, 0, 0, signals.Shanghai)

func TestADateIsReadInEveryWayThatPagesWriteIt(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"2026-11-24", "2026-11-24 published"},
		{"115/11/24", "2026-11-24 published"},
		{"公告日期：115年11月3日", "2026-11-03 published"},
		{"24. März 2026", "2026-03-24 published"},
		{"1er mars 2026", "2026-03-01 published"},
		{"5 de marzo de 2026", "2026-03-05 published"},
		{"Publié le 24 août 2026", "2026-08-24 published"},
		{"24 марта 2026", "2026-03-24 published"},
		{"Aktualisiert am 24. März 2026", "2026-03-24 updated"},
		{"2026/11/24", "2026-11-24 published"},
		{"2026/1/4", "2026-01-04 published"},
		{"2026.11.24", "2026-11-24 published"},
		{"2026年11月24日", "2026-11-24 published"},
		{"2026 年 11 月 4 日", "2026-11-04 published"},
		{"11月24日", "2026-11-24 published"},
		{"12月1日", "2025-12-01 published"},
		{"11-24", "2026-11-24 published"},
		{"11-25", "2026-11-25 published"},
		{"11-26", "2025-11-26 published"},
		{"11-24发布", "2026-11-24 published"},
		{"[11-03]", "2026-11-03 published"},
		{"3天前", "2026-11-21 published"},
		{"3 天前发布", "2026-11-21 published"},
		{"昨天", "2026-11-23 published"},
		{"昨天 18:20", "2026-11-23 published"},
		{"今天", "2026-11-24 published"},
		{"刚刚", "2026-11-24 published"},
		{"2小时前", "2026-11-24 published"},
		{"20小时前", "2026-11-23 published"},
		{"1周前", "2026-11-17 published"},
		{"1个月前", "2026-10-25 bound"},
		{"3个月前更新", "2026-08-26 bound"},
		{"30+天前", "2026-10-25 bound"},
		{"Posted 30+ Days Ago", "2026-10-25 bound"},
		{"Posted Today", "2026-11-24 published"},
		{"Posted Yesterday", "2026-11-23 published"},
		{"Posted 3 Days Ago", "2026-11-21 published"},
		{"a day ago", "2026-11-23 published"},
		{"about 5 hours ago", "2026-11-24 published"},
		{"over a month ago", "2026-10-25 bound"},
		{"2w ago", "2026-11-10 published"},
		{"Nov 24, 2026", "2026-11-24 published"},
		{"Posted on: November 4th, 2026", "2026-11-04 published"},
		{"24 November 2026", "2026-11-24 published"},
		{"24-Nov-2026", "2026-11-24 published"},
		{"Tue, 24 Nov 2026 09:00:00 GMT", "2026-11-24 published"},
		{"Sept. 3, 2026", "2026-09-03 published"},
		{"Nov 3", "2026-11-03 published"},
		{"2026-11-23T20:30:00Z", "2026-11-23 published"},
		{"2026-11-23T20:30:00+08:00", "2026-11-23 published"},
		{"2026-11-23T20:30:00.000+0000", "2026-11-23 published"},
		{"2026-11-24 08:30:12", "2026-11-24 published"},
		{"1795478400", "2026-11-24 published"},
		{"1795478400000", "2026-11-24 published"},
		{"20261124", "2026-11-24 published"},
		{"11/24/2026", "2026-11-24 published"},
		{"24/11/2026", "2026-11-24 published"},
		{"24.11.2026", "2026-11-24 published"},
		{"04.11.2026", "2026-11-04 published"},
		{"26-11-03", "2026-11-03 published"},
		{"更新时间：2026-11-24", "2026-11-24 updated"},
		{"2026-11-24更新", "2026-11-24 updated"},
		{"2026-11-24 刷新", "2026-11-24 updated"},
		{"Updated 3 days ago", "2026-11-21 updated"},
		{"发布时间：2026-11-01 更新时间：2026-11-24", "2026-11-01 published"},
		{"截止日期：2026-12-31 发布日期：2026-11-20", "2026-11-20 published"},
		{"发布日期：2026-11-20 截止日期：2026-12-31", "2026-11-20 published"},
		{"发布于 11-20", "2026-11-20 published"},
		{"销售经理 北京 2026-11-20", "2026-11-20 published"},
		{"刚刚发布", "2026-11-24 published"},
	} {
		found, ok := Parse(c.text, captured)
		got := "none"
		if ok {
			got = found.Date.String() + " " + string(found.Basis)
		}
		if got != c.want {
			t.Errorf("%q: want %s, got %s", c.text, c.want, got)
		}
	}
}

func TestWhatIsNoPostingDateIsNotReadAsOne(t *testing.T) {
	for _, text := range []string{
		"截止日期：2026-12-31", "2026-12-31截止", "2026.11.30 마감", "2026-11-30까지", "2026年11月30日締切", "Apply by November 30, 2026", "Valid through 2026-12-31", "Closing date: 24 Nov 2026", "Bewerbungsfrist: 24.11.2026", "Sista ansökningsdag 2026-11-24", "Fecha límite: 24 de noviembre de 2026",
		"1-3年", "8-12K", "10-15人", "3-5年经验", "薪资 8-12", "0755-12345678", "400-820-8820", "13800138000", "03/04/2026", "24/7", "Apply today and join us",
		"3.5", "v1.2.3", "2026届校园招聘", "Java 8", "2026", "2-5 years", "10/20 people", "#11-24", "C-11-24", "2026-13-01", "2026-02-30", "© 2026-11-24 Company",
		"Level 3", "", "本科 3年", "99999999999999999999", "5x8", "may 2026 graduates", "前端工程师", "目前", "1天",
	} {
		if found, ok := Parse(text, captured); ok {
			t.Errorf("%q: read as %v", text, found)
		}
	}
}

func TestTheOrderOfDayAndMonthComesFromThePage(t *testing.T) {
	for _, c := range []struct {
		texts []string
		lang  string
		want  string
	}{
		{[]string{"03/04/2026", "25/04/2026"}, "", "2026-04-03"},
		{[]string{"03/04/2026", "04/25/2026"}, "", "2026-03-04"},
		{[]string{"03/04/2026"}, "en-US", "2026-03-04"},
		{[]string{"03/04/2026"}, "en-GB", "2026-04-03"},
		{[]string{"03/04/2026"}, "de", "2026-04-03"},
		{[]string{"03/04/2026"}, "zh-CN", "none"},
	} {
		found, ok := ParseIn(c.texts[0], captured, OrderOf(c.texts, c.lang))
		got := "none"
		if ok {
			got = found.Date.String()
		}
		if got != c.want {
			t.Errorf("%v in %q: want %s, got %s", c.texts, c.lang, c.want, got)
		}
	}
}

func TestWithoutACaptureTimeNothingIsCountedFromIt(t *testing.T) {
	for _, text := range []string{"3天前", "昨天", "11-24", "Posted Today", "Nov 3"} {
		if found, ok := Parse(text, time.Time{}); ok {
			t.Errorf("%q: read as %v", text, found)
		}
	}
}

func FuzzAnyTextIsReadWithoutPanicAndToADayThatExists(f *testing.F) {
	for _, text := range []string{"2026-11-24", "11/24/2026", "3天前", "Posted 30+ Days Ago", "24th of Nov, 26", "2026年", "三"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		found, ok := Parse(text, captured)
		if !ok {
			return
		}
		if _, err := signals.ParseDate(found.Date.String()); err != nil {
			t.Errorf("%q gave %v: %v", text, found, err)
		}
		if found.Basis == "" {
			t.Errorf("%q gave a date without a meaning", text)
		}
	})
}

func TestADateInTwoTextsIsReadWholeAndItsYearIsNeverGuessed(t *testing.T) {
	for _, c := range []struct{ first, second, want string }{
		{"18", "2025-06", "2025-06-18"},
		{"18", "2025.06", "2025-06-18"},
		{"18日", "2025年6月", "2025-06-18"},
		{"2025/06", "18", "2025-06-18"},
		{"06-18", "2025", "2025-06-18"},
		{"06/18", "2025", "2025-06-18"},
		{"2025", "06-18", "2025-06-18"},
		{"18", "Jun 2025", "2025-06-18"},
		{"18", "", ""},
		{"18", "2025", ""},
		{"3-5", "12", ""},
		{"2人", "2025-06", ""},
		{"31", "2025-06", ""},
	} {
		got := ""
		if d, ok := Joined(c.first, c.second); ok {
			got = d.String()
		}
		if got != c.want {
			t.Errorf("%q %q: want %q, got %q", c.first, c.second, c.want, got)
		}
	}
}

func TestTheLandOfAnAddressTellsTheOrderWhereNothingElseDoes(t *testing.T) {
	for _, c := range []struct {
		text, lang, address string
		want                Order
	}{
		{"05/03/2026", "", "https://www.example.gov.uk/tenders", DayFirst},
		{"05/03/2026", "en", "https://marches.example.fr/", DayFirst},
		{"05/03/2026", "en-US", "https://www.example.fr/", MonthFirst},
		{"05/23/2026", "", "https://www.example.fr/", MonthFirst},
		{"05/03/2026", "", "https://www.example.gov/bids", OrderUnknown},
		{"05/03/2026", "", "https://www.example.ca/bids", OrderUnknown},
	} {
		if got := OrderOfPage([]string{c.text}, c.lang, c.address); got != c.want {
			t.Errorf("%v: got %v", c, got)
		}
	}
}

func TestADayThatCannotLieAheadIsReadInTheOrderThatPutsItBehind(t *testing.T) {
	at := time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		text  string
		order Order
		want  string
	}{
		{"12/11/2026", MonthFirst, "2026-11-12"}, // 11 December is ahead
		{"11/12/2026", MonthFirst, "2026-11-12"},
		{"11/12/2026", DayFirst, "2026-11-12"},
		{"05/11/2026", MonthFirst, "2026-05-11"},
		{"25/11/2026", DayFirst, "2026-11-25"}, // a site ahead of Shanghai's clock
		{"12/12/2026", MonthFirst, "2026-12-12"},
		{"2026-12-01", MonthFirst, "2026-12-01"},
	} {
		if found, ok := ParsePast(test.text, at, test.order); !ok || found.Date.String() != test.want {
			t.Errorf("%s: %v %v, want %s", test.text, found.Date, ok, test.want)
		}
	}
}

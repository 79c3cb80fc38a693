package collect

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"dealvitals/signals"
	"dealvitals/store"
	"dealvitals/wecom"
)

// Days keeps how many messages members sent on each day.
type Days interface {
	CountSent(ctx context.Context, source string, sent []store.SentMessage, at time.Time) error
	KeepFigures(ctx context.Context, figures []store.MemberDay, at time.Time) (int, error)
	MemberDays(ctx context.Context, source string, since signals.Date) ([]store.MemberDay, error)
	SetDoubted(ctx context.Context, source string, days []store.MemberDay, at time.Time) error
	ForgetMember(ctx context.Context, member string, at time.Time) error
}

const (
	// statedFor is for how many days WeCom states figures (path/92132).
	statedFor = 180
	// comparedFor is for how many days a pull compares anew: messages that came late are of the
	// days that WeCom lets be pulled, and figures may come some days later.
	comparedFor = 10
)

// StatisticsReport tells what became of figures.
type StatisticsReport struct {
	Figures  int       `json:"figures"`   // of final days
	New      int       `json:"new"`       // that were not known
	NotFinal int       `json:"not_final"` // asked for before the vendor's numbers are final: send them again
	TooOld   int       `json:"too_old"`
	Bad      []BadLine `json:"bad"`
	Doubts   []Doubt   `json:"doubts"` // days that became doubtful, or are it no more
	Deals    []string  `json:"-"`      // touched
}

// Doubt is a member's day of which the coverage was taken back, or given back.
type Doubt struct {
	Source   Source       `json:"source"`
	Member   string       `json:"member"`
	Day      signals.Date `json:"day"`
	Stated   int          `json:"stated"` // messages by WeCom's statistics
	Sent     int          `json:"sent"`   // messages that came here
	Doubtful bool         `json:"doubtful"`
}

// TakeStatistics takes in lines of get_user_behavior_data (wecom.ReadStatistics). They are a
// check and never a measure: they sum over all customers of a member (DESIGN §4, "WeChat").
func (c *Collector) TakeStatistics(ctx context.Context, feed io.Reader) (StatisticsReport, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	report := StatisticsReport{Bad: []BadLine{}, Doubts: []Doubt{}}
	figures, err := c.figures(ctx, feed, &report)
	if err != nil || len(figures) == 0 {
		return report, err
	}
	if report.New, err = c.Days.KeepFigures(ctx, figures, c.Clock()); err != nil {
		return report, fmt.Errorf("keeping statistics: %w", err)
	}
	since := figures[0].Day
	for _, f := range figures {
		if f.Day.Before(since) {
			since = f.Day
		}
	}
	touched := make(map[string]bool)
	for _, source := range []Source{Archive, Zone} {
		t, err := c.begin(ctx, source)
		if err == nil {
			err = t.compare(ctx, since)
		}
		maps.Copy(touched, t.touched)
		report.Doubts = append(report.Doubts, t.report.Doubts...)
		report.Deals = slices.Sorted(maps.Keys(touched))
		if err != nil {
			return report, err
		}
	}
	return report, nil
}

// figures reads the final figures of a feed.
func (c *Collector) figures(ctx context.Context, feed io.Reader, report *StatisticsReport) ([]store.MemberDay, error) {
	now := c.Clock()
	today := signals.DateOf(now.In(signals.Shanghai))
	state, err := c.load(ctx)
	if err != nil {
		return nil, err
	}
	var list []store.MemberDay
	lines := newLineReader(feed)
	for {
		line, tooLong, err := lines.next()
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading the feed: %w", err)
		}
		if len(line) == 0 && !tooLong {
			continue
		}
		rows, why := statisticsOf(line, tooLong)
		if why != "" {
			if len(report.Bad) < maxBad {
				report.Bad = append(report.Bad, BadLine{lines.number, why})
			}
			continue
		}
		for _, f := range rows {
			switch {
			case !f.Final || !f.Day.Before(today):
				report.NotFinal++
			case f.Day.Before(today.AddDays(-statedFor)):
				report.TooOld++
			case !state.erased(f.Member):
				report.Figures++
				list = append(list, store.MemberDay{Member: f.Member, Day: f.Day, Stated: f.Sent})
			}
		}
	}
}

func statisticsOf(line []byte, tooLong bool) ([]wecom.Figures, string) {
	if tooLong {
		return nil, fmt.Sprintf("the line is longer than %d bytes", maxLine)
	}
	rows, err := wecom.ReadStatistics(line)
	if err != nil {
		return nil, err.Error()
	}
	return rows, ""
}

// disagrees tells whether the statistics tell of clearly more messages than came: of any where
// none came, else of three and a tenth more. A chat or two around midnight are not it.
func disagrees(d store.MemberDay) bool {
	missing := d.Stated - d.Sent
	return missing > 0 && d.Sent == 0 || missing >= 3 && missing*10 > d.Stated
}

// compare holds the statistics from a day on against what the source showed, takes back what
// was covered on days on which they disagree, and gives it back once the messages have come.
func (t *taking) compare(ctx context.Context, since signals.Date) error {
	days, err := t.Days.MemberDays(ctx, string(t.source), since)
	if err != nil {
		return fmt.Errorf("reading statistics: %w", err)
	}
	var changed []store.MemberDay
	var spans []signals.Coverage
	for _, d := range days {
		doubted := disagrees(d)
		if doubted == d.Doubted || !t.comparable(d.Day) {
			continue
		}
		d.Doubted = doubted
		of, err := t.spansOfDay(ctx, d)
		if err != nil {
			return err
		}
		changed, spans = append(changed, d), append(spans, of...)
		t.report.Doubts = append(t.report.Doubts, Doubt{t.source, d.Member, d.Day, d.Stated, d.Sent, doubted})
	}
	if len(changed) == 0 {
		return nil
	}
	added, err := t.Log.Add(ctx, string(t.source), nil, spans, t.now)
	if err != nil {
		return fmt.Errorf("keeping what is doubtful: %w", err)
	}
	for _, id := range added.Deals {
		t.touched[id] = true
	}
	return t.Days.SetDoubted(ctx, string(t.source), changed, t.now)
}

// comparable tells whether all messages of a day should be here: it was pulled to its end, and
// counted from its beginning.
func (t *taking) comparable(day signals.Date) bool {
	return !t.state.Positions[t.source].PulledAt.Before(day.AddDays(1).Start()) && !day.Start().Before(t.state.CountedSince[t.source])
}

// spansOfDay are a member's day, for each deal and contact that the member may have covered:
// what was never covered loses nothing.
func (t *taking) spansOfDay(ctx context.Context, d store.MemberDay) ([]signals.Coverage, error) {
	word := signals.CoverageGivenBack
	if d.Doubted {
		word = signals.CoverageTakenBack
	}
	from, to := d.Day.Start().UTC(), d.Day.AddDays(1).Start().UTC()
	var spans []signals.Coverage
	for _, k := range slices.Sorted(maps.Keys(t.state.Consents)) {
		consent := t.state.Consents[k]
		contact, known := t.people.byWeCom[consent.External]
		if !known || consent.With != d.Member {
			continue
		}
		deals, err := t.dealsThen(ctx, contact, consent, to)
		if err != nil {
			return nil, err
		}
		for _, deal := range deals {
			spans = append(spans, signals.Coverage{DealID: deal, ContactID: contact.ID, From: from, To: to, Word: word})
		}
	}
	return spans, nil
}

// dealsThen are the deals of a contact that a member owns, or owned at an instant, or was heard
// for.
func (t *taking) dealsThen(ctx context.Context, contact signals.Contact, c Consent, at time.Time) ([]string, error) {
	all, err := t.people.dealsOf(ctx, contact)
	if err != nil {
		return nil, err
	}
	all = slices.Clone(all)
	for _, name := range []string{contact.ID, contact.WeComID} {
		deals, err := t.Deals.ByContact(ctx, name, at)
		if err != nil {
			return nil, fmt.Errorf("reading the deals of a contact: %w", err)
		}
		all = append(all, deals...)
	}
	deals := slices.Clone(c.Heard[t.source].Deals)
	for _, deal := range all {
		if t.state.owns(c.With, deal) {
			deals = append(deals, deal.ID)
		}
	}
	slices.Sort(deals)
	return slices.Compact(deals), nil
}

// countSent notes a message that a member sent to somebody outside, whoever that is and whether
// or not it is kept.
func (t *taking) countSent(m wecom.Message) {
	if m.Event || m.Room != "" || m.Revokes != "" || m.From.Robot || m.Time.After(t.now.Add(clockSkew)) {
		return
	}
	c, ok := t.between(m)
	if !ok || c.direction != signals.DirectionOut || t.state.erased(c.member) {
		return
	}
	t.sent = append(t.sent, store.SentMessage{Member: c.member, Day: signals.DateOf(m.Time.In(signals.Shanghai)), ID: m.ID})
}

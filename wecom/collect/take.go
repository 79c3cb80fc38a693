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

const (
	batchSize = 1000    // messages that are written in one transaction
	maxLine   = 4 << 20 // bytes
	maxBad    = 100     // bad lines that are told
	clockSkew = 5 * time.Minute
)

// Take reads a feed of JSON lines (wecom.ReadArchive, wecom.ReadZone). A feed that breaks
// off, or that is sent again, does no harm: messages are known by their ids, and the
// position moves on only behind what is kept.
func (c *Collector) Take(ctx context.Context, source Source, feed io.Reader) (Report, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	t, err := c.begin(ctx, source)
	if err != nil {
		return t.report, err
	}
	read := wecom.ReadArchive
	if source == Zone {
		read = wecom.ReadZone
	}
	err = t.lines(ctx, feed, read)
	if err == nil {
		err = t.flush(ctx)
	}
	t.report.Deals = slices.Sorted(maps.Keys(t.touched))
	t.report.Unmapped = slices.AppendSeq(t.report.Unmapped, maps.Keys(t.missed))
	slices.Sort(t.report.Unmapped)
	t.report.Position = t.state.Positions[source]
	return t.report, err
}

// taking is one feed being taken in.
type taking struct {
	*Collector
	source   Source
	state    State
	people   *directory
	keywords *signals.KeywordCounter
	version  int
	now      time.Time
	batch    []signals.Interaction
	sent     []store.SentMessage // by members, kept or not
	seq      uint64              // of the newest message in the batch
	cursor   string              // from where on to read when this page is kept
	paged    bool                // the feed said after which message it begins, and that followed
	touched  map[string]bool
	missed   map[string]bool
	report   Report
}

func (c *Collector) begin(ctx context.Context, source Source) (*taking, error) {
	t := &taking{
		Collector: c, source: source, now: c.Clock(), touched: make(map[string]bool), missed: make(map[string]bool),
		report: Report{Source: source, Skipped: make(map[string]int), Unmapped: []string{}, Bad: []BadLine{}},
	}
	policy, err := c.Policies.At(ctx, t.now)
	if err != nil {
		return t, fmt.Errorf("reading the policy: %w", err)
	}
	t.keywords, t.version = signals.NewKeywordCounter(policy.WeChat.Keywords), policy.Version
	if t.state, err = c.load(ctx); err != nil {
		return t, err
	}
	if _, counted := t.state.CountedSince[source]; !counted {
		// What comes next is what was sent since the last pull, if there was one.
		since := t.state.Positions[source].PulledAt
		if since.IsZero() {
			since = t.now
		}
		t.state.CountedSince[source] = since
	}
	t.people, err = c.directory(ctx)
	return t, err
}

func (t *taking) lines(ctx context.Context, feed io.Reader, read func([]byte) (wecom.Line, error)) error {
	lines := newLineReader(feed)
	for {
		line, tooLong, err := lines.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading the feed: %w", err)
		}
		if tooLong {
			t.bad(lines.number, fmt.Sprintf("the line is longer than %d bytes", maxLine))
			continue
		}
		if len(line) == 0 {
			continue
		}
		parsed, err := read(line)
		var unreadable *wecom.LineError
		if errors.As(err, &unreadable) {
			t.bad(lines.number, unreadable.Why)
			continue
		}
		if err != nil {
			return err
		}
		if err := t.line(ctx, parsed); err != nil {
			return err
		}
	}
}

// bad notes a line that cannot be read. What it said is lost, so that nothing is covered
// until the next pull has ended.
func (t *taking) bad(number int, why string) {
	if len(t.report.Bad) < maxBad {
		t.report.Bad = append(t.report.Bad, BadLine{number, why})
	}
	p := t.state.Positions[t.source]
	p.Holed = true
	t.state.Positions[t.source] = p
}

func (t *taking) line(ctx context.Context, l wecom.Line) error {
	switch {
	case l.Message != nil:
		return t.message(ctx, *l.Message)
	case l.Control.Name == "page":
		return t.page(ctx, *l.Control)
	case l.Control.Name == "pulled":
		return t.pulled(ctx, *l.Control)
	}
	t.state.control(*l.Control)
	return nil
}

// page begins a page. One that does not follow what is here is refused.
func (t *taking) page(ctx context.Context, c wecom.Control) error {
	if err := t.flush(ctx); err != nil {
		return err
	}
	p := t.state.Positions[t.source]
	if c.AfterSeq != nil && *c.AfterSeq > p.Seq || c.AfterCursor != nil && *c.AfterCursor != p.Cursor && *c.AfterCursor != "" {
		return &PagesMissingError{p}
	}
	t.cursor = c.NextCursor
	t.paged = t.paged || c.AfterSeq != nil || c.AfterCursor != nil
	return nil
}

// flush keeps the batch, and then how far the source was read.
func (t *taking) flush(ctx context.Context) error {
	if err := t.keepBatch(ctx); err != nil {
		return err
	}
	p := t.state.Positions[t.source]
	p.Seq, p.ReceivedAt = max(p.Seq, t.seq), t.now
	if t.cursor != "" {
		p.Cursor = t.cursor
	}
	t.state.Positions[t.source] = p
	return t.save(ctx, t.state)
}

func (t *taking) keepBatch(ctx context.Context) error {
	if len(t.sent) > 0 {
		if err := t.Days.CountSent(ctx, string(t.source), t.sent, t.now); err != nil {
			return fmt.Errorf("counting messages: %w", err)
		}
		t.sent = t.sent[:0]
	}
	if len(t.batch) == 0 {
		return nil
	}
	added, err := t.Log.Add(ctx, string(t.source), t.batch, nil, t.now)
	if err != nil {
		return fmt.Errorf("keeping %d interactions: %w", len(t.batch), err)
	}
	t.report.New += added.New
	t.report.Known += added.Known
	for _, id := range added.Deals {
		t.touched[id] = true
	}
	t.batch = t.batch[:0]
	return nil
}

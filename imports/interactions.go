package imports

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"dealvitals/signals"
	"dealvitals/store"
)

const (
	// interactionSource names imported tables as where interactions come from.
	interactionSource = "import"
	// interactionBatch is how many interactions are written in one transaction.
	interactionBatch = 10_000
	// clockSkew is how far ahead of ours another system's clock may be.
	clockSkew = 5 * time.Minute
)

// importInteractions reads the table twice: first to find its faults and what it covers,
// then to write it, in batches and with bounded memory.
func (m *Importer) importInteractions(ctx context.Context, table io.ReadSeeker, o Options) (Report, error) {
	if err := o.checkSpan(); err != nil {
		return Report{}, err
	}
	report := Report{Kind: Interactions, DryRun: o.DryRun, Problems: []Fault{}}
	found := chatLog{talks: make(map[talk]bool), rising: true, falling: true}
	policy, err := m.Policies.At(ctx, o.At)
	if err != nil {
		return report, fmt.Errorf("reading the policy: %w", err)
	}
	reader := newMessageReader(policy.WeChat.Keywords, policy.Version, o.At)
	err = eachRow(ctx, Interactions, table, &report, o, func(r *row) error {
		x := reader.read(r)
		found.follow(x.Time)
		if len(r.problems) == 0 {
			found.add(x)
		}
		return nil
	})
	if err != nil {
		return report, err
	}
	if len(report.Problems) > 0 && !o.Partial {
		return report, &BadTableError{Problems: report.Problems}
	}
	coverage, err := m.coverage(ctx, found, &report, o)
	if err != nil {
		return report, err
	}
	if o.DryRun {
		report.Created = found.good
		return report, nil
	}
	w := &messageWriter{log: m.Interactions, at: o.At, report: &report, deals: make(map[string]bool)}
	ids := messageIDs{same: make(map[[16]byte]uint32), ordered: found.rising || found.falling}
	err = eachRow(ctx, Interactions, table, &Report{}, o, func(r *row) error {
		x := reader.read(r)
		x.ID = ids.of(x)
		if len(r.problems) > 0 {
			return nil
		}
		return w.add(ctx, x)
	})
	if err == nil {
		// What a table covers is kept with the last of its messages: were it known before
		// them, a score in between would take those to come for silence.
		err = w.write(ctx, w.batch, coverage)
	}
	report.DealsChanged = slices.Sorted(maps.Keys(w.deals))
	return report, err
}

// messageReader reads rows of a chat log. What a message says ends here: only how often
// the policy's keywords occur in it goes on.
type messageReader struct {
	keywords *signals.KeywordCounter
	version  int
	at       time.Time
}

func newMessageReader(groups []signals.KeywordGroup, version int, at time.Time) *messageReader {
	return &messageReader{signals.NewKeywordCounter(groups), version, at}
}

func (m *messageReader) read(r *row) signals.Interaction {
	text := r.cell("text")
	x := signals.Interaction{Source: interactionSource, DealID: r.shortID("deal_id"), Kind: kindOf(r), RecordedAt: m.at}
	if f := r.heading.format; f != nil && f.kinds != nil && x.Kind != "text" {
		x.Duration = voiceDuration(text) // what else stands there is XML of the program, said by nobody
		text = ""
	}
	x.Length = utf8.RuneCountInString(text)
	m.readSides(r, &x)
	if cell := r.needed("time"); cell != "" {
		t, err := parseTime(cell)
		switch {
		case err != nil:
			r.problem("time", err.Error())
		case t.After(m.at.Add(clockSkew)):
			r.problem("time", "this time has not come yet")
		}
		x.Time = t
	}
	duration, err := parseDuration(r.cell("duration"))
	if err != nil {
		r.problem("duration", err.Error())
	}
	x.Duration = max(x.Duration, duration)
	if text != "" {
		x.Keywords, x.KeywordVersion = m.keywords.Count(text), m.version
	}
	return x
}

// readSides reads whom a message is with, and who wrote it.
func (m *messageReader) readSides(r *row, x *signals.Interaction) {
	if f := r.heading.format; f != nil && f.sides {
		x.ContactID, x.Direction = sidesOf(r)
		return
	}
	if r.cell("contact_id") == "" {
		r.needed("contact_id")
	}
	x.ContactID, x.Direction = r.shortID("contact_id"), directionOf(r)
}

// directionOf reads who wrote. The cell itself is not repeated in a fault: where columns
// are mixed up it may hold a message.
func directionOf(r *row) signals.Direction {
	cell := strings.ToLower(r.needed("direction"))
	if f := r.heading.format; f != nil && f.sent && f.direction(cell) != "" {
		return f.direction(cell)
	}
	switch cell {
	case "in", "收", "接收", "收到", "来", "客户", "呼入", "来电", "received", "inbound":
		return signals.DirectionIn
	case "out", "发", "发送", "发出", "去", "销售", "呼出", "外呼", "去电", "sent", "outbound":
		return signals.DirectionOut
	case "":
	default:
		r.problem("direction", "write in (收) for what the contact wrote, out (发) for what the sales person wrote")
	}
	return ""
}

// kindOf is the kind of a message, text where the table does not say.
// Only words may be one: where columns are mixed up the cell may hold a message.
func kindOf(r *row) string {
	cell := strings.ToLower(r.cell("kind"))
	if f := r.heading.format; f != nil && f.kinds != nil {
		return f.kind(cell)
	}
	switch cell {
	case "", "文本", "文字":
		return "text"
	case "语音":
		return "voice"
	case "通话", "电话", "语音通话", "视频通话":
		return "call"
	case "图片":
		return "image"
	case "文件":
		return "file"
	case "表情":
		return "emotion"
	case "视频":
		return "video"
	case "链接":
		return "link"
	}
	if !kindWord.MatchString(cell) {
		r.problem("kind", "write text, voice, call, image, file or another English word")
		return ""
	}
	return cell
}

var kindWord = regexp.MustCompile(`^[a-z][a-z_]{0,19}$`)

// shortID is a cell that names a record.
func (r *row) shortID(key string) string {
	id := r.cell(key)
	if len(id) > signals.MaxID {
		r.problem(key, longID)
		return ""
	}
	return id
}

// messageIDs names the messages of one table.
type messageIDs struct {
	same    map[[16]byte]uint32 // how often a message of the very same parts came before
	ordered bool                // by time: then equal ones stand together, and the others can be forgotten
	last    time.Time
}

// of names a message by its parts, so that the same table imported again adds nothing.
// What it says is no part, for a hash of few words can be guessed back; messages that are
// equal otherwise are told apart by their order.
func (m *messageIDs) of(x signals.Interaction) string {
	if m.ordered && !x.Time.Equal(m.last) {
		clear(m.same)
		m.last = x.Time
	}
	parts := fmt.Appendf(nil, "%d %q %q %q %q %d %d", x.Time.UnixNano(), x.DealID, x.ContactID, x.Direction, x.Kind, x.Length, x.Duration)
	sum := sha256.Sum256(parts)
	short := [16]byte(sum[:16])
	n := m.same[short]
	m.same[short] = n + 1
	if n > 0 {
		sum = sha256.Sum256(fmt.Appendf(parts, " %d", n))
	}
	// Ids that begin with the time lie side by side in the store, as a chat log does.
	return fmt.Sprintf("%016x%s", uint64(x.Time.UnixNano()), hex.EncodeToString(sum[:8]))
}

// messageWriter writes interactions in batches.
type messageWriter struct {
	log    InteractionLog
	at     time.Time
	report *Report
	deals  map[string]bool
	batch  []signals.Interaction
}

func (w *messageWriter) add(ctx context.Context, x signals.Interaction) error {
	w.batch = append(w.batch, x)
	if len(w.batch) < interactionBatch {
		return nil
	}
	return w.flush(ctx)
}

func (w *messageWriter) flush(ctx context.Context) error {
	err := w.write(ctx, w.batch, nil)
	w.batch = w.batch[:0]
	return err
}

func (w *messageWriter) write(ctx context.Context, batch []signals.Interaction, coverage []signals.Coverage) error {
	if len(batch) == 0 && len(coverage) == 0 {
		return nil
	}
	var added store.Added
	added, err := w.log.Add(ctx, interactionSource, batch, coverage, w.at)
	if err != nil {
		return fmt.Errorf("keeping %d interactions: %w", len(batch), err)
	}
	w.report.Created += added.New
	w.report.Unchanged += added.Known
	w.report.Unmapped += added.Unmapped
	for _, id := range added.Deals {
		w.deals[id] = true
	}
	return nil
}

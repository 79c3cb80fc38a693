package signals

import (
	"maps"
	"slices"
	"strconv"
	"time"
)

// replyWithin is how long after one of our messages a contact's message still answers it.
const replyWithin = 72 * time.Hour

// talk is what was said in a window, by contact and day.
type talk struct {
	days       []talkDay // by day, then contact
	messages   map[Direction]int
	keywords   map[Direction]int64 // weighted, in thousandths: whole numbers add up the same in any order
	unanswered int                 // of ours, no answer within replyWithin
	capped     int                 // beyond the daily cap
	slight     int                 // stickers and one-word messages
	night      int
	replies    []time.Duration // of the contacts
	lastIn     time.Time
}

// talkDay is one contact's day in Shanghai.
type talkDay struct {
	day      Date
	contact  string
	in       float64 // weight of the contact's messages
	answered float64 // weight of ours that the contact answered, at most as much as the answers
	countIn  int
	countOut int
	slight   int
	newest   time.Time // of the contact's messages
}

// listen weighs the messages of the window. Each contact's stand by themselves.
func listen(h WeChatHistory, r WeChatRules, asOf time.Time) talk {
	from := asOf.Add(-days(r.WindowDays))
	t := talk{messages: make(map[Direction]int), keywords: make(map[Direction]int64)}
	weights := keywordWeights(r.Keywords)
	byContact := make(map[string][]*Interaction) // pointers: a chat may have a million
	for n := range h.Interactions {
		if i := &h.Interactions[n]; i.Time.After(from) && !i.Time.After(asOf) && human(*i) {
			byContact[i.ContactID] = append(byContact[i.ContactID], i)
		}
	}
	for _, contact := range slices.Sorted(maps.Keys(byContact)) {
		t.hear(contact, byContact[contact], r, weights)
	}
	slices.SortStableFunc(t.days, func(a, b talkDay) int { return a.day.Start().Compare(b.day.Start()) })
	return t
}

// hear follows one contact's messages, oldest first. A message of ours counts once the
// contact answers, and never for more than the answer: who writes into silence heats
// nothing (DESIGN §4, "WeChat").
func (t *talk) hear(contact string, messages []*Interaction, r WeChatRules, weights map[string]int64) {
	var waiting unanswered
	var today *talkDay
	var left map[Direction]float64
	for _, m := range messages {
		if day := DateOf(m.Time.In(Shanghai)); today == nil || today.day != day {
			t.days = append(t.days, talkDay{day: day, contact: contact})
			today = &t.days[len(t.days)-1]
			left = map[Direction]float64{DirectionIn: float64(r.DailyCap), DirectionOut: float64(r.DailyCap)}
		}
		w := t.weigh(*m, today, left, weights)
		if m.Direction == DirectionOut {
			today.countOut++
			waiting = append(waiting, waitingMessage{at: m.Time, weight: w})
			continue
		}
		today.countIn++
		today.in += w
		today.newest = m.Time
		t.lastIn = later(t.lastIn, m.Time)
		today.answered += t.answer(&waiting, m.Time, w)
	}
	for _, w := range waiting {
		if !w.replied {
			t.unanswered++
		}
	}
}

// weigh counts a message, and returns its weight as far as the day's cap leaves room.
func (t *talk) weigh(m Interaction, today *talkDay, left map[Direction]float64, weights map[string]int64) float64 {
	t.messages[m.Direction]++
	for word, n := range m.Keywords {
		t.keywords[m.Direction] += weights[word] * int64(min(n, maxRepeats))
	}
	w := contentWeight(m)
	if w < 1 {
		t.slight++
		today.slight++
	}
	if atNight(m.Time) {
		t.night++
		w *= nightWeight
	}
	if w > left[m.Direction] {
		t.capped++
		w = left[m.Direction]
	}
	left[m.Direction] -= w
	return w
}

// waitingMessage is one of ours that the contact has not answered yet.
type waitingMessage struct {
	at      time.Time
	weight  float64
	replied bool // in part
}

type unanswered []waitingMessage

// answer lets a contact's message of a weight answer ours that wait, oldest first, and
// returns the weight of what it answered. What it leaves, the next may answer; what waited
// too long is answered by none.
func (t *talk) answer(waiting *unanswered, at time.Time, weight float64) float64 {
	still := (*waiting)[:0]
	room, first := weight, true
	for _, w := range *waiting {
		if at.Sub(w.at) > replyWithin {
			if !w.replied {
				t.unanswered++
			}
			continue
		}
		if first && !w.replied {
			t.replies = append(t.replies, at.Sub(w.at))
		}
		first, w.replied = false, true
		used := min(room, w.weight)
		room, w.weight = room-used, w.weight-used
		if w.weight > 0 {
			still = append(still, w)
		}
	}
	*waiting = still
	return weight - room
}

// density is the weighted keywords in 100 messages of one side.
func (t talk) density(side Direction) float64 {
	if t.messages[side] == 0 {
		return 0
	}
	return 100 * float64(t.keywords[side]) / 1000 / float64(t.messages[side])
}

func (t talk) distinctDays() int {
	seen := make(map[Date]bool)
	for _, d := range t.days {
		if d.in > 0 {
			seen[d.day] = true
		}
	}
	return len(seen)
}

func (t talk) medianReply() (time.Duration, bool) {
	if len(t.replies) == 0 {
		return 0, false
	}
	sorted := slices.Sorted(slices.Values(t.replies))
	return sorted[len(sorted)/2], true
}

// refs shows one line a contact and day, newest first: single messages say nothing without
// their text, which is not kept.
func (t talk) refs(asOf time.Time) []SignalRef {
	refs := make([]SignalRef, 0, len(t.days))
	for _, d := range slices.Backward(t.days) {
		refs = append(refs, SignalRef{
			Kind: "interaction", ID: d.contact + "/" + d.day.String(), Date: &d.day,
			Counted: d.in > 0, Why: Reason{Code: d.why(), Facts: map[string]string{
				"in": strconv.Itoa(d.countIn), "out": strconv.Itoa(d.countOut), "contact": d.contact,
			}},
		})
	}
	return refs
}

func (d talkDay) why() string {
	switch {
	case d.countIn == 0:
		return WhyUnanswered
	case d.slight == d.countIn+d.countOut:
		return WhySlight
	case d.answered > 0:
		return WhyExchange
	}
	return WhyContactWrote
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

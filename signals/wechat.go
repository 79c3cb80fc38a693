package signals

import (
	"math"
	"strconv"
	"time"
)

// MeasureWeChat is the heat of the contact between the sales person and the key contacts in
// the window before an instant: about the number of days on which they talked, recent days
// weighing more, long talks weighing somewhat more (DESIGN §4, "WeChat").
//
// The sum is not divided by the window: the policy's curve says what is much. A contact's day
// with one answered message weighs 1 and at most the root of the daily cap (4.5 with 20), each
// contact counts by itself, and keywords lift by max_lift at most. One contact who is talked
// with to the cap on each of 30 days comes to 72 with a half-life of 14 days, 93 with the lift.
func MeasureWeChat(h WeChatHistory, r WeChatRules, asOf time.Time) Measure {
	h = h.until(asOf.Add(-r.Reach()), asOf)
	m := weChatAt(h, r, asOf)
	if before := weChatAt(h, r, asOf.Add(-days(r.WindowDays))); before.Status == StatusOK && !before.AtLeast {
		m.Previous = before.Value
	}
	return m
}

func weChatAt(h WeChatHistory, r WeChatRules, asOf time.Time) Measure {
	m := Measure{Factor: FactorWeChat}
	c := coverageOf(h, r, asOf)
	m.Status, m.Reason, m.AtLeast, m.MeasuredAt = c.status(r, asOf)
	talk := listen(h, r, asOf)
	m.Signals = talk.refs(asOf)
	if m.Status != StatusOK {
		return m
	}
	value := round(talk.heat(r, asOf), 3)
	then := value
	if m.MeasuredAt.Before(asOf) {
		then = round(listen(h, r, *m.MeasuredAt).heat(r, *m.MeasuredAt), 3)
	}
	m.Value, m.Then = &value, &then
	for name, fact := range talk.facts() {
		m.Reason.Facts[name] = fact
	}
	return m
}

// heat sums the talk of each contact and day, lifted by what the contacts speak of.
func (t talk) heat(r WeChatRules, asOf time.Time) float64 {
	sum := 0.0
	for _, d := range t.days {
		sum += d.weight() * decay(asOf.Sub(d.newest), r.HalfLifeDays)
	}
	return sum * (1 + r.MaxLift*saturation(t.density(DirectionIn)))
}

// weight is what one contact's day is worth. The root makes ten messages on each of five
// days worth far more than fifty on one.
func (d talkDay) weight() float64 { return math.Sqrt((d.in + d.answered) / 2) }

// decay is the weight of something of an age.
func decay(age time.Duration, halfLifeDays float64) float64 {
	if halfLifeDays <= 0 {
		return 1
	}
	return math.Exp2(-age.Hours() / 24 / halfLifeDays)
}

// fullDensity is how many weighted keywords in 100 messages of the contact lift the heat as
// far as it goes. Business talk has them in about every second message.
const fullDensity = 50

// saturation makes a share of 0 to 1 of a density in keywords per 100 messages.
func saturation(density float64) float64 { return math.Min(1, density/fullDensity) }

// facts are the numbers beside the heat: each side apart, and what was held down.
func (t talk) facts() map[string]string {
	facts := map[string]string{
		"messages_in": strconv.Itoa(t.messages[DirectionIn]), "messages_out": strconv.Itoa(t.messages[DirectionOut]),
		"days":           strconv.Itoa(t.distinctDays()),
		"keywords_in":    decimalText(t.density(DirectionIn)),
		"keywords_out":   decimalText(t.density(DirectionOut)),
		"unanswered_out": strconv.Itoa(t.unanswered),
		"capped":         strconv.Itoa(t.capped),
		"slight":         strconv.Itoa(t.slight),
		"night":          strconv.Itoa(t.night),
	}
	if out := t.messages[DirectionOut]; out > 0 {
		facts["reply_share"] = decimalText(100*float64(out-t.unanswered)/float64(out)) + "%"
	}
	if share, known := t.concentration(); known {
		facts["busiest_contact"] = decimalText(100*share) + "%"
	}
	if reply, known := t.medianReply(); known {
		facts["median_reply_minutes"] = strconv.Itoa(int(reply.Minutes()))
	}
	if !t.lastIn.IsZero() {
		facts["last_in"] = stamp(t.lastIn)
	}
	return facts
}

// concentration is the busiest contact's share of what the contacts wrote: where it is all,
// the relationship hangs on one person.
func (t talk) concentration() (float64, bool) {
	byContact := make(map[string]int)
	most, all := 0, 0
	for _, d := range t.days {
		byContact[d.contact] += d.countIn
		most = max(most, byContact[d.contact])
		all += d.countIn
	}
	return float64(most) / float64(max(all, 1)), all > 0
}

func decimalText(x float64) string { return strconv.FormatFloat(round(x, 1), 'f', -1, 64) }

func round(x float64, digits int) float64 {
	scale := math.Pow10(digits)
	return math.Round(x*scale) / scale
}

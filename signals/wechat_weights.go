package signals

import (
	"math"
	"time"
)

const (
	stickerWeight = 0.1  // stickers and reactions: no work to send
	wordWeight    = 0.25 // "好的", "嗯", "ok"
	nightWeight   = 0.25 // few people are reached at that hour
	wordLength    = 3    // characters up to which a text is one word
	maxRepeats    = 3    // occurrences of one keyword that count in one message
	minutesPerMsg = 2    // minutes of a call or voice message that say as much as a text
	maxCallWeight = 5
	nightFrom     = 23 // o'clock in Shanghai
	nightTo       = 7
)

// human tells whether a message is something that a person said, and not an event of the
// chat: consents, switches of the archive, messages taken back.
func human(i Interaction) bool {
	switch i.Kind {
	case "revoke", "recall", "agree", "disagree", "switch", "system":
		return false
	}
	return i.Direction == DirectionIn || i.Direction == DirectionOut
}

// contentWeight is how much a message says by its kind and length, 1 being a written
// sentence. What costs nothing to send says little, so that nobody warms a deal by it.
func contentWeight(i Interaction) float64 {
	switch i.Kind {
	case "emotion", "sticker", "redpacket", "external_redpacket", "card":
		return stickerWeight
	case "call", "voice", "meeting_voice_call", "voip", "voiptext", "meeting":
		return callWeight(time.Duration(i.Duration))
	case "text", "":
		if i.Length <= wordLength {
			return wordWeight
		}
	}
	return 1
}

// callWeight is a call's or voice message's: one that nobody took says nothing.
func callWeight(took time.Duration) float64 {
	if took <= 0 {
		return stickerWeight
	}
	return math.Min(maxCallWeight, math.Max(wordWeight, took.Minutes()/minutesPerMsg))
}

func atNight(t time.Time) bool {
	hour := t.In(Shanghai).Hour()
	return hour >= nightFrom || hour < nightTo
}

// keywordWeights is the weight of each word in thousandths. A word in several groups weighs
// as in the heaviest. A group's name weighs as its words: sources that count without
// showing us the text name the group.
func keywordWeights(groups []KeywordGroup) map[string]int64 {
	weights := make(map[string]int64)
	for _, g := range groups {
		weights[g.Name] = max(weights[g.Name], int64(math.Round(g.Weight*1000)))
		for _, word := range g.Words {
			weights[word] = max(weights[word], int64(math.Round(g.Weight*1000)))
		}
	}
	return weights
}

package scorer_test

import (
	"testing"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
)

func TestTalkReachIsThatOfTheLongestSegment(t *testing.T) {
	const day = 24 * time.Hour
	p := scorer.DefaultPolicy()
	if reach := p.TalkReach(); reach != 67*day {
		t.Errorf("two windows of 30 days and a sync of 7 reach %v", reach)
	}
	long := 90
	p.Segments = []scorer.Segment{{Name: "slow", Factors: map[signals.Factor]scorer.FactorOverride{signals.FactorWeChat: {WindowDays: &long}}}}
	if reach := p.TalkReach(); reach != 187*day {
		t.Errorf("with a segment of 90 days it reaches %v", reach)
	}
}

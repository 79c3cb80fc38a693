package desk

import (
	"testing"
	"time"

	"dealvitals/signals"
)

func TestATargetSaysWhatToDo(t *testing.T) {
	end := time.Date(2026, 11, 24, 9, 0, 0, 0, signals.Shanghai)
	tests := map[string]struct {
		kind  signals.Kind
		state signals.TargetState
		run   signals.Run
		want  Advice
	}{
		"all is well":                    {signals.KindTender, signals.TargetActive, signals.Run{Complete: true}, Advice{}},
		"it changed":                     {signals.KindHiring, signals.TargetDrifted, signals.Run{Complete: true}, driftAdvice},
		"a long list of notices":         {signals.KindTender, signals.TargetActive, signals.Run{Truncated: "page_limit"}, unfinishedAdvice},
		"a long list of jobs":            {signals.KindHiring, signals.TargetActive, signals.Run{Truncated: "page_limit"}, incompleteAdvice},
		"a list that leads back":         {signals.KindTender, signals.TargetActive, signals.Run{Truncated: "loop"}, incompleteAdvice},
		"details that were not read":     {signals.KindTender, signals.TargetActive, signals.Run{Complete: true, Unread: &signals.Unread{Notices: 3, Doubtful: 2}}, unreadAdvice},
		"details that nobody waits for":  {signals.KindTender, signals.TargetActive, signals.Run{Complete: true, Unread: &signals.Unread{Notices: 3}}, Advice{}},
		"observed for less than 30 days": {signals.KindHiring, signals.TargetWarming, signals.Run{Complete: true}, warmingAdvice},
	}
	if got := AdviceOn(TargetView{State: signals.TargetWarming}); got != uncrawledAdvice {
		t.Errorf("never crawled: %+v", got)
	}
	if got := AdviceOn(TargetView{State: signals.TargetPaused}); got != (Advice{}) {
		t.Errorf("paused before it was crawled: %+v", got)
	}
	for name, test := range tests {
		run := test.run
		run.FinishedAt, run.Outcome = end, signals.OutcomeOK
		view := TargetView{Target: signals.Target{Kind: test.kind}, State: test.state, LastRun: &run}
		if got := AdviceOn(view); got != test.want {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
	}
}

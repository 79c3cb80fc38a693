package bolt

import (
	"context"
	"time"

	"dealvitals/store"

	"go.etcd.io/bbolt"
)

// alarmKey is where the condition is kept that was told of last. It stands among the marks.
func alarmKey(a store.Alarm) key {
	return key{}.text("\x01alarms").text(string(a.Type)).text(a.Report.TargetID)
}

// TellAlarms adds an event for each alarm whose condition was not told of before, and says
// how many there were.
func (e *Events) TellAlarms(ctx context.Context, alarms []store.Alarm, at time.Time) (told int, err error) {
	var untold []store.Alarm
	err = e.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		for _, a := range alarms {
			if !toldOf(tx, a) {
				untold = append(untold, a)
			}
		}
		return nil
	})
	if err != nil || len(untold) == 0 {
		return 0, err
	}
	err = e.db.write(ctx, at, func(tx *bbolt.Tx, at time.Time) error {
		told = 0
		for _, a := range untold {
			if toldOf(tx, a) {
				continue
			}
			if err := appendOther(tx, a.Type, at, "target "+a.Report.TargetID, a.Report); err != nil {
				return err
			}
			if err := bucketMarks.in(tx).Put(alarmKey(a), key{}.instant(instantOf(a.Of))); err != nil {
				return err
			}
			told++
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return told, nil
}

func toldOf(tx *bbolt.Tx, a store.Alarm) bool {
	v := bucketMarks.in(tx).Get(alarmKey(a))
	return len(v) == 8 && readInstant(v) == instantOf(a.Of)
}

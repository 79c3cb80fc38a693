package bolt

import (
	"encoding/json"
	"fmt"
	"slices"

	"dealvitals/store"

	"go.etcd.io/bbolt"
)

// deliveryRow is a delivery as it is kept.
type deliveryRow struct {
	store.Delivery
	Queued bool `json:"queued,omitempty"` // it has an entry in bucketDue, at its time
}

// lane is the way that a lane's deliveries take.
type lane struct {
	tx       *bbolt.Tx
	endpoint key
	name     string
}

func (l lane) prefix() key { return l.endpoint.text(l.name) }

func (l lane) get(seq uint64) (deliveryRow, bool, error) {
	return readDelivery(bucketDeliveries.in(l.tx).Get(l.prefix().number(seq)))
}

func (l lane) put(row deliveryRow) error {
	return putJSON(l.tx, bucketDeliveries, l.prefix().number(row.Seq), row)
}

func (l lane) due(row deliveryRow) key {
	return l.endpoint.instant(instantOf(row.Next)).number(row.Seq)
}

// queue makes a row's entry among those due, or takes it away.
func (l lane) queue(row deliveryRow, queued bool) error {
	if row.Queued == queued {
		return nil
	}
	row.Queued = queued
	if err := l.put(row); err != nil {
		return err
	}
	if queued {
		return bucketDue.in(l.tx).Put(l.due(row), []byte(l.name))
	}
	return bucketDue.in(l.tx).Delete(l.due(row))
}

// remove takes a delivery out of its lane.
func (l lane) remove(row deliveryRow) error {
	if row.Queued {
		if err := bucketDue.in(l.tx).Delete(l.due(row)); err != nil {
			return err
		}
	}
	return bucketDeliveries.in(l.tx).Delete(l.prefix().number(row.Seq))
}

// promote gives the first of the lane, and only it, an entry among those due.
func (l lane) promote() error {
	var rows []deliveryRow
	err := scan(bucketDeliveries.in(l.tx), l.prefix(), func(_, v []byte) error {
		row, _, err := readDelivery(v)
		if err != nil {
			return err
		}
		rows = append(rows, row)
		if len(rows) == 2 {
			return errEnough
		}
		return nil
	})
	if err != nil && err != errEnough {
		return err
	}
	for i := range slices.Backward(rows) {
		if err := l.queue(rows[i], i == 0); err != nil {
			return err
		}
	}
	return nil
}

func readDelivery(v []byte) (deliveryRow, bool, error) {
	var row deliveryRow
	if v == nil {
		return row, false, nil
	}
	if err := json.Unmarshal(v, &row); err != nil {
		return row, false, fmt.Errorf("reading a delivery: %w", err)
	}
	return row, true, nil
}

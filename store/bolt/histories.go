package bolt

import (
	"context"
	"time"

	"dealvitals/signals"
	"dealvitals/store"

	"go.etcd.io/bbolt"
)

// historyPage is how many deals are read in one transaction.
const historyPage = 100

// Histories reads all that was known of deals at an instant.
type Histories struct{ db *DB }

// Deal reads all that was known of a deal at an instant, the zero time meaning the newest.
func (h *Histories) Deal(ctx context.Context, dealID string, asOf time.Time) (signals.History, error) {
	return h.DealWithin(ctx, dealID, asOf, wechatReach)
}

// DealWithin is Deal without messages that are older than so long: a chat may have a million.
func (h *Histories) DealWithin(ctx context.Context, dealID string, asOf time.Time, talk time.Duration) (signals.History, error) {
	var history signals.History
	found := false
	err := h.EachWithin(ctx, []string{dealID}, asOf, talk, func(h signals.History) error {
		history, found = h, true
		return nil
	})
	if err == nil && !found {
		err = store.ErrNotFound
	}
	return history, err
}

// Each calls fn with all that was known of each deal at an instant, in the order of the
// ids. A deal that was not known then is left out. Histories of deals with the same
// customer or the same tender sites share their slices: fn must not change them.
func (h *Histories) Each(ctx context.Context, dealIDs []string, asOf time.Time, fn func(signals.History) error) error {
	return h.EachWithin(ctx, dealIDs, asOf, wechatReach, fn)
}

// EachWithin is Each without messages that are older than so long.
func (h *Histories) EachWithin(ctx context.Context, dealIDs []string, asOf time.Time, talk time.Duration, fn func(signals.History) error) error {
	r := newHistoryReader(asOfInstant(asOf))
	r.talkReach = min(talk, wechatReach)
	for start := 0; start < len(dealIDs); start += historyPage {
		page := dealIDs[start:min(start+historyPage, len(dealIDs))]
		var histories []signals.History
		err := h.db.read(ctx, asOf, func(tx *bbolt.Tx) error {
			var err error
			r.tx = tx
			histories, err = r.deals(page)
			return err
		})
		if err != nil {
			return err
		}
		for _, history := range histories {
			if err := fn(history); err != nil {
				return err
			}
		}
	}
	return nil
}

// historyReader reads histories as of one instant. What it read of customers and targets
// it keeps from transaction to transaction, for what was known at an instant stays.
type historyReader struct {
	tx        *bbolt.Tx
	asOf      instant
	talkReach time.Duration // how far back messages are read
	customers map[string]customerHistory
	targets   map[string]targetRuns
	sources   []signals.TargetHistory // tender sites
	sourced   bool
}

// customerHistory is what all deals of a customer share.
type customerHistory struct {
	customer signals.Customer
	hiring   []signals.TargetHistory
	notices  []signals.MatchedNotice
	sources  []signals.TargetHistory // tender sites
}

// targetRuns is a target with its runs.
type targetRuns struct {
	target signals.Target
	runs   *runTable
	known  bool
}

func newHistoryReader(asOf instant) *historyReader {
	return &historyReader{asOf: asOf, customers: make(map[string]customerHistory), targets: make(map[string]targetRuns)}
}

func (r *historyReader) deals(ids []string) ([]signals.History, error) {
	var histories []signals.History
	for _, id := range ids {
		deal, ok, err := dealTable(nil).at(r.tx, key{}.text(id), r.asOf)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		history, err := r.history(deal)
		if err != nil {
			return nil, err
		}
		histories = append(histories, history)
	}
	return histories, nil
}

func (r *historyReader) history(deal signals.Deal) (signals.History, error) {
	of, err := r.customer(deal.CustomerID)
	if err != nil {
		return signals.History{}, err
	}
	wechat, err := r.wechat(deal)
	if err != nil {
		return signals.History{}, err
	}
	return signals.History{
		Deal: deal, Customer: of.customer,
		Hiring: signals.HiringHistory{Targets: of.hiring},
		Tender: signals.TenderHistory{Customer: of.customer, Sources: of.sources, Notices: of.notices},
		WeChat: wechat,
	}, nil
}

// customer reads what all deals of a customer share. Of a customer that was not known
// nothing was.
func (r *historyReader) customer(id string) (customerHistory, error) {
	if h, ok := r.customers[id]; ok {
		return h, nil
	}
	var h customerHistory
	customer, ok, err := customerTable(nil).at(r.tx, key{}.text(id), r.asOf)
	if err != nil {
		return h, err
	}
	if ok {
		h.customer = customer
		if h.hiring, err = r.hiring(id); err != nil {
			return h, err
		}
		if h.notices, err = r.notices(id); err != nil {
			return h, err
		}
	}
	if h.sources, err = r.searchSources(customer); err != nil {
		return h, err
	}
	r.customers[id] = h
	return h, nil
}

// hiring reads the hiring targets of a customer with their postings.
func (r *historyReader) hiring(customerID string) ([]signals.TargetHistory, error) {
	var histories []signals.TargetHistory
	err := r.targetsOf(customerID, signals.KindHiring, func(t targetRuns) error {
		postings, err := readPostings(r.tx, t.target.ID, t.runs)
		histories = append(histories, signals.TargetHistory{Target: t.target, Runs: t.runs.summaries, Postings: postings})
		return err
	})
	return histories, err
}

// tenderSources reads the tender sites. A site of one customer's own is one, too.
func (r *historyReader) tenderSources() ([]signals.TargetHistory, error) {
	if r.sourced {
		return r.sources, nil
	}
	err := r.targetsOf("", signals.KindTender, func(t targetRuns) error {
		r.sources = append(r.sources, signals.TargetHistory{Target: t.target, Runs: t.runs.summaries})
		return nil
	})
	r.sourced = err == nil
	return r.sources, err
}

// targetsOf calls fn for the targets of a kind that a customer had, in the order of their
// ids.
func (r *historyReader) targetsOf(customerID string, kind signals.Kind, fn func(targetRuns) error) error {
	prefix := key{}.text(customerID)
	return scan(bucketTargetsByParty.in(r.tx), prefix, func(k, _ []byte) error {
		t, err := r.target(lastText(k, prefix))
		if err != nil || !t.known || t.target.CustomerID != customerID || t.target.Kind != kind {
			return err
		}
		return fn(t)
	})
}

// target reads a target with the runs that were known.
func (r *historyReader) target(id string) (targetRuns, error) {
	if t, ok := r.targets[id]; ok {
		return t, nil
	}
	target, ok, err := targetTable(nil).at(r.tx, key{}.text(id), r.asOf)
	if err != nil {
		return targetRuns{}, err
	}
	runs, err := readRunTable(r.tx, id, r.asOf)
	if err != nil {
		return targetRuns{}, err
	}
	t := targetRuns{target: target, runs: &runs, known: ok}
	r.targets[id] = t
	return t, nil
}

// notices reads the notices of a customer, each with the match that held.
func (r *historyReader) notices(customerID string) ([]signals.MatchedNotice, error) {
	var notices []signals.MatchedNotice
	prefix := key{}.text(customerID)
	err := scan(bucketMatchesByParty.in(r.tx), prefix, func(k, _ []byte) error {
		noticeKey := key(k[len(prefix):])
		match, _, ok, err := newestMatch(r.tx, noticeKey.text(customerID), r.asOf)
		if err != nil || !ok {
			return err
		}
		notice, ok, err := readNoticeWith(r.tx, noticeKey, r.asOf, r.starts)
		if err != nil || !ok {
			return err
		}
		notices = append(notices, signals.MatchedNotice{Notice: notice, Match: match})
		return nil
	})
	return notices, err
}

// starts looks runs up in the runs of a target that were read already.
func (r *historyReader) starts(targetID string) (starts, error) {
	t, err := r.target(targetID)
	if err != nil {
		return nil, err
	}
	return func(n uint64) (time.Time, bool, error) {
		if !t.runs.known(n) {
			return time.Time{}, false, nil
		}
		return t.runs.start(n), true, nil
	}, nil
}

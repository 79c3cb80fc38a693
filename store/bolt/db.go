package bolt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"dealvitals/secrets"
	"dealvitals/store"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// DB is one open file. It may be used by many goroutines.
type DB struct {
	Customers    *Customers
	Deals        *Deals
	Contacts     *Contacts
	Targets      *Targets
	Runs         *Runs
	Notices      *Notices
	Interactions *Interactions
	Histories    *Histories
	Policies     *Policies
	Verdicts     *Verdicts
	Periods      *Periods
	Outcomes     *Outcomes
	Audit        *Audit
	Keys         *Keys
	Marks        *Marks
	Replies      *Replies
	Events       *Events
	Endpoints    *Endpoints
	Deliveries   *Deliveries

	file      *bbolt.DB
	path      string
	clock     func() time.Time
	note      lockNote
	secrets   *secrets.Keyring
	writer    chan struct{} // holds one token while a write transaction is under way
	horizon   horizon
	standings standings
	guard     *clockGuard           // nil where the clock is not watched
	failed    atomic.Pointer[error] // why the newest write could not be committed
	written   chan struct{}         // has a token when something was committed
}

// Options are how a file is opened. The zero value is for a program at work.
type Options struct {
	Clock    func() time.Time // time.Now unless given
	LockWait time.Duration    // how long to wait for a file that another process holds
	ReadOnly bool             // several processes may read at the same time
	NoSync   bool             // do not wait for the disk: for tests and demonstrations only
	// MaxSize is the most bytes that the file may take, 0 for no limit. A write that would
	// pass it fails as on a full disk.
	MaxSize int
	// WatchClock refuses writes (store.ClockError) while the machine's clock is not to be
	// believed: behind the newest that is kept, or after a leap ahead.
	WatchClock bool
	// Elapsed counts time that nobody sets, for WatchClock; the machine's own unless given.
	Elapsed func() time.Duration
	// ClockDoubt says, for WatchClock, why others do not believe the clock (store.ClockError),
	// nil while they do.
	ClockDoubt func(now time.Time) error
	// Secrets seals the secrets of targets; nil keeps none.
	Secrets *secrets.Keyring
}

// Open opens a file, makes it where there is none, and brings it up to date where an
// earlier version of the program wrote it.
func Open(path string, o Options) (*DB, error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	file, err := bbolt.Open(path, 0o600, &bbolt.Options{
		Timeout:      max(o.LockWait, 1), // 0 would wait for ever
		ReadOnly:     o.ReadOnly,
		NoSync:       o.NoSync,
		NoGrowSync:   o.NoSync,
		MaxSize:      o.MaxSize,
		FreelistType: bbolt.FreelistMapType,
	})
	if errors.Is(err, bolterrors.ErrTimeout) {
		return nil, &store.LockedError{Path: path, Holder: readLockNote(path)}
	}
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", path, err)
	}
	db := &DB{file: file, path: path, clock: o.Clock, secrets: o.Secrets, standings: standings{reading: make(chan struct{}, 1)}, writer: make(chan struct{}, 1), written: make(chan struct{}, 1)}
	db.connect()
	if err := db.prepare(o.ReadOnly); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if o.WatchClock && !o.ReadOnly {
		if o.Elapsed == nil {
			o.Elapsed = SinceBoot()
		}
		if err := db.watchClock(o.Elapsed, o.ClockDoubt); err != nil {
			return nil, errors.Join(err, db.Close())
		}
	}
	return db, nil
}

// prepare checks what the file holds and says that this process holds it.
func (db *DB) prepare(readOnly bool) error {
	if readOnly {
		return db.checkSchema()
	}
	if err := db.note.write(db.path); err != nil {
		return err
	}
	return db.migrate(migrations())
}

// connect gives each part of the store its way to the file.
func (db *DB) connect() {
	db.Customers = &Customers{table: customerTable(db)}
	db.Deals = &Deals{table: dealTable(db)}
	db.Deals.changed = db.standings.note
	db.Contacts = &Contacts{table: contactTable(db)}
	db.Targets = &Targets{table: targetTable(db)}
	db.Runs = &Runs{db}
	db.Notices = &Notices{db}
	db.Interactions = &Interactions{db}
	db.Histories = &Histories{db}
	db.Policies = &Policies{db: db}
	db.Verdicts = &Verdicts{db}
	db.Periods = &Periods{db}
	db.Outcomes = &Outcomes{table: outcomeTable(db)}
	db.Audit = &Audit{db}
	db.Outcomes.changed = db.standings.note
	db.Keys = &Keys{db}
	db.Marks = &Marks{db}
	db.Replies = &Replies{db}
	db.Events = &Events{db}
	db.Endpoints = &Endpoints{db}
	db.Deliveries = &Deliveries{db}
}

// Close waits for the transactions under way and closes the file.
func (db *DB) Close() error {
	ended := db.endAnswers()
	removed := db.note.remove()
	if err := db.file.Close(); err != nil {
		return fmt.Errorf("closing %s: %w", db.path, errors.Join(ended, err))
	}
	return errors.Join(ended, removed)
}

// Backup writes a consistent copy of the file as it is now. The program goes on working
// meanwhile.
func (db *DB) Backup(ctx context.Context, w io.Writer) error {
	return db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		if _, err := tx.WriteTo(w); err != nil {
			return fmt.Errorf("copying %s: %w", db.path, err)
		}
		return nil
	})
}

// Ready tells whether the file can be read, and whether the newest write succeeded: a
// program whose disk is full answers, but must not be trusted with more.
//
// It is not ready either while the clock is not to be believed.
func (db *DB) Ready(ctx context.Context) error {
	if err := db.guard.check(); err != nil {
		return err
	}
	if failed := db.failed.Load(); failed != nil {
		return fmt.Errorf("the newest write to %s failed: %w", db.path, *failed)
	}
	return db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		_, err := schemaOf(tx)
		return err
	})
}

// read runs fn in a read transaction that shows all that may be known as of an instant,
// the zero instant meaning the newest.
func (db *DB) read(ctx context.Context, asOf time.Time, fn func(tx *bbolt.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if !asOf.IsZero() && db.guard.check() == nil { // under a wrong clock, no answer binds what is written later
		if err := db.noteAnswer(ctx, asOf); err != nil {
			return err
		}
		if err := db.horizon.ask(ctx, asOf); err != nil {
			return err
		}
	}
	return db.file.View(fn)
}

// write runs fn in the one write transaction. Its stamp is at, or later where answers
// that were given must not change; the zero instant means now.
func (db *DB) write(ctx context.Context, at time.Time, fn func(tx *bbolt.Tx, at time.Time) error) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case db.writer <- struct{}{}:
	}
	defer func() { <-db.writer }()
	if err := db.guard.check(); err != nil {
		return err
	}
	if err := db.guard.settle(ctx); err != nil {
		return err
	}
	if at.IsZero() {
		at = db.clock()
	}
	if err := db.guard.refuseFuture(at); err != nil {
		return err
	}
	stamp := db.horizon.begin(at.UTC().Round(0))
	defer db.horizon.end()

	refused := false
	err := db.file.Update(func(tx *bbolt.Tx) error {
		err := fn(tx, stamp)
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = db.guard.note(tx, stamp)
		}
		refused = err != nil
		return err
	})
	if err == nil {
		db.failed.Store(nil)
		db.guard.wrote(stamp)
		db.tell()
		return nil
	}
	if refused {
		return err
	}
	err = fmt.Errorf("writing to %s: %w", db.path, noSpace(err))
	db.failed.Store(&err)
	return err
}

// tell wakes whoever waits for something to be written.
func (db *DB) tell() {
	select {
	case db.written <- struct{}{}:
	default: // it is to wake already
	}
}

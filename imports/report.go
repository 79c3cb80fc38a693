package imports

import (
	"fmt"
	"strings"
	"time"
)

// Fault is one thing that is wrong in a table.
type Fault struct {
	Line    int    `json:"line,omitempty"`    // the heading being line 1
	Column  string `json:"column,omitempty"`  // as its heading says
	Pointer string `json:"pointer,omitempty"` // where in a document that is no table
	Detail  string `json:"detail"`            // what is wrong, and what to do
}

func (f Fault) String() string {
	switch {
	case f.Line > 0 && f.Column != "":
		return fmt.Sprintf("line %d, column %s: %s", f.Line, f.Column, f.Detail)
	case f.Line > 0:
		return fmt.Sprintf("line %d: %s", f.Line, f.Detail)
	}
	return f.Detail
}

// Report says what an import wrote, or would have written.
type Report struct {
	Kind      string  `json:"kind"`
	Rows      int     `json:"rows"` // of the table without its heading
	Created   int     `json:"created"`
	Updated   int     `json:"updated"`
	Unchanged int     `json:"unchanged"`
	Unmapped  int     `json:"unmapped"`          // interactions whose deal or contact is not there yet
	Covered   int     `json:"covered,omitempty"` // pairs of deal and contact of which silence is proven in the span stated
	DryRun    bool    `json:"dry_run"`
	Problems  []Fault `json:"problems"` // bad rows that a partial import left out
	Warnings  []Fault `json:"warnings,omitempty"`

	// What has to be looked at again because of the import.
	CustomersChanged []string `json:"-"`
	DealsChanged     []string `json:"-"`
	TargetsChanged   bool     `json:"-"`
}

// BadTableError is a table of which nothing was written, because rows of it are bad.
type BadTableError struct {
	Problems []Fault
	Heading  bool // it is the heading that is wrong, so no row was read
}

func (e *BadTableError) Error() string {
	if len(e.Problems) == 1 {
		return "the table has a problem and nothing was written: " + e.Problems[0].String()
	}
	return fmt.Sprintf("the table has %d problems and nothing was written", len(e.Problems))
}

// KindError is a kind of table that there is not.
type KindError struct{ Kind string }

func (e *KindError) Error() string {
	return fmt.Sprintf("%q is no kind of table: there are %s", e.Kind, strings.Join(Kinds(), ", "))
}

// Options says how a table is imported.
type Options struct {
	DryRun  bool      // check the table, write nothing
	Partial bool      // write the good rows even where others are bad
	Actor   string    // who imports
	At      time.Time // when; the importer's clock where it is zero

	// CoversFrom and CoversTo are the span in which an export of interactions shows every
	// message of the contacts in it. Without both, the messages are kept and prove no silence.
	CoversFrom, CoversTo *time.Time

	// Deal and Contact are what every row of a table of interactions is about, where an export
	// of one chat has no such columns, or names the contact otherwise.
	Deal, Contact string

	// Columns says which heading stands for a column, where it is not known by its name.
	Columns map[string]string

	Progress func(rows int) // hears from time to time how many rows were read; may be nil
}

// progressEvery is how many rows are read between two words of progress.
const progressEvery = 20_000

func (o Options) progress(rows int) {
	if o.Progress != nil && rows%progressEvery == 0 {
		o.Progress(rows)
	}
}

// given is what every row has in a column.
func (o Options) given() map[string]string {
	given := make(map[string]string)
	if o.Deal != "" {
		given["deal_id"] = o.Deal
	}
	if o.Contact != "" {
		given["contact_id"] = o.Contact
	}
	return given
}

// maxFaults is how many faults of a table are told. More are only counted: nobody reads
// ten thousand lines of the same mistake.
const maxFaults = 1000

package evidence

import "fmt"

// DamagedError is a record that is not what was written.
type DamagedError struct {
	File   string
	Offset int64
	Reason string
}

func (e *DamagedError) Error() string {
	return fmt.Sprintf("the evidence in %s at byte %d is damaged: %s", e.File, e.Offset, e.Reason)
}

// MissingError is evidence whose file is not in the folder.
type MissingError struct {
	File string
	Err  error
}

func (e *MissingError) Error() string {
	return fmt.Sprintf("the evidence file %s is missing: restore it from a backup of the evidence folder", e.File)
}

func (e *MissingError) Unwrap() error { return e.Err }

// SharedError is a file that something else wrote to at the same time.
type SharedError struct{ File string }

func (e *SharedError) Error() string {
	return fmt.Sprintf("another program writes to %s: only one may use an evidence folder at a time", e.File)
}

// LostError is evidence that was written, but may not be on disk. Nothing may rest on it.
type LostError struct {
	File string
	Err  error
}

func (e *LostError) Error() string {
	return fmt.Sprintf("the disk did not take what was written last to the evidence file %s (%v): look at the disk; nothing rests on it, and a new file is begun", e.File, e.Err)
}

func (e *LostError) Unwrap() error { return e.Err }

// ClosedError is a use of an archive after its Close.
type ClosedError struct{ Folder string }

func (e *ClosedError) Error() string { return "the evidence folder " + e.Folder + " is closed" }

// RemovedError is evidence that was removed for its age.
type RemovedError struct{ Hash string }

func (e *RemovedError) Error() string {
	return "evidence " + e.Hash + " was removed for its age (retention.evidence_days): nothing rested on it, and the audit log has its hash"
}

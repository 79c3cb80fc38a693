// Package bolt keeps everything that the program knows in one bbolt file.
//
// What happens in one call is written in one transaction: it is there whole or not at
// all, also after kill -9 or on a full disk.
//
// # Time
//
// Each record carries the instant from which on it is known (its stamp). The stamp is the
// instant that the writer gives, with two exceptions that keep answers from changing:
//
//   - A version of a record is stamped after the version before it.
//   - When a question as of an instant was already answered, what is written afterwards
//     with an earlier stamp is stamped one nanosecond after that instant. A crawl that
//     ended at 12:00:00 and is kept at 12:00:02 does not change what was answered for
//     12:00:01.
//
// For the same reason a question as of an instant waits for the transaction that is being
// written, where that may still change the answer.
//
// No read transaction stays open while a caller's function runs: in bbolt, a transaction
// opened inside another one can wait for ever when the file has to grow.
package bolt

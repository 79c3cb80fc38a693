// Package store holds what keepers of the program's records share: the records that pass
// between them and their callers, and the errors by which they refuse. The engines are in
// the folders below: bolt keeps everything in one file. Package storetest is the suite
// that each engine has to pass.
//
// Everything is versioned by the instant at which it was learnt, so that a question "as
// of" an instant is answered from what was known then. An answer once given for an
// instant stays: what is written after that is known from a later instant on.
package store

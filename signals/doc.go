// Package signals holds the domain of dealvitals: customers, deals, contacts and
// targets, the three kinds of signal that are observed about them (postings,
// notices and interactions), and how those become the three measures of a deal.
//
// Everything here is pure. No function reads a clock, the network or a disk; the
// instant that a question is asked for ("as of") is always an argument. Records
// carry the time at which the program learnt them (RecordedAt), so that a question
// about the past can be answered from what was known then.
package signals

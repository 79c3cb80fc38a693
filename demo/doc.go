// Package demo is the world behind `dealvitals demo`: customers, deals, contacts and
// messages, and loopback web sites that show what real ones show. All of it is invented,
// and written for this program after the way real sites are made. The production code
// crawls, imports and scores it as it would any other; no production package knows of it.
//
// The world has two moments, a month and two days apart: on the first each site shows
// what is old, on the second what the month has brought.
package demo

// Package clocks tells from what independent sites say of the time whether the machine's
// clock can be right. It knows no clock, network or disk.
package clocks

// Package schedules decides when runs and re-scores happen, and takes each of them from
// beginning to end: crawl, match, commit, score, decide.
package schedules

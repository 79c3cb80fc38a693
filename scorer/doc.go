// Package scorer turns measures into a score, a diagnosis and a freeze decision.
//
// Its functions are pure: (measures, policy, history, as-of) in, values out. The
// same arguments give the same bytes, now and next year.
package scorer

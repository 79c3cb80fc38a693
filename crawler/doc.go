// Package crawler goes from a target to signals and evidence: it fetches a target's
// pages politely and safely, keeps each response, and asks package extract what it says.
//
// The engine is colly with a round tripper of our own beneath it. Colly brings the
// addresses into form, carries cookies and follows redirects; the round tripper does what
// must hold for every single request, redirects and robots.txt included: refuse addresses
// that may not be reached, obey robots.txt, wait for the host's turn, try again, and bound
// size and time. Each run has a collector of its own; hosts' turns and robots.txt are
// shared by all runs of a Crawler.
package crawler

// Package systems reads the hiring systems that companies buy, and the hiring sites that
// big companies built, through their public answers: each is one small file with its facts
// (endpoint, paging, fields, where the date is and what it means), listed in order in one
// table. A page is recognised by its address or by the shape of what it holds, for captured
// pages often come without their address.
package systems

import (
	"strings"

	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// System is one hiring system.
type System struct {
	Name string
	JSON []board     // its JSON answers
	HTML []listing   // its rendered lists
	XML  *feed       // its XML feed
	Page pageReader  // anything else: state inside a page
	Link []linkShape // how pages lead to its public endpoint
}

// pageReader reads a page that holds a system's jobs in a way of its own. False means that
// the page is not of that kind.
type pageReader func(d *page.Document) (page.Result, bool)

// All lists the systems in the order in which they are tried.
func All() []System {
	return []System{
		greenhouse, lever, ashby, smartRecruiters, workday, workable, recruitee, personio, teamtailor, bambooHR,
		moka, beisen, feishu, hotjob, tencent, alibaba, baidu, netease, meituan, zhaopin, job51, liepin, zhipin, lagou,
		icims, jobvite, jazzHR, breezy, successFactors, taleo, oracle, eightfold, phenom, jibe, ultipro, adp,
		rippling, pinpoint, comeet, freshteam, zohoRecruit, join, gem, polymer, softgarden, paylocity, hrmDirect, amazon, avature,
	}
}

// Read reads a document that one of the systems wrote. False means that no system is
// recognised, or that it is one whose answer holds no list (a refusal, say): then other
// readers tell what it is.
func Read(d *page.Document) (page.Result, bool) {
	all := All()
	for i := range all {
		if r, ok := all[i].read(d); ok {
			r.Charset = d.Charset
			if r.Extractor == "" {
				r.Extractor = all[i].Name
			}
			return r, true
		}
	}
	if link, ok := embeddedIn(d, all); ok && link.certain {
		return page.Result{
			Outcome: signals.OutcomeScriptShell, Form: page.FormList, Extractor: link.system, Charset: d.Charset,
			Why: "the page only embeds " + link.system, Instead: link.request,
		}, true
	}
	return page.Result{}, false
}

// Embedded is the public endpoint of the system that a page embeds or leads to; nil where
// there is none. A page may lead to a system and still list its jobs itself.
func Embedded(d *page.Document) *page.Request {
	link, ok := embeddedIn(d, All())
	if !ok {
		return nil
	}
	return link.request
}

func (s *System) read(d *page.Document) (page.Result, bool) {
	if s.Page != nil { // the state behind a page says more than what it shows
		if r, ok := s.Page(d); ok {
			return r, true
		}
	}
	switch d.Format {
	case page.FormatJSON:
		for i := range s.JSON {
			if r, ok := s.JSON[i].read(s.Name, d); ok {
				return r, true
			}
		}
	case page.FormatXML:
		if s.XML != nil {
			if r, ok := s.XML.read(s.Name, d); ok {
				return r, true
			}
		}
	case page.FormatHTML:
		for i := range s.HTML {
			if r, ok := s.HTML[i].read(s.Name, d); ok {
				return r, true
			}
		}
	}
	return page.Result{}, false
}

// AnswersWhole tells whether the reader that an extractor names read the documented answer
// of a system: it holds the whole list, or tells how long that is.
func AnswersWhole(extractor string) bool {
	i := strings.LastIndexByte(extractor, '-')
	if i < 0 || extractor[i:] != "-api" && extractor[i:] != "-xml" {
		return false
	}
	for _, s := range All() {
		if s.Name == extractor[:i] {
			return true
		}
	}
	return false
}

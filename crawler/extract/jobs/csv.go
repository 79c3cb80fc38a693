package jobs

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"dealvitals/crawler/extract/dates"
	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/jobs/induce"
	"dealvitals/crawler/extract/jobs/words"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// readCSV reads a table of jobs whose first row names the columns.
func readCSV(d *page.Document) page.Result {
	rows := csvRows(d.Text)
	if len(rows) < 2 {
		return nothing(d, false)
	}
	columns := make([]words.Label, len(rows[0]))
	title, link := -1, -1
	for i, head := range rows[0] {
		columns[i] = columnLabel(head)
		if columns[i] == words.TitleOf && title < 0 {
			title = i
		}
		if linkColumn(head) && link < 0 {
			link = i
		}
	}
	if title < 0 {
		title = titleColumn(rows)
	}
	if title < 0 {
		return page.Result{Outcome: signals.OutcomeNotRelevant, Why: "a table without a column of job titles"}
	}
	var all []signals.Posting
	like := 0
	for _, row := range rows[1:] {
		p, ok := csvPosting(d, row, columns, title, link)
		if !ok {
			continue
		}
		if words.LooksTitle(p.Title) != words.NotTitle {
			like++
		}
		all = append(all, p)
	}
	if len(all) == 0 || like*4 < len(all) {
		return page.Result{Outcome: signals.OutcomeNotRelevant, Why: fmt.Sprintf("a table of %d rows, of which %d read like jobs", len(all), like)}
	}
	return page.Result{Outcome: signals.OutcomeOK, Form: page.FormList, Extractor: byCSV, Postings: induce.Distinct(all), Why: fmt.Sprintf("a table of %d rows with a column of job titles", len(all))}
}

// maxRows bounds what is read of an endless table.
const maxRows = 50_000

func csvRows(text []byte) [][]string {
	r := csv.NewReader(bytes.NewReader(text))
	r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = true, -1, false
	if first, _, _ := bytes.Cut(text, []byte("\n")); bytes.Count(first, []byte("\t")) > bytes.Count(first, []byte(",")) {
		r.Comma = '\t'
	} else if bytes.Count(first, []byte(";")) > bytes.Count(first, []byte(",")) {
		r.Comma = ';'
	}
	var rows [][]string
	for len(rows) < maxRows {
		row, err := r.Read()
		if err == io.EOF {
			return rows
		}
		if err != nil {
			continue
		}
		rows = append(rows, row)
	}
	return rows
}

// columnLabel reads a heading, written for people or as a program names it.
func columnLabel(head string) words.Label {
	if l := words.LabelOf(head); l != words.NoLabel {
		return l
	}
	switch plain(head) {
	case "job_title", "jobtitle", "position_name", "positionname", "job_name", "jobname", "post_name", "postname", "岗位名", "职位名", "标题":
		return words.TitleOf
	case "date_posted", "dateposted", "posted_at", "posted_date", "post_date", "publish_time", "publishtime", "pub_time", "pubtime", "create_time", "createtime", "publish_date", "created_at", "published_at":
		return words.PostedOn
	case "update_time", "updatetime", "updated_at", "refresh_time":
		return words.UpdatedOn
	case "work_location", "job_location", "workcity", "work_city", "address", "job_area", "workplace":
		return words.PlaceOf
	}
	return words.NoLabel
}

func linkColumn(head string) bool {
	switch plain(head) {
	case "url", "link", "job_url", "joburl", "href", "链接", "网址", "详情链接", "职位链接", "job_link", "detail_url", "url_link", "job_href", "apply_url":
		return true
	}
	return false
}

// titleColumn is the column in which most values read like jobs, -1 where none does.
func titleColumn(rows [][]string) int {
	best, most := -1, 0
	for c := range rows[0] {
		n := 0
		for _, row := range rows[1:min(len(rows), 40)] {
			if c < len(row) && words.LooksTitle(dom.Clean(row[c])) == words.Title {
				n++
			}
		}
		if n > most {
			best, most = c, n
		}
	}
	if most*2 < min(len(rows), 40)-1 {
		return -1
	}
	return best
}

func csvPosting(d *page.Document, row []string, columns []words.Label, title, link int) (signals.Posting, bool) {
	if title >= len(row) {
		return signals.Posting{}, false
	}
	p := signals.Posting{Title: induce.CleanTitle(dom.Clean(row[title]))}
	if p.Title == "" {
		return p, false
	}
	if link >= 0 && link < len(row) {
		p.URL = d.Resolve(row[link])
	}
	p.ID = strings.Join(row, ",")
	p.ID = p.ID[:min(len(p.ID), 200)]
	for i, value := range row {
		if i >= len(columns) || i == title {
			continue
		}
		value = dom.Clean(value)
		switch columns[i] {
		case words.PlaceOf:
			if p.Place == "" {
				p.Place = value
			}
		case words.HeadcountOf:
			p.Headcount = max(words.Number(value), words.Headcount(value))
		case words.PostedOn, words.UpdatedOn:
			setCSVDate(&p, value, columns[i], d)
		}
	}
	return p, true
}

func setCSVDate(p *signals.Posting, value string, label words.Label, d *page.Document) {
	found, ok := dates.Parse(value, d.At)
	if !ok {
		return
	}
	if label == words.UpdatedOn {
		found.Basis = signals.DateUpdated
	}
	if p.Posted == nil || p.Basis != signals.DatePublished {
		p.Posted, p.Basis = &found.Date, found.Basis
	}
}

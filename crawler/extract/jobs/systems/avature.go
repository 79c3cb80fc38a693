package systems

// Avature (companies' own domains, {company}.avature.net).
//
// Rendered lists (…/SearchJobs?jobRecordsPerPage=&jobOffset=) are article.article--result; the
// subtitle holds place, number and department in an order of the company's choice. Dates are
// rare, and mostly deadlines.
var avature = System{
	Name: "avature",
	HTML: []listing{{
		Hosts: []string{"avature.net"}, Marks: []string{"article--result"},
		Row: css("article.article--result:has(a[href*=JobDetail])", "article.article--result:has(a[href*=FolderDetail])", "article.article--result:has(a[href*=jobId])"), Title: css(".article__header__text__title a", ".article__header__text__title", "h3 a", "a.link"), Place: css(".list-item-location", ".article__header__text__subtitle .icon-location + span"), Link: css("a[href*='/JobDetail/']", "h3 a", "a.link"),
	}},
}

package systems

import "dealvitals/crawler/extract/pattern"

// JazzHR ({company}.applytojob.com/apply, once The Resumator).
//
// Rendered lists are li.list-group-item with a heading and a line of place and department;
// the widget (app.jazz.co/widgets/basic/create/{company}) has .resumator-job. No dates.
var jazzHR = System{
	Name: "jazzhr",
	HTML: []listing{{
		Hosts: []string{"applytojob.com"}, Marks: []string{"applytojob.com", "jazz.co", "jazzhr"},
		Row: css("li.list-group-item"), Title: css(".list-group-item-heading a", ".list-group-item-heading"), Place: css("ul.list-inline li"),
	}, {
		Hosts: []string{"jazz.co"}, Marks: []string{"resumator-job"},
		Row: css(".resumator-job"), Title: css(".resumator-job-title"), Place: css(".resumator-job-location"), Link: css("a.resumator-job-title-link", ".resumator-job-link", "a.resumator-job-view-details"),
	}},
	Link: []linkShape{
		{Mark: "jazz.co/widgets", Pattern: pattern.New(`jazz\.co/widgets/basic/create/([\w-]+)`), URL: "https://$1.applytojob.com/apply", Certain: true},
		{Mark: ".applytojob.com", Pattern: pattern.New(`https?://([\w-]+)\.applytojob\.com`), URL: "https://$1.applytojob.com/apply"},
	},
}

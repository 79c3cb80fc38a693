package systems

// Softgarden ({company}.softgarden.io).
//
// Rendered lists are .matchElement with .title, .location and .date spans; the date is that
// of publication.
var softgarden = System{
	Name: "softgarden",
	HTML: []listing{{
		Hosts: []string{"softgarden.io", "softgarden.de"}, Marks: []string{"matchElement"},
		Row: css(".matchElement"), Title: css(".matchValue.title", ".title"), Place: css(".matchValue.location", ".location"), Date: css(".matchValue.date", ".date"),
	}},
}

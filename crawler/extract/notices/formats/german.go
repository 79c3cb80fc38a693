package formats

import (
	"strings"

	"dealvitals/crawler/extract/page"
	"dealvitals/crawler/extract/pattern"
	"dealvitals/signals"
)

// germanTitle is how the search of service.bund.de runs a hit's fields together: "Titel
// Vergabestelle X Veröffentlicht 26.04.26 Angebotsfrist 28.05.26".
var germanTitle = pattern.New(`^(.*?)\s*Vergabestelle\s+(.*?)\s*Veröffentlicht\s+(\d{1,2}\.\d{1,2}\.\d{2,4})(?:\s*Angebotsfrist\s+(\d{1,2}\.\d{1,2}\.\d{2,4}))?`)

// fromGerman takes such a title apart.
func fromGerman(n *signals.Notice, d *page.Document) {
	m := germanTitle.FindStringSubmatch(n.Title)
	if m == nil {
		return
	}
	n.Title, n.Buyer = m[1], strings.TrimSpace(m[2])
	if strings.Contains(n.Buyer, "…") {
		n.Buyer = "" // cut off: half a name is no name
	}
	if x := day(m[3], d.At); x != nil {
		n.Published = x
	}
	if x := day(m[4], d.At); x != nil {
		n.Deadline = x
	}
}

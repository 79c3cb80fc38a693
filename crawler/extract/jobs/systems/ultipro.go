package systems

import (
	"strings"

	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/crawler/extract/page"
)

// UKG Pro Recruiting, formerly UltiPro (recruiting*.ultipro.com/{company}/JobBoard/{id}).
//
// POST …/JobBoardView/LoadSearchResults with {"opportunitySearch":{"Top":50,"Skip":0,…}}
// gives {"opportunities":[…],"totalCount"}. PostedDate is the publication. The page itself
// is a script shell.
var ultipro = System{
	Name: "ultipro",
	JSON: []board{{
		Hosts: []string{"ultipro.com", "ultipro.ca", "ukg.com"}, Items: []string{"opportunities"}, Answer: []string{"opportunities", "totalCount|locations"}, Shape: []string{"Title", "Id", "RequisitionNumber|JobCategoryName"},
		Title: []string{"Title"}, ID: []string{"Id", "RequisitionNumber"}, Place: []string{"Locations.0.LocalizedDescription", "Locations.0.LocalizedName", "Locations.0.Address"}, Published: []string{"PostedDate"}, Total: []string{"totalCount"},
		Address: func(d *page.Document, r any) string {
			before, _, ok := strings.Cut(d.URL, "/JobBoardView")
			if !ok {
				return ""
			}
			return before + "/OpportunityDetail?opportunityId=" + value.Text(r, "Id")
		},
		Next: postNext("Skip", `{"opportunitySearch":{"Top":50,"Skip":{n},"QueryString":"","OrderBy":[{"Value":"postedDateDesc","PropertyName":"PostedDate","Ascending":false}],"Filters":[]},"matchCriteria":{"PreferredJobs":[],"Educations":[],"LicenseAndCertifications":[],"Skills":[],"hasNoLicenses":false,"SkippedSkills":[]}}`),
	}},
	HTML: []listing{{ // rendered
		Hosts: []string{"ultipro.com"}, Marks: []string{`data-automation="opportunity"`},
		Row: css("[data-automation=opportunity]"), Title: css("[data-automation=job-title]"), Link: css("a[data-automation=job-title]"), Place: css("[data-automation=city-state-zip-country-label]", "[data-automation=physical-location-item]"), Date: css("[data-automation=opportunity-posted-date]", "[data-automation=job-posted-date]"),
	}},
}

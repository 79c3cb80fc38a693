package systems

// iCIMS (careers-{company}.icims.com, shown inside an iframe with ?in_iframe=1).
//
// Rendered lists are .iCIMS_JobsTable .row; each field has a label for screen readers in
// front of its text. The date, where a company shows one, is that of posting, its full form
// in the title attribute. Pages are ?pr=0,1,…
var icims = System{
	Name: "icims",
	HTML: []listing{{
		Hosts: []string{"icims.com"}, Marks: []string{"iCIMS_JobsTable"},
		Row: css(".iCIMS_JobsTable > .row", ".iCIMS_JobsTable li.row", "tr.iCIMS_JobsTableOdd", "tr.iCIMS_JobsTableEven", ".iCIMS_JobCardItem"), Title: css("a.iCIMS_Anchor h2", "a.iCIMS_Anchor h3", "a.iCIMS_Anchor span:not(.sr-only)", "a.iCIMS_Anchor"),
		Link: css("a.iCIMS_Anchor"), Place: css(".header.left > span:not(.sr-only):last-child", ".header.left > span:not(.sr-only)", "td[headers*=ocation]"), Date: css("span[title*='/20']", "dd span[title]"),
	}},
}

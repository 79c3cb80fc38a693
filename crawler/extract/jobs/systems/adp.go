package systems

// ADP Workforce Now and Recruiting Management (workforcenow.adp.com, recruiting.adp.com).
//
// GET …/mascsr/default/careercenter/public/events/staffing/v1/job-requisitions?$skip=0&
// $top=20 gives {"jobRequisitions":[…],"meta":{"totalNumber"}}. postDate is the publication.
var adp = System{
	Name: "adp",
	JSON: []board{{
		Hosts: []string{"adp.com"}, Items: []string{"jobRequisitions"}, Answer: []string{"jobRequisitions"}, Shape: []string{"requisitionTitle|job.jobTitle", "itemID"},
		Title: []string{"requisitionTitle", "job.jobTitle"}, ID: []string{"itemID", "clientRequisitionID"}, Place: []string{"requisitionLocations.0.nameCode.shortName", "requisitionLocations.0.address.cityName"}, Published: []string{"postDate"}, Total: []string{"meta.totalNumber"},
	}},
}

package notices

import "testing"

// fixturesFolder holds pages of our own writing, with invented names: one or more for each
// kind of site and trap that the captured pages do not show.
const fixturesFolder = "../testdata/tender"

func TestFixturesOfEverySiteFamilyAreReadInFull(t *testing.T) {
	sum := scoreFolder(t, fixturesFolder)
	floors := map[string]float64{"list_f1": 1}
	for key := range sum.tries {
		floors[key] = 1
	}
	check(t, sum, floors)
}

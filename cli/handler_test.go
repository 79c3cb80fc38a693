package cli

import (
	"os"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// TestEveryPathOfTheDescriptionIsServedByTheAPI: a path that is not goes to the dashboard,
// which has nothing there.
func TestEveryPathOfTheDescriptionIsServedByTheAPI(t *testing.T) {
	description, err := os.ReadFile("../api/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(description)
	if err != nil {
		t.Fatal(err)
	}
	for path := range doc.Paths.Map() {
		if !servedByAPI(path) {
			t.Errorf("%s is not served by the API", path)
		}
	}
}

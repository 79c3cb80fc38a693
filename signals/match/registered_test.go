package match

import (
	"testing"

	"dealvitals/signals"
)

func TestRegistered(t *testing.T) {
	former := signals.Alias{Name: "云溪华光玻璃厂有限公司", Kind: signals.AliasFormer}
	tests := map[string]struct {
		customer signals.Customer
		want     bool
	}{
		"a company":                     {signals.Customer{Name: "云溪华光玻璃股份有限公司"}, true},
		"a hospital":                    {signals.Customer{Name: "云溪县人民医院"}, true},
		"an authority":                  {signals.Customer{Name: "云溪县教育局"}, true},
		"a short name":                  {signals.Customer{Name: "华光玻璃"}, false},
		"a short name and a former":     {signals.Customer{Name: "华光玻璃", Aliases: []signals.Alias{former}}, true},
		"of others nothing is asked":    {signals.Customer{Name: "Nordvind Energi"}, true},
		"a record that is not there":    {signals.Customer{}, true},
		"a short name with a short one": {signals.Customer{Name: "华光玻璃", Aliases: []signals.Alias{{Name: "华光"}}}, false},
	}
	for name, test := range tests {
		if got := Registered(test.customer); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

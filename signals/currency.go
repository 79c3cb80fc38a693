package signals

import "github.com/bojanz/currency"

// IsCurrency tells whether a code is one of ISO 4217 that is in use, such as CNY.
func IsCurrency(code string) bool { return currency.IsValid(code) }

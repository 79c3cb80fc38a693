package signals

import (
	"fmt"
	"strings"
)

// creditCodeAlphabet is the 31 characters of GB 32100-2015, in the order of their values.
// I, O, S, V and Z are left out, for they look like others.
const creditCodeAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

const creditCodeLength = 18

// CreditCodeError says what is wrong with a 统一社会信用代码. Codes that fail are really
// issued (91350211M0000XUF46 is one), so it is a reason to warn, not to refuse.
type CreditCodeError struct{ Code, Reason string }

func (e *CreditCodeError) Error() string {
	return fmt.Sprintf("统一社会信用代码 %q: %s", e.Code, e.Reason)
}

// CheckCreditCode checks length, alphabet and check character of a 统一社会信用代码 by
// GB 32100-2015. Each of the first 17 characters weighs 3 to the power of its place,
// modulo 31. Its error is a *CreditCodeError.
func CheckCreditCode(code string) error {
	if len(code) != creditCodeLength {
		return &CreditCodeError{code, fmt.Sprintf("it has %d characters, not %d", len([]rune(code)), creditCodeLength)}
	}
	sum, weight := 0, 1
	for i := range creditCodeLength {
		value := strings.IndexByte(creditCodeAlphabet, code[i])
		if value < 0 {
			return &CreditCodeError{code, fmt.Sprintf("character %d is none of %s", i+1, creditCodeAlphabet)}
		}
		if i < creditCodeLength-1 {
			sum += value * weight
			weight = weight * 3 % 31
		}
	}
	want := creditCodeAlphabet[(31-sum%31)%31]
	if code[creditCodeLength-1] != want {
		return &CreditCodeError{code, fmt.Sprintf("the check character is %c, not %c", want, code[creditCodeLength-1])}
	}
	return nil
}

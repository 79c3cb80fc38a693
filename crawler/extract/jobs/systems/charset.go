package systems

import "io"

// sameBytes leaves a feed's bytes as they are: the document is decoded to UTF-8 already,
// whatever its XML declaration still says.
func sameBytes(_ string, input io.Reader) (io.Reader, error) { return input, nil }

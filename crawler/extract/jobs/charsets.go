package jobs

import "io"

// asIs lets XML be read whatever charset it states: the text is UTF-8 already.
func asIs(_ string, r io.Reader) (io.Reader, error) { return r, nil }

package bolt

import (
	"encoding/json"
	"fmt"

	"dealvitals/signals"
)

// evidenceForm is the first byte of where a captured page is kept. Earlier versions of the
// program wrote it as JSON, which begins with "{".
const evidenceForm = 1

// encodeEvidence leaves out the hash, which is the key.
func encodeEvidence(e signals.Evidence) []byte {
	out := make(encoder, 0, 160)
	out.byte(evidenceForm)
	out.text(e.URL)
	out.int(int64(e.StatusCode))
	out.text(e.ContentType)
	out.time(e.CapturedAt)
	out.int(e.Size)
	out.text(e.File)
	out.int(e.Offset)
	out.int(e.Length)
	return out
}

func decodeEvidence(hash string, value []byte) (signals.Evidence, error) {
	e := signals.Evidence{Hash: hash}
	var err error
	if len(value) > 0 && value[0] == '{' {
		err = json.Unmarshal(value, &e)
	} else {
		in := decoder{rest: value}
		in.form(evidenceForm)
		e.URL, e.StatusCode, e.ContentType = in.text(), int(in.int()), in.text()
		e.CapturedAt, e.Size = in.time(), in.int()
		e.File, e.Offset, e.Length = in.text(), in.int(), in.int()
		err = in.err
	}
	if err != nil {
		return e, fmt.Errorf("reading where evidence %s is kept: %w", hash, err)
	}
	return e, nil
}

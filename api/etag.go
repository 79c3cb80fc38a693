package api

import (
	"strconv"
	"strings"
	"time"
)

// versionTag is the ETag of a record: the instant of its newest version.
func versionTag(recordedAt time.Time) string {
	return `"` + strconv.FormatInt(recordedAt.UnixNano(), 36) + `"`
}

// numberTag is the ETag of something that is numbered: a freeze history, a policy.
func numberTag(n uint64) string { return `"` + strconv.FormatUint(n, 10) + `"` }

// tagOf reads the one ETag in If-Match. A proxy that compresses may have made it weak.
func tagOf(ifMatch *string) (string, error) {
	if ifMatch == nil || strings.TrimSpace(*ifMatch) == "" {
		return "", &preconditionError{}
	}
	tag := strings.TrimPrefix(strings.TrimSpace(*ifMatch), "W/")
	if len(tag) < 2 || tag[0] != '"' || tag[len(tag)-1] != '"' {
		return "", badParameter("If-Match", "send the one ETag that you read, with its quotes")
	}
	return tag[1 : len(tag)-1], nil
}

// versionOf reads back what versionTag wrote. A text that it never wrote matches no
// version, so it stands for one that is long gone.
func versionOf(ifMatch *string) (time.Time, error) {
	tag, err := tagOf(ifMatch)
	if err != nil {
		return time.Time{}, err
	}
	nanos, err := strconv.ParseInt(tag, 36, 64)
	if err != nil {
		return time.Unix(0, 1), nil
	}
	return time.Unix(0, nanos), nil
}

// numberOf reads back what numberTag wrote; false where it never wrote that.
func numberOf(ifMatch *string) (uint64, bool, error) {
	tag, err := tagOf(ifMatch)
	if err != nil {
		return 0, false, err
	}
	n, err := strconv.ParseUint(tag, 10, 64)
	return n, err == nil, nil
}

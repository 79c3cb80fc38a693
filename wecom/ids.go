package wecom

import (
	"regexp"
	"strings"
	"time"
)

// Consent is a customer's answer to being archived in the chat with a member or in a room.
type Consent struct {
	With     string    `json:"with"` // userid or roomid
	External string    `json:"external"`
	Agreed   bool      `json:"agreed"`
	Since    time.Time `json:"since"`
}

// externalLength is how long the ids of external people are.
const externalLength = 32

// External tells the id of somebody outside (wm…, wo…) from a member's userid, which the
// company chooses: a member may be called "woody".
func External(id string) bool {
	return len(id) == externalLength && (strings.HasPrefix(id, "wm") || strings.HasPrefix(id, "wo"))
}

// Robot tells the id of a robot.
func Robot(id string) bool { return len(id) == externalLength && strings.HasPrefix(id, "wb") }

var (
	idForm   = regexp.MustCompile(`^[0-9A-Za-z_.@=+/-]{1,128}$`)
	kindForm = regexp.MustCompile(`^[a-z][a-z_]{0,31}$`)
)

// GoodID tells whether a text can be an id of WeCom. Whatever else stands in a field for
// ids may be a message, so it is not kept.
func GoodID(id string) bool { return idForm.MatchString(id) }

// kindOf is a msgtype as it is kept. Kinds that are not known yet are taken as they are;
// what cannot be one is "other".
func kindOf(msgtype string) string {
	if !kindForm.MatchString(msgtype) {
		return "other"
	}
	return msgtype
}

package signals

// revokedKind is the kind of a message that takes another back.
const revokedKind = "revoke"

// RevokeID is the id of what takes a message back. It is a record of its own: what was
// known before it stays as it was.
func RevokeID(id string) string { return revokedKind + "@" + id }

// takenBack are the messages, by source and id of what took them back, that count no more.
func takenBack(list []Interaction) map[[2]string]bool {
	var taken map[[2]string]bool
	for _, i := range list {
		if i.Kind != revokedKind {
			continue
		}
		if taken == nil {
			taken = make(map[[2]string]bool)
		}
		taken[[2]string{i.Source, i.ID}] = true
	}
	return taken
}

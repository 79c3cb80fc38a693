package wecom

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"testing"

	"dealvitals/e2e/peertest"
)

// peerScript lets the official package decrypt what we wrote, and write what we decrypt.
const peerScript = `
const c = require('@wecom/crypto');
const q = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const read = c.decrypt(q.key, q.encrypted);
const written = c.encrypt(q.key, q.message, q.receiver);
process.stdout.write(JSON.stringify({
  message: read.message, id: read.id, signature: c.getSignature(q.token, q.timestamp, q.nonce, q.encrypted),
  encrypted: written, encryptedSignature: c.getSignature(q.token, q.timestamp, q.nonce, written),
}));
`

func TestTheOfficialPackageAndWeUnderstandEachOther(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	modules := peertest.Modules(t, "@wecom/crypto")
	c := own(t)
	for _, message := range []string{"1", "<xml><Content><![CDATA[你好，合同]]></Content></xml>", string(bytes.Repeat([]byte("字"), 4000)), "padded to a whole block.."} {
		sealed, err := c.Encrypt([]byte(message))
		if err != nil {
			t.Fatal(err)
		}
		question, err := json.Marshal(map[string]string{
			"key": ownKey, "token": ownToken, "receiver": ownReceiver, "timestamp": "1790000000", "nonce": "42",
			"encrypted": sealed, "message": message,
		})
		if err != nil {
			t.Fatal(err)
		}
		peer := exec.CommandContext(t.Context(), node, "-e", peerScript)
		peer.Env = append(os.Environ(), "NODE_PATH="+modules)
		peer.Stdin = bytes.NewReader(question)
		out, err := peer.Output()
		if err != nil {
			t.Fatalf("node: %v", err)
		}
		var got struct{ Message, ID, Signature, Encrypted, EncryptedSignature string }
		if err := json.Unmarshal(out, &got); err != nil {
			t.Fatalf("%v in %s", err, out)
		}
		if got.Message != message || got.ID != ownReceiver || got.Signature != c.Sign("1790000000", "42", sealed) {
			t.Errorf("the peer reads %.60q for %q, signature %s", got.Message, got.ID, got.Signature)
		}
		back, err := c.Open(got.EncryptedSignature, "1790000000", "42", got.Encrypted)
		if err != nil || string(back) != message {
			t.Errorf("we read %.60q of the peer's, %v", back, err)
		}
	}
}

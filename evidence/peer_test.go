package evidence

import (
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"testing"

	"dealvitals/e2e/peertest"
)

// peerScript lets npm's warcio read a file, with every record's type, address and digest.
const peerScript = `
import { createReadStream } from 'node:fs';
import { pathToFileURL } from 'node:url';
const { WARCParser } = await import(pathToFileURL(process.argv[1]).href);
const records = [];
for await (const record of new WARCParser(createReadStream(process.argv[2]))) {
  const payload = await record.readFully(false);
  records.push({ type: record.warcType, url: record.warcTargetURI || '', version: record.warcHeaders.statusline, size: payload ? payload.length : 0 });
}
process.stdout.write(JSON.stringify(records));
`

func TestAForeignReaderReadsWhatWeWrite(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	module := filepath.Join(peertest.Modules(t, "warcio/dist/index.js"), "warcio", "dist", "index.js")
	folder := t.TempDir()
	a := open(t, folder, Options{})
	for i, body := range []string{"first page", "", "第二页", "first page"} {
		keep(t, a, capture(fmt.Sprintf("https://example.com/%d?q=招聘", i), body))
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	names, err := warcNames(folder)
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	out, err := exec.CommandContext(t.Context(), node, "--input-type=module", "-e", peerScript, module, filepath.Join(folder, names[0])).CombinedOutput()
	if err != nil {
		t.Fatalf("warcio: %v\n%s", err, out)
	}
	var records []struct {
		Type, URL, Version string
		Size               int
	}
	if err := json.Unmarshal(out, &records); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	count := make(map[string]int)
	for _, r := range records {
		count[r.Type]++
		if r.Version != "WARC/1.1" {
			t.Errorf("version %q", r.Version)
		}
	}
	if count["warcinfo"] != 1 || count["response"] != 3 || count["revisit"] != 1 || count["request"] != 4 {
		t.Errorf("it reads %v", count)
	}
}

//go:build linux

package e2e

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"dealvitals/scorer"
	"dealvitals/store"
	"dealvitals/store/bolt"
)

// smallDisk mounts a disk of a few MiB and returns its folder.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	folder := t.TempDir()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("no disk can be mounted here (root is needed): %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return folder
}

// fillDisk takes all room that is left, and returns what gives it back.
func fillDisk(t *testing.T, folder string) (free func()) {
	t.Helper()
	path := filepath.Join(folder, "ballast")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	for block := make([]byte, 4096); err == nil; {
		_, err = f.Write(block)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("the disk does not get full: %v", err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := os.Remove(path); err != nil {
			t.Error(err)
		}
	}
}

// send posts a body and returns the status and what was answered.
func send(t *testing.T, address, key, kind string, headers map[string]string, body []byte) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+key)
	request.Header.Set("Content-Type", kind)
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

// readyStatus is what /readyz answers.
func readyStatus(t *testing.T, s *server) (int, string) {
	t.Helper()
	answer, err := http.Get(s.address + "/readyz")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

// untilReady waits until /readyz answers with a status.
func untilReady(t *testing.T, s *server, want int) {
	t.Helper()
	ask := time.NewTicker(50 * time.Millisecond)
	defer ask.Stop()
	deadline := time.After(time.Minute)
	for {
		status, text := readyStatus(t, s)
		if status == want {
			return
		}
		select {
		case <-deadline:
			t.Fatalf("/readyz answers %d %s, want %d", status, text, want)
		case <-ask.C:
		}
	}
}

// manyCustomers is a table that takes some MiB in the store.
func manyCustomers(rows int) []byte {
	var b bytes.Buffer
	b.WriteString("id,name,aliases\n")
	for i := range rows {
		fmt.Fprintf(&b, "N%d,%s第%d分公司,简称%d\n", i, strings.Repeat("一家名字很长的有限责任公司", 5), i, i)
	}
	return b.Bytes()
}

// freezeDeal takes a decision on D1, as the machine would.
func freezeDeal(t *testing.T, folder string) {
	t.Helper()
	db, err := bolt.Open(filepath.Join(folder, "dealvitals.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Verdicts.Record(t.Context(), []store.Verdict{{DealID: "D1", Decision: &scorer.Decision{
		DealID: "D1", Action: scorer.ActionFreeze, State: scorer.FreezeFrozen, At: time.Now().Add(-time.Minute), Actor: scorer.Machine, PolicyVersion: 1,
	}}})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestDiskThatFillsDuringCrawlImportAndDecisionLeavesNothingHalf(t *testing.T) {
	folder := smallDisk(t, "64m")
	site := newCareerSite(t)
	importWorld(t, folder, site.URL+"/jobs")
	key := strings.TrimSpace(string(output(t, folder, "keys", "create", "--role", "admin", "--name", "test")))
	freezeDeal(t, folder)
	reached := site.reached
	s := serve(t, folder)
	await(t, reached)

	// The crawl stands at its third page; the disk fills; the crawl goes on.
	free := fillDisk(t, folder)
	status, text := send(t, s.address+"/v1/imports/customers", key, "text/csv", nil, manyCustomers(20_000))
	if status != http.StatusInsufficientStorage {
		t.Errorf("an import on a full disk is answered %d %s", status, text)
	}
	if status, text := readyStatus(t, s); status != http.StatusServiceUnavailable {
		t.Errorf("/readyz answers %d %s on a full disk", status, text)
	}
	site.release()
	decided := decideUntilFull(t, s, key)
	if status, text := readyStatus(t, s); status != http.StatusServiceUnavailable || !strings.Contains(text, "no room") {
		t.Errorf("/readyz does not say that there is no room: %d %s", status, text)
	}
	list := getJSON[struct{ Items []struct{ ID string } }](t, s.address+"/v1/customers", key)
	if len(list.Items) != 1 {
		t.Errorf("%d customers are kept of an import that failed, want only the one from before", len(list.Items))
	}

	free()
	run := waitForRuns(t, s.address, key, 1)[0]
	if run.Items != jobPages*jobsOnAPage {
		t.Errorf("the run after the disk had room again brought %d items, want %d", run.Items, jobPages*jobsOnAPage)
	}
	untilReady(t, s, http.StatusOK)
	if status, text := send(t, s.address+"/v1/imports/customers", key, "text/csv", nil, manyCustomers(100)); status != http.StatusOK {
		t.Errorf("the import with room again is answered %d %s", status, text)
	}
	history := getJSON[struct{ Decisions []scorer.Decision }](t, s.address+"/v1/deals/D1/decisions", key)
	if len(history.Decisions) != 1+decided {
		t.Errorf("%d decisions are kept, want the freeze and the %d that were answered with 201", len(history.Decisions), decided)
	}
	stop(t, s)
	output(t, folder, "verify")
}

// decideUntilFull takes decisions on D1 until one is refused for want of room, and returns
// how many were taken.
func decideUntilFull(t *testing.T, s *server, key string) (taken int) {
	t.Helper()
	for taken < 2000 {
		body := encode(t, scorer.Request{Action: scorer.ActionAssign, Reviewer: fmt.Sprint("审核人", taken), Note: strings.Repeat("很长的说明", 390)})
		status, text := send(t, s.address+"/v1/deals/D1/decisions", key, "application/json", map[string]string{"If-Match": fmt.Sprintf(`"%d"`, taken+1)}, body)
		switch status {
		case http.StatusCreated:
			taken++
		case http.StatusInsufficientStorage:
			return taken
		default:
			t.Fatalf("a decision on a full disk is answered %d %s", status, text)
		}
	}
	t.Error("decisions found room on a full disk 2000 times")
	return taken
}

func TestReadOnlyDiskIsSaidAndNothingIsLost(t *testing.T) {
	folder := smallDisk(t, "12m")
	importWorld(t, folder, "http://127.0.0.1:1/jobs")
	if err := syscall.Mount("", folder, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"serve", "--listen", "127.0.0.1:0"}, {"import", "customers", "customers.csv"}, {"score"}} {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		said, err := command(ctx, folder, args...).CombinedOutput()
		cancel()
		if err == nil || !strings.Contains(string(said), "read-only") {
			t.Errorf("%v on a read-only disk ends with %v and says: %s", args, err, said)
		}
	}
	if err := syscall.Mount("", folder, "", syscall.MS_REMOUNT, ""); err != nil {
		t.Fatal(err)
	}
	output(t, folder, "verify")
	output(t, folder, "score")
}

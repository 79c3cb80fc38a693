//go:build linux

package e2e

import (
	"errors"
	"fmt"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"

	"dealvitals/signals"
)

// lostHost listens on a loopback address and takes no connection: what comes is dropped,
// as by a host that all packets to are lost.
func lostHost(t *testing.T) string {
	t.Helper()
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Close(fd); err != nil {
			t.Error(err)
		}
	})
	if err := errors.Join(syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 9}}), syscall.Listen(fd, 0)); err != nil {
		t.Fatal(err)
	}
	name, err := syscall.Getsockname(fd)
	if err != nil {
		t.Fatal(err)
	}
	address := fmt.Sprintf("127.0.0.9:%d", name.(*syscall.SockaddrInet4).Port)
	for range 16 {
		held, err := net.DialTimeout("tcp", address, 200*time.Millisecond)
		if late, ok := errors.AsType[net.Error](err); ok && late.Timeout() {
			return address
		}
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = held.Close() }) // nobody ever took it
	}
	t.Skip("this system queues connections without end")
	return ""
}

func TestHostThatAnswersNothingHoldsUpNobody(t *testing.T) {
	site := newCareerSite(t)
	site.release()
	folder := t.TempDir()
	importWorld(t, folder, site.URL+"/jobs")
	write(t, folder, "lost.csv", "id,kind,customer_id,url,schedule\nT2,hiring,C1,http://"+lostHost(t)+"/jobs,@every 1s\n")
	output(t, folder, "import", "targets", "lost.csv")
	write(t, folder, "dealvitals.yaml", "crawler: {page_timeout: 1s, circuit_failures: 2}\nschedules: {workers: 2}\n")
	key := strings.TrimSpace(string(output(t, folder, "keys", "create", "--role", "admin", "--name", "test")))
	s := serve(t, folder)

	began := time.Now()
	waitForRuns(t, s.address, key, 6) // a run a second, whatever the other host does
	if took := time.Since(began); took > 45*time.Second {
		t.Errorf("six runs of a good site took %v beside a host that answers nothing", took)
	}
	lost := waitUntilItWaits(t, s.address, key)
	if lost.Waits.Reason != signals.WaitCircuitOpen {
		t.Errorf("the lost host waits because of %s, want %s", lost.Waits.Reason, signals.WaitCircuitOpen)
	}
	if lost.LastRun == nil || lost.LastRun.Outcome != signals.OutcomeUnreachable || lost.State != signals.TargetFailing {
		t.Errorf("the lost target is %s, its last run %+v; want failing and unreachable", lost.State, lost.LastRun)
	}
	for _, p := range lost.LastRun.Pages {
		if time.Duration(p.Took) > 5*time.Second {
			t.Errorf("%s took %v, with a time-out of one second", p.URL, time.Duration(p.Took))
		}
	}
	stop(t, s)
}

type targetView struct {
	State   signals.TargetState `json:"state"`
	LastRun *signals.Run        `json:"last_run"`
	Waits   *signals.Wait       `json:"waits"`
}

// waitUntilItWaits asks until T2 is left alone.
func waitUntilItWaits(t *testing.T, address, key string) targetView {
	t.Helper()
	ask := time.NewTicker(100 * time.Millisecond)
	defer ask.Stop()
	deadline := time.After(time.Minute)
	for {
		view := getJSON[targetView](t, address+"/v1/targets/T2", key)
		if view.Waits != nil && view.LastRun != nil && !view.LastRun.FinishedAt.IsZero() {
			return view
		}
		select {
		case <-deadline:
			t.Fatalf("the target never waits: %+v", view)
		case <-ask.C:
		}
	}
}

package cli

import (
	"net"
	"testing"
)

func TestTheDemoIsServedThoughItsPortIsTaken(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	address := taken.Addr().String()
	if got, err := demoAddress(address, false); err != nil || got != "127.0.0.1:0" {
		t.Errorf("where nobody asked for it: %q, %v", got, err)
	}
	if got, err := demoAddress(address, true); err == nil {
		t.Errorf("where it was asked for: %q and no error", got)
	}
	if got, err := demoAddress("127.0.0.1:0", true); err != nil || got != "127.0.0.1:0" {
		t.Errorf("a free one: %q, %v", got, err)
	}
}

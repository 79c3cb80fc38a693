// Package peertest finds the npm packages that tests hold our formats against.
package peertest

import (
	"os"
	"path/filepath"
	"testing"
)

// Modules is the folder where .ci/install puts npm's packages. The test is skipped, and
// says so, where the named one is not there.
func Modules(t *testing.T, name string) string {
	t.Helper()
	folder := os.Getenv("DEALVITALS_CI_NODE")
	if folder == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			t.Skipf("no cache folder: %v", err)
		}
		folder = filepath.Join(cache, "dealvitals-ci", "node")
	}
	modules := filepath.Join(folder, "node_modules")
	if _, err := os.Stat(filepath.Join(modules, filepath.FromSlash(name))); err != nil {
		t.Skipf("npm's %s is not installed (.ci/install does it)", name)
	}
	return modules
}

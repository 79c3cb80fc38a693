package api

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"

	"dealvitals/scorer"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/swaggest/swgui/v5emb"
)

// service is the operations that oapi-codegen does not write, by operationId.
func (s *server) service() map[string]echo.HandlerFunc {
	return map[string]echo.HandlerFunc{
		"healthz": func(c echo.Context) error { return c.String(http.StatusOK, "ok\n") },
		"readyz":  s.readyz,
		"metrics": echo.WrapHandler(promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{})),
		"openapi": func(c echo.Context) error { return c.Blob(http.StatusOK, "application/yaml", description) },
		"policySchema": func(c echo.Context) error {
			return c.Blob(http.StatusOK, "application/schema+json", scorer.PolicySchema())
		},
		"importTable":  s.importTable,
		"getBackup":    s.backup,
		"exportPeriod": s.exportPeriod,
	}
}

func (s *server) readyz(c echo.Context) error {
	if err := s.Ready(c.Request().Context()); err != nil {
		return fmt.Errorf("%w: %v", ErrUnavailable, err) // whatever the cause: not ready is 503
	}
	return c.String(http.StatusOK, "ready\n")
}

const docsPath = "/docs"

// docs serves Swagger UI from inside the binary.
func (s *server) docs(e *echo.Echo) {
	ui := v5emb.New("dealvitals", "/openapi.yaml", docsPath+"/")
	policy := docsPolicy(ui)
	handler := func(c echo.Context) error {
		c.Response().Header().Set("Content-Security-Policy", policy)
		ui.ServeHTTP(c.Response(), c.Request())
		return nil
	}
	e.GET(docsPath, func(c echo.Context) error { return c.Redirect(http.StatusMovedPermanently, docsPath+"/") })
	e.GET(docsPath+"/*", handler)
}

var inlineScript = regexp.MustCompile(`(?s)<script>(.*?)</script>`)

// docsPolicy lets Swagger UI run its own scripts, those in its page by their hashes, and
// nothing from elsewhere.
func docsPolicy(ui http.Handler) string {
	page := httptest.NewRecorder()
	ui.ServeHTTP(page, httptest.NewRequest(http.MethodGet, docsPath+"/", nil))
	var hashes strings.Builder
	for _, script := range inlineScript.FindAllStringSubmatch(page.Body.String(), -1) {
		sum := sha256.Sum256([]byte(script[1]))
		fmt.Fprintf(&hashes, " 'sha256-%s'", base64.StdEncoding.EncodeToString(sum[:]))
	}
	return "default-src 'none'; script-src 'self'" + hashes.String() +
		"; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
}

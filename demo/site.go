package demo

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
)

//go:embed pages/*.html
var pageFiles embed.FS

// site is one web site of the world, on a loopback port of its own.
type site struct {
	server   *http.Server
	listener net.Listener
	address  string
}

// openSite starts a site. Its robots.txt allows everything but /admin/.
func openSite(handler http.Handler) (*site, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("opening a site of the demo world: %w", err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /robots.txt", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		_, _ = w.Write([]byte("User-agent: *\nDisallow: /admin/\n"))
	})
	mux.Handle("/", handler)
	s := &site{
		server:   &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second},
		listener: listener,
		address:  "http://" + listener.Addr().String(),
	}
	return s, nil
}

// serve answers until the site is closed.
func (s *site) serve() error {
	if err := s.server.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func (s *site) close(ctx context.Context) error { return s.server.Shutdown(ctx) }

// moment tells the sites which of the world's two moments it is.
type moment struct{ second atomic.Bool }

// pages renders the world's pages.
type pages struct{ templates *template.Template }

func loadPages() (*pages, error) {
	t, err := template.New("").Funcs(template.FuncMap{
		"pageNumbers": func(n int) []int {
			numbers := make([]int, n)
			for i := range numbers {
				numbers[i] = i + 1
			}
			return numbers
		},
		"plus": func(a, b int) int { return a + b },
	}).ParseFS(pageFiles, "pages/*.html")
	if err != nil {
		return nil, fmt.Errorf("reading the pages of the demo world: %w", err)
	}
	return &pages{t}, nil
}

// html answers with a page in UTF-8.
func (p *pages) html(w http.ResponseWriter, name string, data any) {
	p.send(w, name, data, "text/html; charset=utf-8", func(s string) ([]byte, error) { return []byte(s), nil })
}

// gbk answers with a page in GBK, which only its meta tag says, as old sites do.
func (p *pages) gbk(w http.ResponseWriter, name string, data any) {
	p.send(w, name, data, "text/html", func(s string) ([]byte, error) {
		s = strings.ReplaceAll(s, "charset=utf-8", "charset=gb2312")
		return simplifiedchinese.GBK.NewEncoder().Bytes([]byte(s))
	})
}

func (p *pages) send(w http.ResponseWriter, name string, data any, contentType string, encode func(string) ([]byte, error)) {
	var b strings.Builder
	err := p.templates.ExecuteTemplate(&b, name, data)
	var body []byte
	if err == nil {
		body, err = encode(b.String())
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", contentType)
	_, _ = w.Write(body)
}

package web

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestWhatTheCrawlerSaysIsSaidInChinese(t *testing.T) {
	say := problemIn()
	for problem, want := range map[string]string{
		"": "",
		`the site keeps programs out (the page is headed "安全验证")`:                                                          `网站拒绝程序访问 (页面标题为 "安全验证")`,
		"the connection failed: connect: connection refused":                                                               "连接失败：connect: connection refused",
		"robots.txt of a.example does not allow it":                                                                        "a.example 的 robots.txt 不允许",
		"the list goes on behind page 100, the last that may be read; the next run goes on there":                          "列表在第 100 页（允许读取的最后一页）之后还有内容；下次从那里继续",
		"2 of 8 detail pages could not be read, the first: http://a.example/1: the host name a.example cannot be resolved": "2 / 8 个详情页无法读取，第一个：http://a.example/1: 无法解析主机名 a.example",
		"something new": "something new",
	} {
		if got := say("zh", problem); got != want {
			t.Errorf("%q is said as %q, want %q", problem, got, want)
		}
		if got := say("en", problem); got != problem {
			t.Errorf("in English %q became %q", problem, got)
		}
	}
}

// The sentences stand in the crawler; here is only what they are in Chinese.
func TestTheCrawlerSaysEachSentence(t *testing.T) {
	var files []string
	err := filepath.WalkDir("../crawler", func(name string, _ fs.DirEntry, err error) error {
		if filepath.Ext(name) == ".go" && !strings.HasSuffix(name, "_test.go") {
			files = append(files, name)
		}
		return err
	})
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	verbs := regexp.MustCompile(`%(\[\d\])?[dsvq]`)
	var source strings.Builder
	for _, name := range files {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		source.Write(body)
	}
	said := strings.ReplaceAll(verbs.ReplaceAllString(source.String(), "%s"), "%s.allow", "crawler.allow")
	for _, w := range problemWords {
		if !strings.Contains(said, verbs.ReplaceAllString(w.en, "%s")) {
			t.Errorf("the crawler does not say %q any more", w.en)
		}
		if len(verbs.FindAllString(w.en, -1)) != len(verbs.FindAllString(w.zh, -1)) {
			t.Errorf("%q has other gaps in Chinese", w.en)
		}
	}
}

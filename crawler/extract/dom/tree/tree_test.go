package tree

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// check holds a tree against that of x/net/html.
func check(t *testing.T, text string) (made bool) {
	t.Helper()
	got, release, made := Parse(text)
	if !made {
		return false
	}
	defer release()
	want, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Errorf("made a tree where x/net/html says %v:\n%.500q", err, text)
		return true
	}
	if d := difference(got, want); d != "" {
		t.Errorf("%s in\n%.2000q", d, text)
	}
	return true
}

// difference says where two trees differ, "" where they do not.
func difference(got, want *html.Node) string {
	if got.Type != want.Type || got.DataAtom != want.DataAtom || got.Data != want.Data || got.Namespace != want.Namespace || fmt.Sprint(got.Attr) != fmt.Sprint(want.Attr) {
		return fmt.Sprintf("got %s, want %s", shown(got), shown(want))
	}
	g, w := got.FirstChild, want.FirstChild
	var before *html.Node
	for g != nil && w != nil {
		if g.Parent != got || g.PrevSibling != before {
			return fmt.Sprintf("%s is not linked", shown(g))
		}
		if d := difference(g, w); d != "" {
			return d
		}
		before, g, w = g, g.NextSibling, w.NextSibling
	}
	if g != nil || w != nil {
		return fmt.Sprintf("the children of %s: got %s, want %s", shown(got), shown(g), shown(w))
	}
	if got.LastChild != before {
		return fmt.Sprintf("the last child of %s is wrong", shown(got))
	}
	return ""
}

func shown(n *html.Node) string {
	if n == nil {
		return "nothing"
	}
	return fmt.Sprintf("[%d %s%q %v below %q]", n.Type, n.Namespace, n.Data, n.Attr, parentOf(n))
}

func parentOf(n *html.Node) string {
	if n.Parent == nil {
		return ""
	}
	return n.Parent.Data
}

// pieces are markup that together reach every rule.
var pieces = strings.Fields(`<html> <html_lang="zh"> </html> <head> </head> <body> <body_class=a> </body> <!DOCTYPE_html> <!doctype_HTML_PUBLIC_"-//W3C//DTD_XHTML_1.0_Transitional//EN"_"x">
	<div> </div> <p> </p> <span> </span> <a_href="x"_class=y> </a> <b> </b> <i> </i> <font_size=1_color=red> </font> <nobr> </nobr>
	<ul> </ul> <ol> <li> </li> <dl> <dt> </dt> <dd> </dd> <h1> </h1> <h2> </h2> <form> </form> <button> </button> <select> </select> <option> </option> <optgroup>
	<table> </table> <tbody> </tbody> <thead> </thead> <tr> </tr> <td> </td> <th> </th> <caption> </caption> <colgroup> </colgroup> <col> <input_type=hidden> <input>
	<br> </br> <hr> <img_src=a/b> <pre> </pre> <textarea> </textarea> <title> </title> <script> </script> <style> </style> <noscript> </noscript> <iframe> </iframe>
	<svg> </svg> <svg/> <svg_viewbox="0_0"_xlink:href=#a> <path/> <path_d=1> </path> <linearGradient_gradientunits=x> </lineargradient> <circle/> <font> <object> </object> <ruby> <rt> <rp> </ruby> <x-y_Z='1'_z=2> </x-y> <label> </label> <meta_charset=utf-8> <link>
	text & &amp; &lt;b &copy= &notit; &#65; &#0; < </ </> <!-- --> <!--x--> <!--> <!x> <?xml?> <![CDATA[x]]> <section> </section> <center> </center> <li/> <p/> <br/> <a/b=c_/d>
	\n \s \n <em> </em> <strong> </strong> <summary> <details> <address> </address> <xmp> </xmp> <noframes> </noframes> <template> <frameset> <math> <image> <foreignObject> <desc>`)

// spelled writes a piece as markup: "_" stands for a blank.
var spelled = strings.NewReplacer("_", " ", `\n`, "\n", `\s`, "  ")

func TestATreeIsThatOfTheStandardParser(t *testing.T) {
	made := 0
	frames := []string{"", "<!DOCTYPE html><html><head></head><body>", "<body><table><tr><td>", "<body><ul><li>", "<body><table>"}
	for _, frame := range frames {
		for _, a := range pieces {
			if testing.Short() && frame != "" {
				break
			}
			for _, b := range pieces {
				for _, c := range []string{"", "x", "</div>", "<td>y"} {
					if check(t, frame+spelled.Replace(a+b+c)) {
						made++
					}
				}
			}
		}
	}
	if made < 10_000 {
		t.Errorf("only %d trees were made", made)
	}
}

func TestARowOfPiecesGivesTheTreeOfTheStandardParser(t *testing.T) {
	// A small generator of its own, so that the rows are the same on every machine.
	state := uint64(1)
	next := func(n int) int {
		state = state*6364136223846793005 + 1442695040888963407
		return int(state>>33) % n
	}
	made := 0
	for range 60_000 {
		var row strings.Builder
		row.WriteString("<!DOCTYPE html><html><head><title>a</title></head><body>")
		for range 2 + next(14) {
			row.WriteString(spelled.Replace(pieces[next(len(pieces))]))
		}
		if check(t, row.String()) {
			made++
		}
	}
	if made < 3_000 {
		t.Errorf("only %d trees were made", made)
	}
}

func TestEveryFixtureGivesTheTreeOfTheStandardParser(t *testing.T) {
	pages, made := 0, 0
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(path, "testdata") || !strings.HasSuffix(path, ".html") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		pages++
		if check(t, string(text)) {
			made++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d of %d pages need no repair", made, pages)
	if pages < 100 || made*10 < pages*6 {
		t.Errorf("of %d pages only %d were made", pages, made)
	}
}

func FuzzATreeIsThatOfTheStandardParser(f *testing.F) {
	f.Add("<!DOCTYPE html><html><head><title>a&amp;b</title></head><body><ul><li><a href='?a=1&copy=2'>x</a><li>y</ul></body></html>")
	f.Add("<table><tr><td><b>x<td>y</table><p>z<div>")
	f.Add("<body><svg viewBox='0 0 1 1'><path d='M0'/></svg><select><option>a<option>b</select>")
	f.Fuzz(func(t *testing.T, text string) { check(t, text) })
}

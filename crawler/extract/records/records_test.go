package records

import (
	"testing"

	"golang.org/x/net/html"

	"dealvitals/crawler/extract/dom"
)

func listWith(t *testing.T, body, first string) List {
	t.Helper()
	for _, l := range Lists(dom.Parse([]byte(body))) {
		if dom.Text(l.Records[0].Nodes[0]) == first {
			return l
		}
	}
	t.Fatalf("no list begins with %q", first)
	return List{}
}

func TestAListSpreadOverTabsIsOne(t *testing.T) {
	l := listWith(t, `<div class="tab active"><ul><li>a</li><li>b</li></ul></div><div class="tab"><ul><li>c</li></ul></div>`, "a")
	if len(l.Records) != 3 {
		t.Errorf("want 3 records, got %d", len(l.Records))
	}
}

func TestStatesAndNumbersInClassesDoNotTellRecordsApart(t *testing.T) {
	l := listWith(t, `<div><p class="row odd item-1">a</p><p class="row even item-2">b</p><p class="row last item-3">c</p></div>`, "a")
	if len(l.Records) != 3 {
		t.Errorf("want 3 records, got %d", len(l.Records))
	}
}

func TestHeadingsTakeWhatFollowsThem(t *testing.T) {
	l := listWith(t, `<div><h3>a</h3><p>one</p><p>two</p><h3>b</h3><p>three</p></div>`, "a")
	if !l.Flat || len(l.Records) != 2 || len(l.Records[0].Nodes) != 3 {
		t.Errorf("%+v", l)
	}
}

func TestTextsAreTakenApartWhereAReaderSeesThemApart(t *testing.T) {
	for _, c := range []struct {
		body string
		want []string
	}{
		{`<p>one <b>bold</b> text</p>`, []string{"one bold text"}},
		{`<p><b>Sales Manager</b> - Berlin</p>`, []string{"Sales Manager", "- Berlin"}},
		{`<p><b>Place:</b> Berlin</p>`, []string{"Place: Berlin"}},
		{`<p>a<br>b</p>`, []string{"a", "b"}},
		{`<a>x<span>y</span></a>`, []string{"x", "y"}},
		{`<a>销售<em>经理</em></a>`, []string{"销售经理"}},
		{`<div>a<script>var x</script></div>`, []string{"a"}},
	} {
		o := Of(dom.Parse([]byte(c.body)), nil)
		var got []string
		for _, l := range o.Leaves {
			got = append(got, l.Text)
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: want %q, got %q", c.body, c.want, got)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: want %q, got %q", c.body, c.want, got)
			}
		}
	}
}

func FuzzTheOutlineOfAnyPageHoldsTogether(f *testing.F) {
	f.Add([]byte(`<div class=a><p>x<p>y</div><table><td>z`))
	f.Fuzz(func(t *testing.T, body []byte) {
		root := dom.Parse(body)
		o := Of(root, nil)
		for i := range o.Elements {
			e := &o.Elements[i]
			if e.First > e.Last || int(e.Last) > len(o.Leaves) || e.Parent >= int32(i) || e.End <= int32(i) {
				t.Fatalf("element %d: %+v", i, *e)
			}
		}
		for _, l := range Lists(root) {
			if len(l.Records) < 2 || l.Records[0].Nodes[0].Type != html.ElementNode {
				t.Fatalf("%+v", l)
			}
		}
	})
}

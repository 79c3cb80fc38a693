package scorer

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"dealvitals/signals"
)

// The limits of segments.
const (
	maxSegments    = 200
	maxSegmentName = 100 // bytes
)

// segments asks of each segment what is asked of the policy itself, with its overrides in it.
func (c *checker) segments(p Policy) {
	if len(p.Segments) > maxSegments {
		c.wrong("/segments", "there are %d: at most %d", len(p.Segments), maxSegments)
		return
	}
	names := make(map[string]bool)
	for i, s := range p.Segments {
		path := fmt.Sprintf("/segments/%d", i)
		if strings.TrimSpace(s.Name) == "" || len(s.Name) > maxSegmentName || names[s.Name] {
			c.wrong(path+"/name", "%q is empty, too long or there already", s.Name)
		}
		names[s.Name] = true
		c.match(path+"/match", s.Match)
		c.overrides(path, p, s)
	}
}

func (c *checker) match(path string, m SegmentMatch) {
	lists := map[string][]string{
		"industry": m.Industry, "region": m.Region, "product_line": m.ProductLine, "size": m.Size, "stage": m.Stage,
	}
	some := false
	for name, list := range lists {
		for i, value := range list {
			some = true
			if strings.TrimSpace(value) == "" {
				c.wrong(fmt.Sprintf("%s/%s/%d", path, name, i), "it is empty")
			}
		}
	}
	if !some {
		c.wrong(path, "it asks for nothing, so the segment would be all deals: name an industry, region, product_line, size or stage")
	}
}

func (c *checker) overrides(path string, p Policy, s Segment) {
	if len(s.Factors) == 0 && len(s.Patterns) == 0 {
		c.wrong(path, "it overrides nothing: give factors or patterns")
	}
	for f := range s.Factors {
		if !oneOf(f, signals.Factors()) {
			c.wrong(path+"/factors/"+escape(string(f)), "there is no such factor: hiring, tender, wechat")
		}
	}
	held := p.overridden(s)
	for _, f := range slices.Sorted(maps.Keys(s.Factors)) {
		c.factor(path+"/factors/"+escape(string(f)), held.Factors[f])
		c.tenderWindow(path+"/factors/"+escape(string(f)), f, held.Factors[f])
	}
	for d, pattern := range s.Patterns {
		c.pattern(path+"/patterns/"+escape(string(d)), d, pattern)
	}
}

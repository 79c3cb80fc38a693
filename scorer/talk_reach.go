package scorer

import "time"

// TalkReach is how far back from an instant the WeChat measure hears messages under a policy, in
// whichever of its segments: who only measures needs to read no earlier ones.
func (p Policy) TalkReach() time.Duration {
	reach := p.weChatRules().Reach()
	for _, s := range p.Segments {
		reach = max(reach, p.overridden(s).weChatRules().Reach())
	}
	return reach
}

package scorer

// TenderReach is over how many days tenders are counted under a policy, in whichever of its
// segments: older notices matter to nobody.
func (p Policy) TenderReach() int {
	reach := p.tenderRules().WindowDays
	for _, s := range p.Segments {
		reach = max(reach, p.overridden(s).tenderRules().WindowDays)
	}
	return reach
}

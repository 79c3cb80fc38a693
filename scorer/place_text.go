package scorer

import "fmt"

// placeText says how a number came to its score.
func placeText(x FactorExplanation, lang string) string {
	c := x.Cohort
	switch {
	case c == nil:
		return curveText(*x.Curve, lang)
	case c.Scale == ScalePercentile:
		return sentence{
			fmt.Sprintf("百分位：同类 %d 个商机中高于 %d 个、持平 %d 个", c.Size, c.Below, c.Equal),
			fmt.Sprintf("percentile: above %d of the %d deals of its kind, equal with %d", c.Below, c.Size, c.Equal),
		}.in(lang)
	}
	return curveText(*x.Curve, lang) + sentence{
		fmt.Sprintf("；可比的同类商机只有 %d 个，不足 %d 个，因此不用百分位", c.Size, c.Min),
		fmt.Sprintf(", no percentile, for only %d deals of its kind can be compared with and the policy asks for %d", c.Size, c.Min),
	}.in(lang)
}

// curveText says between which points of its curve a number lies.
func curveText(c CurvePlace, lang string) string {
	point := func(p Point) string { return num(p.Value) + "→" + num(p.Score) }
	if c.Below == c.Above {
		return sentence{"曲线端点 " + point(c.Below), "the curve's end at " + point(c.Below)}.in(lang)
	}
	return sentence{
		"曲线 " + point(c.Below) + " 与 " + point(c.Above) + " 之间",
		"on the curve between " + point(c.Below) + " and " + point(c.Above),
	}.in(lang)
}

package induce

var badges = []string{"急聘", "急招", "热招", "热聘", "置顶", "推荐", "最新", "诚聘", "高薪诚聘", "高薪", "急", "热", "新", "顶", "NEW", "New", "new", "HOT", "Hot", "hot", "校招", "社招", "实习", "内推", "URGENT", "Urgent", "Featured"}

// badge is a badge as it is written, with what sets it off.
type badge struct {
	text  string
	order int // of the badge in badges
}

// badgeStarts and badgeEnds are the ways in which badges stand before and behind titles,
// by their first and last byte, in the order of badges.
var badgeStarts, badgeEnds = badgesWritten()

func badgesWritten() (starts, ends [256][]badge) {
	for order, b := range badges {
		for _, text := range startsOf(b) {
			starts[text[0]] = append(starts[text[0]], badge{text, order})
		}
		for _, text := range endsOf(b) {
			last := text[len(text)-1]
			ends[last] = append(ends[last], badge{text, order})
		}
	}
	return starts, ends
}

func startsOf(b string) []string {
	var out []string
	switch b {
	case "实习", "校招", "社招":
	default:
		out = append(out, "["+b+"]", "【"+b+"】", "("+b+")", "（"+b+"）")
	}
	switch b {
	case "new", "实习", "新", "热", "New", "推荐", "校招", "社招":
	default:
		out = append(out, b+" ", b+"！", b+"!")
	}
	return out
}

func endsOf(b string) []string {
	switch b {
	case "new", "实习", "校招", "社招":
		return nil
	}
	return []string{"[" + b + "]", "【" + b + "】", "(" + b + ")", "（" + b + "）", " " + b}
}

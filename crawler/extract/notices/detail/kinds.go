package detail

import (
	"strings"

	"dealvitals/crawler/extract/notices/kind"
	"dealvitals/crawler/extract/notices/label"
	"dealvitals/crawler/extract/pattern"
	"dealvitals/signals"
)

// kind is the type by what says it most clearly: the title, then the text's own words for
// its kind, the address, the trail of the page, the site's category.
func (r *reader) kind(title string) signals.NoticeType {
	if t := kind.Of(title); t != "" {
		if t == signals.NoticeTender {
			return r.sharpen(title, t)
		}
		return t
	}
	for _, say := range []func() signals.NoticeType{r.ofHeadings, r.ofText, r.ofCategory, r.ofAddress, r.ofTrail} {
		if t := say(); t != "" {
			return t
		}
	}
	return signals.NoticeTender
}

// sharpen looks behind a title that only says 采购 or 招标 as the name of the project does:
// "某某采购项目" may head a result.
func (r *reader) sharpen(title string, t signals.NoticeType) signals.NoticeType {
	if closing.MatchString(title) || strings.Contains(title, "公告") || strings.Contains(title, "公示") {
		return t
	}
	for _, say := range []func() signals.NoticeType{r.ofHeadings, r.ofText, r.ofCategory, r.ofAddress, r.ofTrail} {
		if other := say(); other != "" {
			return other
		}
	}
	return t
}

// ofHeadings reads the first lines that are nothing but a kind: "中标公告".
func (r *reader) ofHeadings() signals.NoticeType {
	for i := 0; i < len(r.sheet.Lines) && i < 40; i++ {
		text := r.sheet.Lines[i].Text
		if len([]rune(text)) > 24 || !closing.MatchString(text) {
			continue
		}
		if r.sheet.Lines[i].Level > 0 || r.sheet.Lines[i].Centred || i < 3 {
			if t := kind.Of(text); t != "" {
				return t
			}
		}
	}
	return ""
}

// sentences of results, failures and calls.
var (
	resultText     = pattern.New(`(?:中标|成交|评标|评审|采购|中选)结果(?:如下|公告如下|公示如下|公布如下|予以)|现将(?:中标|成交|评标|本次|采购)[^。，]{0,20}(?:结果|名单)|评(?:标|审)工作已[^。]{0,10}(?:结束|完成)|为(?:本项目|该项目)?(?:的)?(?:第一)?(?:中标|成交|中选)(?:候选)?(?:人|单位|供应商)|推荐(?:的)?(?:中标|成交)候选|中标人名单|定标`)
	correctionText = pattern.New(`(?:更正|变更)(?:内容|事项|信息|日期|如下)|原公告(?:的)?(?:采购)?(?:项目|内容|信息)|现(?:作|做)(?:如下|出)(?:更正|变更|澄清|修改)`)
	callText       = pattern.New(`(?:欢迎|邀请)[^。]{0,30}(?:投标|参加|报名|报价)|投标人资格要求|获取招标文件|潜在(?:投标人|供应商)|供应商资格(?:要求|条件)|申请人的资格要求`)
	contractText   = pattern.New(`合同(?:签订日期|主体|主要信息|金额)|一、合同编号`)
)

// ofText reads what the running text says of itself.
func (r *reader) ofText() signals.NoticeType {
	switch {
	case correctionText.MatchString(r.text):
		return signals.NoticeCorrection
	case contractText.MatchString(r.text) && !callText.MatchString(r.text) && !resultText.MatchString(r.text):
		return signals.NoticeContract
	case resultText.MatchString(r.text) || r.has(label.Winner) || r.has(label.AwardTotal):
		return signals.NoticeAward
	case strings.Contains(r.text, "单一来源") && !callText.MatchString(r.text):
		return signals.NoticeSingleSource
	case callText.MatchString(r.text):
		return signals.NoticeTender
	}
	return ""
}

func (r *reader) has(want label.Role) bool {
	for i := range r.roles {
		if r.roles[i] == want && r.sheet.Facts[i].Value != "" {
			return true
		}
	}
	return false
}

func (r *reader) ofCategory() signals.NoticeType {
	if t := kind.OfCategory(r.src.Category); t != "" {
		return t
	}
	return kind.OfCategory(r.first(label.NoticeType, func(v string) (string, bool) { return v, v != "" && len(v) < 60 }))
}

// ofAddress reads the directories of an address: ccgp's say the type.
func (r *reader) ofAddress() signals.NoticeType { return AddressKind(r.src.URL) }

// AddressKind is the type that an address's directories state, "" where they state none.
func AddressKind(url string) signals.NoticeType {
	for _, part := range strings.FieldsFunc(strings.ToLower(url), func(c rune) bool { return strings.ContainsRune("/?&=._-", c) }) {
		if len(part) < 4 || strings.Contains("tender award contract planning solicitation", part) {
			continue
		}
		if t := kind.OfCategory(part); t != "" && kind.Of(part) == "" && !strings.ContainsAny(part, "0123456789") {
			return t
		}
	}
	return ""
}

// ofTrail reads "首页 > 政采公告 > 中标公告".
func (r *reader) ofTrail() signals.NoticeType {
	for i := 0; i < len(r.sheet.Lines) && i < 60; i++ {
		text := r.sheet.Lines[i].Text
		j := strings.LastIndexAny(text, ">»/")
		if j < 0 || len([]rune(text)) > 80 || !strings.Contains(text, "首页") && !strings.Contains(text, "公告") {
			continue
		}
		if t := kind.OfCategory(strings.Trim(text[j:], ">»/ ")); t != "" {
			return t
		}
	}
	return ""
}

// settle corrects a type by what the result says: a result without any winner whose
// packages all failed is a termination, whatever its title says.
func (r *reader) settle(t signals.NoticeType, a award) signals.NoticeType {
	if t == signals.NoticeAward && a.failed && len(a.winners) == 0 {
		return signals.NoticeTermination
	}
	return t
}

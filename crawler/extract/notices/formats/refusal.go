package formats

import (
	"dealvitals/crawler/extract/page"
	"dealvitals/crawler/extract/pattern"
	"dealvitals/signals"
)

// readRefusal reads what an interface answers instead of notices: that one must log in, that
// one asks too often, that nothing is there, or an encrypted answer.
func readRefusal(d *page.Document) (Answer, bool) {
	o, ok := d.JSON().(object)
	if d.Format != page.FormatJSON || !ok || len(d.Text) > 4000 {
		return Answer{}, false
	}
	message := ""
	for _, key := range []string{"message", "msg", "error", "errorMsg", "errmsg", "error_description", "detail", "title", "info"} {
		message += " " + text(o[key])
	}
	code := text(o["code"]) + " " + text(o["status"]) + " " + text(o["error"])
	a := Answer{Form: page.FormAPI}
	switch {
	case needLogin.MatchString(message) || refusedCode.MatchString(code) && !tooMany.MatchString(message):
		a.Refused = signals.OutcomeLogin
	case tooMany.MatchString(message) || tooManyCode.MatchString(code):
		a.Refused = signals.OutcomeBlocked
	case notThere.MatchString(message) || missingCode.MatchString(code):
		a.Refused = signals.OutcomeNotFound
	default:
		a.Opaque = encrypted(o)
		return a, a.Opaque
	}
	return a, true
}

var (
	needLogin   = pattern.New(`(?i)未登录|请登录|请先登录|登录(?:已)?(?:过期|失效|超时)|token.{0,12}(?:invalid|expired|失效|过期)|unauthori[sz]ed|not logged in|无权限|api.?key.{0,20}(?:missing|invalid|required)`)
	tooMany     = pattern.New(`(?i)too many|rate limit|频繁|稍后再试|验证码|captcha|访问受限|forbidden|拦截`)
	refusedCode = pattern.New(`\b40[13]\b`)
	missingCode = pattern.New(`\b404\b`)
	tooManyCode = pattern.New(`\b429\b`)
	notThere    = pattern.New(`(?i)not found|不存在|已删除|已下架|未找到`)
)

// encrypted tells an answer whose data is one long opaque text.
func encrypted(o object) bool {
	for _, key := range []string{"data", "result", "body", "content", "d"} {
		s, ok := o[key].(string)
		if ok && len(s) > 120 && opaqueText.MatchString(s) {
			return true
		}
	}
	return false
}

var opaqueText = pattern.New(`^[A-Za-z0-9+/=_\-]+$`)

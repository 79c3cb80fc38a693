package jsonlist

import (
	"strings"

	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/signals"
)

// Answer is what the envelope of a JSON answer says of the request: {"code": 0, "msg":
// "success", "data": …} and its many relatives.
type Answer struct {
	Outcome signals.Outcome // set where the answer refuses; "" otherwise
	Why     string
	Success bool // the answer says that it succeeded
}

// codeKeys hold a status; a value of successCodes means that all went well.
var codeKeys = []string{"code", "errcode", "errno", "errocode", "errorcode", "retcode", "ret", "resultcode", "returncode", "respcode", "rescode", "rtncode", "statuscode", "status", "state", "reqstate", "resultstatus", "errorno", "error_code", "bizcode", "subcode"}

var successCodes = set("0", "200", "00000", "000000", "0000", "00", "1", "10000", "20000", "100", "9200", "success", "ok", "true", "succ", "successful", "s0a00000", "000")

var messageKeys = []string{"msg", "message", "errmsg", "errormsg", "errormessage", "error", "errors", "errordescription", "retmsg", "resultmsg", "returnmsg", "respmsg", "desc", "info", "detail", "title", "reason", "resmsg", "showmsg", "tips", "hint", "faultstring"}

// AnswerOf reads the envelope of v. Words decide over codes: the codes are each system's
// own, the words are meant for people.
func AnswerOf(v any) Answer {
	m, ok := v.(map[string]any)
	if !ok {
		return Answer{}
	}
	env := envelopeOf(m)
	if env.failed || env.code != "" && !env.success {
		return refusal(env)
	}
	if env.message != "" && !env.success {
		if out, why := outcomeOfWords(env.message); out != "" && env.small {
			return Answer{Outcome: out, Why: why}
		}
	}
	return Answer{Success: env.success}
}

// envelope is what stands beside the data of an answer.
type envelope struct {
	code    string
	success bool // a code or flag says that it went well
	failed  bool // a flag says that it did not
	message string
	small   bool // there is hardly anything else in the answer
}

func envelopeOf(m map[string]any) envelope {
	var e envelope
	own := map[string]any{}
	for k, v := range m {
		own[plain(k)] = v
	}
	for _, k := range []string{"head", "header", "meta", "result", "responsestatus", "baseresp", "base_resp", "error", "status", "errors"} {
		inner, ok := own[plain(k)].(map[string]any)
		if !ok {
			continue
		}
		for k2, v2 := range inner {
			if p := plain(k2); own[p] == nil {
				own[p] = v2
			}
		}
		if k == "error" && len(inner) > 0 {
			e.failed = true
		}
	}
	e.message = messageIn(own)
	e.code, e.success = codeIn(own)
	for _, k := range []string{"success", "issuccess", "succeed", "ok", "succ", "state", "status"} {
		if b, ok := own[k].(bool); ok {
			e.success = e.success && b || b && e.code == ""
			e.failed = e.failed || !b
		}
	}
	if b, ok := own["error"].(bool); ok && b {
		e.failed = true
	}
	if s, ok := own["error"].(string); ok && strings.TrimSpace(s) != "" && !e.success {
		e.failed = true
	}
	if l, ok := own["errors"].([]any); ok && len(l) > 0 && blank(own["data"]) {
		e.failed = true
	}
	if !e.success && !e.failed && saysSuccess(own) {
		e.success = true
	}
	e.small = len(m) <= 8
	return e
}

// saysSuccess tells an answer whose message is nothing but that it went well, whatever code
// its system has for that (携程 says 201, 大易 9200).
func saysSuccess(own map[string]any) bool {
	for _, k := range messageKeys {
		switch t := strings.ToLower(strings.Trim(text(own[k]), " .!。！")); t {
		case "success", "succeed", "successful", "successfully", "operation success", "ok", "成功", "操作成功", "调用成功", "请求成功", "查询成功", "返回成功", "获取成功", "处理成功", "执行成功":
			return true
		}
	}
	if ack, ok := own["ack"].(string); ok && strings.EqualFold(ack, "success") {
		return true
	}
	return false
}

func codeIn(own map[string]any) (string, bool) {
	for _, k := range codeKeys {
		switch own[plain(k)].(type) {
		case bool, nil, map[string]any, []any:
			continue
		}
		code := strings.ToLower(value.Text(own[plain(k)], ""))
		if code == "" || len(code) > 40 {
			continue
		}
		return code, successCodes[code]
	}
	return "", false
}

func messageIn(own map[string]any) string {
	var parts []string
	for _, k := range messageKeys {
		if t := text(own[k]); t != "" && len(t) < 600 {
			parts = append(parts, t)
		}
	}
	if l, ok := own["errors"].([]any); ok && len(l) > 0 {
		if t := value.First(l[0], "message", "detail", "title", "msg"); t != "" {
			parts = append(parts, t)
		}
	}
	return strings.Join(parts, " ")
}

// refusal is the outcome of an answer that says that it failed.
func refusal(e envelope) Answer {
	if out, why := outcomeOfWords(e.message); out != "" {
		return Answer{Outcome: out, Why: why}
	}
	why := "the answer says that it failed: " + strings.TrimSpace("code "+e.code+" "+clip(e.message))
	switch e.code {
	case "401", "40100", "40101", "4010", "10401":
		return Answer{Outcome: signals.OutcomeLogin, Why: why}
	case "403", "429", "40300", "42900", "405", "418":
		return Answer{Outcome: signals.OutcomeBlocked, Why: why}
	case "404", "410", "40400":
		return Answer{Outcome: signals.OutcomeNotFound, Why: why}
	case "500", "502", "503", "504":
		return Answer{Outcome: signals.OutcomeUnreachable, Why: why}
	}
	return Answer{Outcome: signals.OutcomeNotRelevant, Why: why}
}

func clip(s string) string {
	if r := []rune(s); len(r) > 120 {
		return string(r[:120]) + "…"
	}
	return s
}

// said are words of refusals, most specific first.
var said = []struct {
	outcome signals.Outcome
	words   []string
}{
	{signals.OutcomeBlocked, []string{
		"captcha", "too many request", "rate limit", "ratelimit", "rate-limit", "throttl", "access denied", "accessdenied", "forbidden", "blocked", "bot detect", "robot", "unusual traffic", "slow down", "waf", "security check", "enable js and disable", "quota",
		"验证码", "滑动验证", "滑块", "安全验证", "人机", "访问过于频繁", "过于频繁", "操作太频繁", "太频繁", "频繁访问", "频率", "行为异常", "异常行为", "访问异常", "请求异常", "环境存在异常", "环境异常", "异常访问", "非法请求", "非法访问", "ip地址存在异常", "已被拦截", "拦截", "被限制", "访问受限", "禁止访问", "拒绝访问", "风控", "黑名单", "稍后再访问", "反爬", "限流", "verify",
	}},
	{signals.OutcomeLogin, []string{
		"unauthorized", "unauthorised", "not logged in", "not login", "nologin", "no login", "need login", "needlogin", "login required", "please login", "please log in", "sign in", "invalid token", "token invalid", "token expired", "token is", "missing token", "authentication", "authenticat", "authorization", "not authorized", "api key", "apikey", "access token", "session expired", "invalid session", "credentials", "permission",
		"请登录", "未登录", "请先登录", "重新登录", "登录失效", "登录过期", "登录超时", "登录状态", "尚未登录", "没有登录", "登陆", "令牌", "token", "鉴权", "认证失败", "未授权", "无权限", "没有权限", "权限不足", "身份验证", "会话过期",
	}},
	{signals.OutcomeNotFound, []string{
		"not found", "notfound", "not_found", "does not exist", "doesn't exist", "no longer exist", "no such", "unknown board", "unknown company", "no company", "couldn't find", "could not find", "cannot find", "can't find", "unable to find", "job board is", "deactivated", "no route", "invalid company",
		"不存在", "未找到", "找不到", "已下线", "已关闭", "已失效", "已停用", "已过期", "无此", "没有找到",
	}},
	{signals.OutcomeUnreachable, []string{
		"internal server error", "internal error", "service unavailable", "temporarily unavailable", "bad gateway", "gateway time", "maintenance", "timed out", "timeout", "something went wrong", "unexpected error",
		"系统繁忙", "服务器繁忙", "服务繁忙", "系统异常", "系统错误", "服务异常", "服务器错误", "内部错误", "维护", "超时", "服务不可用", "稍后重试", "稍后再试", "网络异常", "网络错误", "系统开小差",
	}},
}

func outcomeOfWords(message string) (signals.Outcome, string) {
	low := strings.ToLower(message)
	for _, s := range said {
		for _, w := range s.words {
			if strings.Contains(low, w) {
				return s.outcome, "the answer says: " + clip(message)
			}
		}
	}
	return "", ""
}

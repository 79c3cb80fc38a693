package web

import (
	"html/template"

	"dealvitals/store"
	"dealvitals/webhooks"
)

// endpointFunctions are what the pages of endpoints call.
func endpointFunctions() template.FuncMap {
	return template.FuncMap{
		"endpointKind": func(lang string, k store.EndpointKind) string { return endpointKinds[k].in(lang) },
		"eventType":    func(lang string, t store.EventType) string { return webhooks.TypeText(t, lang) },
		"deliveryEnd":  func(lang string, e store.DeliveryEnd) string { return deliveryEnds[e].in(lang) },
		"endpointDone": func(lang, done string) string { return endpointDone[done].in(lang) },
	}
}

var endpointKinds = map[store.EndpointKind]word{
	store.KindWebhook:  {"Webhook（程序）", "webhook (program)"},
	store.KindWeCom:    {"企业微信群机器人", "WeCom group robot"},
	store.KindDingTalk: {"钉钉群机器人", "DingTalk group robot"},
	store.KindFeishu:   {"飞书群机器人", "Feishu group robot"},
}

var deliveryEnds = map[store.DeliveryEnd]word{
	store.Delivered: {"已送达", "delivered"},
	store.Failed:    {"失败，将重试", "failed, tried again"},
	store.Dead:      {"已放弃", "given up"},
}

var endpointDone = map[string]word{
	"create":      {"已创建，从现在起的事件会发送到这里。", "Made. It gets what happens from now on."},
	"pause":       {"已暂停，期间的事件会保留。", "Paused. What happens meanwhile waits."},
	"resume":      {"已恢复，先发送等待中的事件。", "Resumed. What waited is sent first."},
	"replay-dead": {"死信将重新发送。", "The dead letters are sent again."},
}

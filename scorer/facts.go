package scorer

// factOf puts a fact behind a reason in words. What is no name of a fact is the id of a
// target that fails, and its value the reason.
func factOf(name, value, lang string) Fact {
	if label, found := factLabels[name]; found {
		return Fact{Name: name, Label: label.in(lang), Value: value}
	}
	return Fact{Name: name, Label: name, Value: ReasonText(value, lang)}
}

var factLabels = map[string]sentence{
	"target":               {"采集目标", "crawl target"},
	"targets":              {"采集目标数", "crawl targets"},
	"url":                  {"网址", "address"},
	"last_run":             {"最近一次采集", "newest crawl"},
	"last_complete":        {"最近一次完整采集", "newest complete crawl"},
	"last_sync":            {"最近一次同步", "newest sync"},
	"since":                {"观察开始", "observed since"},
	"until":                {"观察期至", "warming until"},
	"contacts":             {"关键联系人数", "key contacts"},
	"contact":              {"联系人", "contact"},
	"covered":              {"已覆盖联系人数", "contacts covered"},
	"coverage":             {"窗口覆盖率", "share of the window covered"},
	"messages_in":          {"客户消息数", "messages of the contacts"},
	"messages_out":         {"我方消息数", "messages of ours"},
	"in":                   {"客户消息数", "messages of the contact"},
	"out":                  {"我方消息数", "messages of ours"},
	"days":                 {"客户有消息的天数", "days on which a contact wrote"},
	"keywords_in":          {"客户关键词密度（每百条）", "keywords in 100 messages of the contacts"},
	"keywords_out":         {"我方关键词密度（每百条，不加热度）", "keywords in 100 messages of ours (lift nothing)"},
	"unanswered_out":       {"我方未获回复的消息（不加热度）", "messages of ours without an answer (no effect)"},
	"reply_share":          {"我方消息获回复的比例", "share of ours that the contacts answered"},
	"busiest_contact":      {"最活跃联系人占客户消息的比例", "the busiest contact's share of theirs"},
	"capped":               {"超出每日上限的消息（少计或不计）", "messages beyond the daily cap (count less or not)"},
	"slight":               {"表情、单字等（少计）", "stickers and one-word messages (count little)"},
	"night":                {"夜间消息（少计）", "messages at night (count little)"},
	"median_reply_minutes": {"客户回复时间中位数（分钟）", "median minutes until a contact answers"},
	"doubtful_days":        {"统计与消息不符的日期", "days on which the statistics disagree"},
	"last_in":              {"客户最近一次消息", "newest message of a contact"},
	"project":              {"项目", "project"},
	"words":                {"命中关键词", "keywords found"},
	"word":                 {"命中词", "word found"},
	"type":                 {"公告类型", "type of notice"},
	"counted":              {"已计入的公告", "notice that counts"},
	"winners":              {"中标人", "winners"},
	"amount":               {"金额", "amount"},
	"currency":             {"币种", "currency"},
	"role":                 {"客户角色", "role of the customer"},
	"by":                   {"匹配依据", "matched by"},
	"confidence":           {"置信度", "confidence"},
	"review":               {"待人工确认的公告数", "notices that wait for a person"},
	"unread":               {"详情页尚未读到的公告数", "notices whose pages were not read yet"},
	"unread_of":            {"其中积压最多时", "of so many at most"},
	"unread_days":          {"按目前速度读完约需天数", "days until they are read, at this pace"},
	"other":                {"看不出类型的公告数", "notices of unknown type"},
	"fell_from":            {"骤减前的岗位数", "jobs before the fall"},
	"fell_to":              {"骤减后的岗位数", "jobs since the fall"},
	"fell_at":              {"骤减时间", "fell at"},
	"shows_all":            {"经管理员核对、显示全部岗位的目标", "targets that show all jobs, by an administrator's word"},
	"fall_seen":            {"经管理员确认的岗位减少", "falls that an administrator confirmed"},
	"uncovered":            {"已采集、但不知是否登载该客户采购的网站数", "sites read of which none is known to show this customer's purchases"},
	"reach":                {"未能覆盖整个窗口的网站数", "sites not watched over the whole window"},
	"undated":              {"未标日期的公告数", "notices without a date"},
}

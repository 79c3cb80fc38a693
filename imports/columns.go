package imports

// The kinds of table.
const (
	Customers    = "customers"
	Deals        = "deals"
	Contacts     = "contacts"
	Targets      = "targets"
	Interactions = "interactions"
	Outcomes     = "outcomes"
)

// Kinds lists the kinds of table, in the order in which a new company imports them.
func Kinds() []string {
	return []string{Customers, Contacts, Deals, Targets, Interactions, Outcomes}
}

// column is one column that a kind of table may have (DESIGN §5, "Import").
type column struct {
	key      string   // as in DESIGN, English
	names    []string // other headings that mean it; the first is the one that templates show
	required bool
	example  string
}

// isList tells whether several columns may say it together: short and former names.
func (c column) isList() bool { return c.key == "aliases" || c.key == "keywords" }

// columnsOf are the columns of a kind of table, nil where there is no such kind.
func columnsOf(kind string) []column {
	switch kind {
	case Customers:
		return customerColumns()
	case Deals:
		return dealColumns()
	case Contacts:
		return contactColumns()
	case Targets:
		return targetColumns()
	case Interactions:
		return interactionColumns()
	case Outcomes:
		return outcomeColumns()
	}
	return nil
}

func customerColumns() []column {
	return []column{
		{"id", []string{"客户编号", "客户id", "客户代码", "客户号", "编号"}, true, "C-1001"},
		{"name", []string{"客户名称", "客户全称", "公司全称", "单位全称", "企业名称", "公司名称", "单位名称", "客户", "名称"}, true, "华辰精密制造股份有限公司"},
		{"aliases", []string{"别名", "客户别名", "简称", "客户简称", "公司简称", "曾用名"}, false, "华辰精密;华辰机床厂(曾用名)"},
		{"credit_code", []string{"统一社会信用代码", "信用代码", "社会信用代码", "纳税人识别号", "税号"}, false, ""},
		{"region", []string{"地区", "区域", "省份", "所在地区", "所属地区", "所属区域"}, false, "江苏"},
		{"industry", []string{"行业", "所属行业", "客户行业"}, false, "装备制造"},
		{"size", []string{"规模", "客户规模", "企业规模"}, false, "中型"},
	}
}

func dealColumns() []column {
	return []column{
		{"id", []string{"商机编号", "商机id", "商机号", "商机代码", "销售机会编号", "编号"}, true, "D-2001"},
		{"customer_id", []string{"客户编号", "客户id", "客户代码", "所属客户编号"}, true, "C-1001"},
		{"name", []string{"商机名称", "商机主题", "销售机会", "销售机会名称", "商机", "项目名称", "名称"}, true, "华辰精密MES二期"},
		{"owner", []string{"销售", "负责人", "销售负责人", "商机负责人", "所有人", "销售人员", "销售姓名", "客户经理", "业务员"}, true, "李娜"},
		{"owner_id", []string{"销售工号", "工号", "销售编号", "负责人工号", "负责人id", "销售id"}, false, "E101"},
		{"team", []string{"团队", "部门", "销售团队", "所属部门", "归属部门"}, false, "华东一部"},
		{"region", []string{"地区", "区域", "销售区域", "所属区域", "省份"}, false, "江苏"},
		{"product_line", []string{"产品线", "产品"}, false, "MES系统"},
		{"amount", []string{"金额", "商机金额", "预计金额", "预计销售金额", "预计成交金额", "预计合同金额", "预计签约金额", "预计签单金额"}, true, "320万元"},
		{"currency", []string{"币种", "货币"}, false, "CNY"},
		{"stage", []string{"阶段", "商机阶段", "销售阶段", "当前阶段"}, false, "方案"},
		{"status", []string{"状态", "商机状态"}, false, "进行中"},
		{"merged_into", []string{"并入商机", "并入", "合并到"}, false, ""},
		{"payees", []string{"分成", "提成分成", "分成人"}, false, "E101/李娜:60%;E102/王强:40%"},
		{"expected_close", []string{"预计成交日期", "预计成交", "预计成交时间", "预计签约日期", "预计签单日期", "预计结单日期", "预计成单日期", "预计关闭日期", "预计结束日期"}, false, "2026-12-31"},
		{"keywords", []string{"产品关键词", "关键词", "产品关键字", "关键字"}, false, "MES;制造执行系统"},
		{"contacts", []string{"关键人", "关键人编号", "联系人编号", "关键联系人", "联系人"}, false, "K-3001"},
	}
}

func contactColumns() []column {
	return []column{
		{"id", []string{"联系人编号", "联系人id", "关键人编号", "编号"}, true, "K-3001"},
		{"customer_id", []string{"客户编号", "客户id", "客户代码", "所属客户编号"}, true, "C-1001"},
		{"name", []string{"姓名", "联系人姓名", "关键人姓名", "联系人", "关键人", "名称"}, true, "张三"},
		{"wecom_id", []string{"企业微信外部联系人ID", "企业微信id", "外部联系人id", "external_userid"}, false, "wmAbCdEf"},
	}
}

func targetColumns() []column {
	return []column{
		{"id", []string{"目标编号", "采集目标编号", "编号"}, true, "T-4001"},
		{"kind", []string{"类型", "目标类型"}, true, "招聘"},
		{"customer_id", []string{"客户编号", "客户id"}, false, "C-1001"},
		{"url", []string{"网址", "链接", "地址"}, true, "https://www.example.com/careers/"},
		{"schedule", []string{"计划", "采集计划"}, false, "CRON_TZ=Asia/Shanghai 0 6 * * *"},
		{"covers", []string{"覆盖客户", "覆盖范围"}, false, ""},
		{"shows_all", []string{"显示全部岗位", "岗位已全部显示"}, false, ""},
	}
}

func interactionColumns() []column {
	return []column{
		{"time", []string{"时间", "消息时间", "发送时间", "聊天时间", "通话时间", "呼叫时间", "开始时间"}, true, "2026-11-20 10:30:00"},
		{"deal_id", []string{"商机编号", "商机id", "商机"}, false, "D-2001"},
		{"contact_id", []string{"联系人编号", "联系人id", "关键人", "关键人编号", "联系人"}, true, "K-3001"},
		{"direction", []string{"方向", "收发", "收/发", "消息方向", "通话方向", "呼叫方向", "呼叫类型"}, true, "收"},
		{"kind", []string{"类型", "消息类型"}, false, "text"},
		{"text", []string{"内容", "消息内容", "消息", "聊天内容", "文本内容"}, false, "报价收到了"},
		{"duration", []string{"时长", "通话时长", "语音时长", "录音时长"}, false, ""},
	}
}

func outcomeColumns() []column {
	return []column{
		{"deal_id", []string{"商机编号", "商机id", "编号"}, true, "D-2001"},
		{"result", []string{"结果", "商机结果", "输赢", "状态"}, true, "赢单"},
		{"closed_at", []string{"关闭日期", "成交日期", "结束日期", "关闭时间", "签约日期"}, true, "2026-08-31"},
		{"final_amount", []string{"成交金额", "合同金额", "最终金额", "签约金额"}, false, "298万元"},
		{"currency", []string{"币种", "货币"}, false, "CNY"},
		{"reason", []string{"原因", "输赢原因", "输单原因", "关闭原因"}, false, ""},
	}
}

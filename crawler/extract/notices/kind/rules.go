package kind

import (
	"dealvitals/crawler/extract/pattern"
	"dealvitals/signals"
)

// titleRules in the order of DESIGN §4. Sources of the words: the notice taxonomy of
// ../shared/facts/tender.md, 财库〔2020〕50号 (model forms of government procurement
// notices), 国家发改委令第10号 (publication of tender notices), SAM.gov and TED notice types.
var titleRules = []rule{
	{of: signals.NoticeOther, words: []string{"验收", "开标", "唱标", "暂停", "环评", "环境影响", "处罚", "投诉", "监督", "质疑", "恢复"}, re: pattern.New(
		`履约验收|验收(结果|公告|公示|报告|意见|信息)|开标(记录|情况|一览)|唱标记录|暂停(公告|公示|通知|采购|招标)|环境影响(评价|报告)|环评|行政处罚|投诉处理|监督检查处理|质疑答复|恢复(公告|采购|招标|交易)`),
		unless: pattern.New(`(环境影响|环评|验收)[^,，。]{0,30}(服务|采购|招标|项目|工程)[^,，。]{0,20}(公告|公示|通知|比选|磋商|谈判|询价|结果)`)},
	{of: signals.NoticeCorrection, words: []string{"更正", "澄清", "答疑", "补遗", "勘误", "更改", "补充", "修", "变更", "延", "顺延", "推迟", "调整"}, re: pattern.New(
		`更正|澄清|答疑|补遗|勘误|更改|补充(公告|公示|通知|文件|说明|资料)|修(改|正|订)(公告|公示|通知|文件|说明)|` +
			`(变更|延期|延长|顺延|推迟|调整|修改)的?(公告|公示|通知|说明|函|事项|事宜|文件|内容|信息|结果|书)|(变更|延期|顺延|推迟)([(\[【][^)\]】]*[)\]】])*[\s\d一二三四五六七八九十]*$|^[(\[【]?(变更|延期|更正|澄清)[)\]】:]|` +
			`(?i)\b(addend(um|a)|amendments?|corrigend(um|a)|modification notice|change notice|clarifications?|date extension|extension of (date|time|deadline)|berichtigung|änderungsbekanntmachung|rectificati(f|vo|ón))\b`),
		unless: pattern.New(`澄清(池|器|剂|石灰|罐|槽|设备)|变更(调查|登记|设计|测绘|勘测)`)},
	{of: signals.NoticeTermination, words: []string{"废标", "流", "终止", "撤", "失败", "异常", "取消", "作废", "中止"}, re: pattern.New(
		`废标|流标|流采|流拍|流选|终止|撤销|撤回|(采购|招标|比选|询价|谈判|磋商|竞价|项目|交易|遴选)(失败|异常|取消|作废)|失败(公告|公示)|异常(公告|公示|情况)|取消(公告|采购|招标|公示|通知|中标|成交)|作废公告|中止|` +
			`(?i)\b(cancel(led|ed|lation)?|terminat(ed|ion)|withdrawn|unsuccessful|annul(led|lato|ation)?|aufhebung|infructueux|desiert[oa])\b`),
		unless: pattern.New(`终止(妊娠|子)|异常(情况)?(检测|监测|预警|流量|行为|处置)`)},
	{of: signals.NoticeContract, words: []string{"合同"}, re: pattern.New(
		`合同(公告|公示|备案|信息|公开|签订|书|文本|履行)|合同([(\[【][^)\]】]*[)\]】])*$|(?i)\b(contract details|notice of contract|contract signed|contract modification)\b`),
		unless: pattern.New(`合同(能源|节水)|框架合同(采购|招标|项目)|合同(信息|备案|履行)(化|管理|系统|平台)`)},
	{of: signals.NoticePrequalification, words: []string{"预审", "审查", "资审"}, re: pattern.New(
		`资格预审|预审公告|投标资格审查公告|(^|[^/招标])资审公告|(?i)\b(pre-?qualif\w*|request for qualifications?|RFSQ|invitation to participate|selection questionnaire|vorauswahl|teilnahmewettbewerb)\b`)},
	{of: signals.NoticeAward, words: []string{"中标", "成交", "中选", "候选", "定标", "授标", "得标", "入围", "结果", "评标"}, re: pattern.New(
		`中标|成交|中选|候选人|定标|授标|得标|入围(结果|名单|公示|公告|供应商(名单|公示|公告)|单位(名单|公示|公告)|候选|通知)|入围([(\[【][^)\]】]*[)\]】])*$|` +
			`(采购|招标|评标|评审|比选|询价|谈判|磋商|竞价|遴选|竞选|询比|开评标|交易|选取|抽取|单一来源|项目|评选|招选|竞谈|征集|公开招标|服务|直采|直接采购|竞争性\S{2})[^,，。]{0,6}结果|结果(的)?(公告|公示|通知|公布|信息|公开)|结果([(\[【][^)\]】]*[)\]】])*$|评标公示|` +
			`(?i)\b(award(ed|s)?|notice of intent to award|bid (result|tab\w*)s?|vergebener auftrag|zuschlag|attribution|adjudicaci[oó]n|aggiudicazione)\b`),
		unless: pattern.New(`集中标|高中标|[^预拟]?中标(准|识|志|线|签|牌|段|本|清)|结果(应用|运用|互认)|资格后审结果文件|(?i)award criteria`)},
	{of: signals.NoticeSingleSource, words: []string{"单一", "单源", "直接", "唯一", "独家"}, re: pattern.New(
		`单一来源|单源|直接采购|直接委托|唯一(供应商|来源)|独家(采购|谈判)|(?i)\b(sole[- ]source|single[- ]source|direct award|voluntary ex[- ]ante|veat|without (prior|competitive) )\b`)},
	{of: signals.NoticeIntention, words: []string{"意向", "计划", "预", "前", "需求", "意见", "市场", "调研", "调查", "论证", "参数", "征集", "推介", "信息征"}, re: pattern.New(
		`意向|招标计划|采购计划|预公[告示]|预告|预采购|采前公示|需求(公示|公告|征集|调查|调研|征求|论证|公开|意见)|征求意见|意见征[询集求]|征询意见|征集意见|市场(调研|调查|询价调研|摸底|咨询)|调研公告|调研(通知|邀请|公示)|调查公告|论证(的)?(公告|公示|会|意见|邀请)|(院级|推荐性|专家|进口产品?|可行性|技术参数|参数)论证|参数(公示|征集|征求)|信息征[集询]|方案征集|前期(公示|调研)|产品推介|` +
			`(?i)\b(pre-?solicitation|sources? sought|prior information|pre-?tender|future opportunity|request for information|RFI|RFEI|planned procurement|market (research|engagement|sounding|consultation|test)|early engagement|pipeline|forecast|marktconsultatie|markterkundung|marktsondierung|consultation pr[eé]alable|consulta preliminar|planning)\b`),
		unless: pattern.New(`市场(调研|调查)(服务|项目|采购)|需求(调研|论证|调查)(服务|项目)|预公告系统|意向(客户|书)`)},
	{of: signals.NoticeInquiry, words: []string{"询", "报价"}, re: pattern.New(
		`询价|询报价|报价邀请|邀请报价|询比价|(?i)\b(RFQ|ITQ|request for (a )?(quote|quotes|quotation|quotations)|invitation (to|for) quot\w+|quotations?|preisanfrage)\b`),
		unless: pattern.New(`市场询价|(?i)request for qualifications`)},
	{of: signals.NoticeTender, words: []string{"招", "采购", "谈", "磋商", "比选", "询比", "遴选", "邀请", "竞", "投标", "征集", "募", "议", "比价", "交易"}, re: pattern.New(
		`招标|采购(公告|公示|邀请|文件|信息|通知)|谈判|磋商|比选|询比|遴选|邀请|竞价|竞选|竞标|竞谈|投标|招选|招募|征集|议标|议价|比价|交易公告|采购|` +
			`(?i)\b(invitation (to|for) (bid|tender)s?|ITT|IFB|ITB|RFP|RFT|NIT|request for (proposal|tender|bid|application|offer)s?|solicitation|call for (bid|tender|proposal)s?|tender notice|tenders?|bids?|procurement|combined synopsis|ausschreibung|offenes verfahren|öffentliche ausschreibung|appel d'offres|avis de march[eé]|licitaci[oó]n|gara)\b`)},
}

// categoryRules are words that mean more under a site's heading than in a title.
var categoryRules = []rule{
	{of: signals.NoticeOther, re: pattern.New(`审批公示|验收|开标记录|新闻|资讯|政策|法规`)},
	{of: signals.NoticeAward, re: pattern.New(`结果|中标|成交|中选|评标|评审公示|候选|交易公示|(?i)^(result|award)`)},
	{of: signals.NoticeTender, re: pattern.New(`招标/资审|招标.资格预审|^(公开招标|邀请招标|招标|采购公告|招标公告)`)},
	{of: signals.NoticeIntention, re: pattern.New(`预告|意向|计划|预公`)},
	{of: signals.NoticeCorrection, re: pattern.New(`变更|更正|澄清|补充|延期`)},
	{of: signals.NoticeContract, re: pattern.New(`合同`)},
}

// otherTrade is what trading platforms announce beside procurement.
var otherTrade = pattern.New(`(土地|宗地|地块|林权|矿业权|采矿权|探矿权|经营权|使用权|承包权|股权|债权|产权|资产|房产|房屋|商铺|门面|店面|车位|车辆|公务车|废旧|废品|报废|物业|摊位|厂房|仓库|场地|广告位|排污权|碳排放)[^,，。]{0,30}(出让|转让|拍卖|挂牌|招租|出租|租赁公告|竞租|处置|变卖|标卖|招商|流转)|` +
	`(国有产权|产权交易|资产处置|土地出让|招拍挂)|挂牌公告|招租公告|拍卖公告|出让公告|转让公告|环境影响评价|环评(公示|审批|受理)|拟作出.{0,20}审批|审批意见的公示`)

// purchase is what shows that a title with such words buys after all.
var purchase = pattern.New(`采购|招标|磋商|谈判|询价|比选|(评估|服务|监理|设计|勘察|施工|审计|管理)[^,，。]{0,12}(项目|中标|成交|结果)`)

// document are titles of rules, guidance and news, which speak of procurement without
// procuring anything.
var document = pattern.New(`印发|转发|(管理|实施|暂行|评审|监督|处罚|评价|考核|工作|投标|采购).{0,12}(办法|细则|规定|条例|规程|意见|指引|指南|制度)(\(.{0,12}\))?(的)?(通知|公告|决定)?$|(办法|细则|条例)(\(.{0,12}\))?(的通知)?$|进一步(规范|加强|做好|优化|完善|推进|深化)|(政策|法规|文件|办法)解读|答记者问|座谈会|动员会|培训班|(召开|举办|举行|开展).{2,30}(会议|大会|活动|培训|讲座|党日|检查)|领导.{0,20}(调研|视察|检查|慰问)|专家名单的通知|简介$|(指南|手册|流程|须知|问答|教程|说明书)(\(.{0,12}\))?$|操作(手册|指南|说明)`)

// circular are titles of what an office tells its own people.
var circular = pattern.New(`^关于.{2,60}的?(通知|通告|通报|提示)$`)

// bought are words by which such a title may be about a purchase after all.
var bought = pattern.New(`采购|招标|投标|询价|比选|中标|成交|磋商|谈判|竞价|竞争|遴选|征集|征询|更正|变更|延期|澄清|终止|结果|入围|候选|项目|工程|设备|服务|租赁|维修|改造|物资|供应商|报价|调研|论证|意向|购`)

// victory are titles of a company's news of what it won, which no buyer writes.
var victory = pattern.New(`(公司|集团|我司|我院|联合体|成功|再次|再度|连续|喜获?|顺利|强势|一举)(再次|成功|顺利|联合|独家|连续)?(中标[^公结候通供单价人，,、)）]|签约)`)

// notified are the ends of titles that are notices, whatever else they say.
var notified = pattern.New(`(公告|公示|通知书?|结果)([(\[【].{0,12}[)\]】])?$`)

// announcement is what shows that such a title announces a purchase after all.
var announcement = pattern.New(`(招标|采购|中标|成交|更正|变更|磋商|谈判|询价|比选|遴选|结果|单一来源|竞价|候选人|意向|征集|邀请)(公告|公示|通知书|邀请)|项目`)

// procurement are words of calls in other languages than Chinese.
var procurement = pattern.New(`(?i)\b(tenders?|bids?|bidders?|rf[pqti]|rfei|rfsq|itb|ifb|itq|itn|itt|eoi|nit|procurement|solicitations?|contracts?|quotations?|quotes?|sources sought|pre-?solicitation|corrigend(um|a)|addend(um|a)|prior information|framework|sole source|single source|pre-?qualification|ausschreibung|vergabe\w*|zuschlag|marché|appel d'offres|licitaci[oó]n|gara|lot \d+|supply of|provision of)\b`)

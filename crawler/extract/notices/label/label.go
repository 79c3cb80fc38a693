// Package label tells what the labels of notices mean: who is 采购人, what is 预算金额. One
// table serves details, the columns of lists and the keys of records.
package label

import (
	"strings"

	"dealvitals/crawler/extract/notices/sheet"
	"dealvitals/crawler/extract/pattern"
)

// Role is what a label says that its value is.
type Role int

const (
	None Role = iota
	Buyer
	BuyerWeak // 发布单位, 联系单位: the buyer where nothing better is said
	Agency
	Winner
	Candidates // all candidates in one value, the first of them first
	Supplier   // a supplier: the winner under a heading that says so
	Seller     // 乙方: the winner of a contract
	Award
	AwardTotal
	Budget
	Worth // a contract's value: what it was awarded for where there is a winner, else what is planned
	Ceiling
	Estimate
	ProjectNo
	ProjectNoWeak
	ContractNo
	ProjectName
	Published
	PublishedWeak // 公示时间: when a result is shown, from its publication on
	Deadline
	Opening
	Region
	Category
	Content
	LotName
	NoticeType
	Name // 名称 alone: what its heading says
)

// labelRole says which labels have a role. The whole label must match.
type labelRole struct {
	role Role
	re   *pattern.Pattern
}

// labelRoles is read from top to bottom; the first that matches counts. Labels come from
// the list in ../shared/facts/tender.md and the model forms of 财库〔2020〕50号; brackets
// are taken out before.
var labelRoles = []labelRole{
	{Name, pattern.Whole(`名称|单位|全称|name`)},
	{Agency, pattern.Whole(`(?:采购|招标|招投标|比选|询价|委托|政府采购|社会|项目)?代理(?:机构|单位|公司|企业|人|方|服务机构)?(?:名称|全称|信息)?|(?:集中|政府)?(?:采购|招标|招标采购)(?:代理)?(?:执行)?机构(?:名称|全称)?|集采机构(?:名称)?|采购组织机构|组织单位|agent|agency name|procurement agent`)},
	{Buyer, pattern.Whole(`(?:项目|本项目|采购项目)?(?:采购|招标|招标采购|采购招标|询价|询比|比选|谈判|磋商|遴选|征集|竞价|招募|招采|需求|使用|建设|委托|发包|业主|用户|申购|购买|招选|甄选|竞选|选聘)(?:采购)?(?:管理)?(?:人|单位|方|主体|实体|执行方|业主|部门|法人)(?:全称|名称|单位|单位名称)?|(?:采购|招标)(?:人|单位)(?:/|、|或者?)(?:采购|招标|业主)(?:人|单位)?(?:名称)?|项目(?:业主|法人|单位|建设单位)(?:名称)?|(?:采购|招标)人信息|业主(?:名称)?|甲方(?:名称)?|单位名称|(?:name of (?:the )?)?(?:contracting (?:authority|entity|body|organi[sz]ation|department|agency)|procuring (?:entity|agency|organi[sz]ation)|awarding (?:authority|body|entity)|purchasing (?:authority|entity|body|organi[sz]ation|agency)|buying organi[sz]ation|public (?:body|authority)|buyer|purchaser|authority|issuing (?:agency|department|office|organi[sz]ation|authority|entity|body))(?:'s)?(?: name| details)?|organi[sz]ation(?: name)?|department(?: name)?|entity(?: name)?|authority(?: name)?|office(?: name)?|name of office|circle/division|client|employer|tender inviting authority|vergabestelle|auftraggeber|öffentlicher auftraggeber|acheteur(?: public)?|pouvoir adjudicateur|organismo|entidad|órgano de contratación|[oó]rg[aã]o|stazione appaltante|name and addresses(?:es)?|official name|заказчик|организатор закупки|機關名稱|招標機關|採購機關|発注機関|調達機関|수요기관|공고기관`)},
	{BuyerWeak, pattern.Whole(`(?:公告|信息)?发布(?:单位|人|机构|部门)|联系单位|agency|published by|posted by|issued by`)},
	{Candidates, pattern.Whole(`(?:推荐)?(?:中标|成交|中选)候选(?:人|单位|供应商)(?:名单|排序|名称及排序)?|候选人(?:排序|名单)?`)},
	{Winner, pattern.Whole(`(?:拟|预|推荐|确定|最终)?(?:第一|首|排名第一|第1)?(?:名)?(?:的)?(?:拟|预|推荐)?(?:中标|成交|中选|入围|签约|供货|得标|中标成交|定标|授标)(?:/成交|、成交|或成交|\(成交\)|或者成交)?(?:候选)?(?:人|单位|供应商|供货商|方|商|企业|公司|机构|服务商|投标人|社会资本|厂商|厂家)(?:名称|单位|单位名称|全称)?|(?:推荐)?第[一1](?:名)?(?:拟)?(?:中标|成交|中选|入围)?(?:候选)?(?:人|单位|供应商|服务商)(?:名称)?|(?:中标|成交|中选)候选(?:人|单位|供应商)(?:第[一1]名|1)|第[一1]名|(?:中标|成交|中选)结果|(?:中标|成交)(?:供应商|人|单位)(?:名称)?、(?:联系)?地址(?:及|和|、)(?:中标|成交)金额|awarded to|awardee|contractor awarded|successful (?:bidder|tenderer|supplier)|winning bidder|winner`)},
	{Seller, pattern.Whole(`乙方(?:名称)?|供应商乙方|承包人|承包方|承包单位|供方|卖方|受托方|contractor|supplier|vendor`)},
	{Supplier, pattern.Whole(`供应商(?:名称|全称)?|投标人(?:名称)?|投标单位(?:名称)?|施工单位|服务商(?:名称)?|(?:拟定|唯一)?供应商名称`)},
	{AwardTotal, pattern.Whole(`(?:项目)?总(?:中标|成交|中选|合同|中标成交)(?:金额|价)|(?:中标|成交|合同)(?:成交)?总(?:金额|价|额|报价)|合计(?:中标|成交)?金额`)},
	{Award, pattern.Whole(`(?:拟|预|最终|第一)?(?:中标|成交|中选|签约|合同|中标成交|入围|授标|定标)(?:/成交|、成交|或成交|或者成交)?(?:人|供应商|单位)?(?:的)?(?:投标)?(?:金额|价|价格|报价|价款|额|合同价)|(?:投标|最终|最后|评标|应答|响应|磋商|谈判)?(?:总)?报价(?:总价)?|投标(?:总价|金额|价格|价)|award(?:ed)? (?:amount|value)|total award(?: value)?|final (?:contract )?value`)},
	{Budget, pattern.Whole(`拟采购(?:的)?(?:货物|服务|工程|或者|或|和|及|、)+(?:的)?预算(?:金额)?|(?:项目|采购|本项目|本次|采购项目|总|资金|包|标段|标项|政府采购)?(?:总)?预算(?:总)?(?:金额|资金|价|额|总价|总额|数)?(?:及最高限价|和最高限价|、最高限价)?|budget(?: amount)?|estimated (?:value|cost|amount|price|contract value|budget)|total estimated (?:contract )?value|estimated total (?:contract )?value|estimated total|tender value|cost estimate|ecv|(?:total )?value excluding vat|auftragswert|montant estimé|presupuesto(?: base)?|valor estimado|預算金額|기초금액|추정가격`)},
	{Worth, pattern.Whole(`(?:total )?contract (?:value|amount|price)|(?:total )?value of (?:the )?(?:contract|procurement)|(?:lot |total )?value`)},
	{Ceiling, pattern.Whole(`(?:项目|采购|招标|投标|本项目|标段|标项|包)?(?:最高)?(?:总)?(?:投标|应答|响应|招标|采购)?(?:限价|控制价|拦标价|上限价|最高价)(?:总价|金额)?|最高(?:投标|应答|响应)?(?:总)?限价|招标控制价(?:总价)?|采购控制(?:金额|价)|начальная (?:\(максимальная\) )?цена(?: контракта)?`)},
	{Estimate, pattern.Whole(`(?:合同|投资|项目|工程|采购)?(?:估算|概算|预估|预计|暂估|计划)(?:总)?(?:价|金额|额|投资|投资额|价格|造价|合同价)?|(?:项目|工程|本工程)?(?:总)?(?:投资|造价)(?:总)?(?:额|估算|金额)?|采购金额|项目(?:总)?金额|标的(?:金额|估价)|招标估价`)},
	{ProjectNo, pattern.Whole(`(?:原公告的?)?(?:政府)?(?:采购|招标|比选)?项目(?:招标|采购)?(?:编号|编码|号|代号)|(?:project|tender|solicitation|bid|rfp|rfq|itb|ifb|nit|contract|notice|reference|procurement|event)?\s*(?:reference|ref\.?|id|no\.?|number|nr\.?)(?:\s*(?:no\.?|number|/\s*tender notice no\.?))?|ifb/tender notice no\.?|référence|vergabenummer|aktenzeichen|expediente|nº? de expediente|(?:atm|contract notice|cn) id|procurement (?:id|identifier)|notice identifier|номер (?:закупки|извещения)|標案案號|공고번호`)},
	{ProjectNoWeak, pattern.Whole(`(?:招标|采购|询价|询比|谈判|磋商|比选|竞价|遴选|标段|标包|工程|标书|标的|立项|采购计划|采购任务|招标文件|采购文件|招标项目|文件|公告|任务|计划)?(?:包)?(?:编号|编码|文号)`)},
	{ContractNo, pattern.Whole(`合同(?:编号|号)|项目代码`)},
	{ProjectName, pattern.Whole(`(?:原公告的?)?(?:采购|招标|工程|比选|询价|标段|标的|标包|招标采购|合同|竞价)?(?:项目|工程)?名称|(?:采购|招标)?项目|(?:公告|竞价|项目|采购|招标|询价)?标题|project (?:name|title)|title|name of work|name of project|tender (?:name|title|brief)|subject|bid title|bezeichnung|objet(?: du marché)?|objeto(?: del contrato)?|oggetto|объект закупки|наименование (?:закупки|объекта закупки)|標案名稱|標案案號標案名稱|調達案件名称|件名|案件名|공고명`)},
	{Published, pattern.Whole(`(?:信息|公告|本公告|文章|网上)?(?:发布|发稿|公布)(?:时间|日期|于)?|(?:合同|中标|成交|结果|更正)?公告(?:时间|日期)|信息时间|发文(?:时间|日期)|(?:录入|上网|挂网|更新)(?:时间|日期)|日期|publication date(?:/time)?|published(?: on| date)?|date published|posted(?: on| date)?|date posted|issue(?:d)? date|release date|publish(?:ing|ed)? date|post date|start date|veröffentlicht(?: am)?|veröffentlichungsdatum|date de publication|date de parution|publié le|fecha de publicación|data de publicação|data pubblicazione|размещено|дата размещения|公告日期|公告日|公開日|掲載日|공고일시?|(?:notice |tender |original )?(?:publication|publishing|publish|posting|posted|release) date(?: and time)?|(?:date|time) of (?:publication|posting|issue|notice)|(?:first |originally )?(?:published|posted|advertised|released)(?: on| date)?|date (?:issued|released|advertised)|advertise(?:d|ment)? date`)},
	{PublishedWeak, pattern.Whole(`(?:更正|变更)(?:时间|日期)|(?:公示|公告)(?:开始|起始)?(?:时间|日期|期限?)|公示期(?:限)?`)},
	{Deadline, pattern.Whole(`(?:提交|递交|接收)?(?:投标|响应|报价|首次响应|应答|申请|比选申请|竞标|参选)?(?:文件)?(?:的)?(?:提交|递交|接收|上传)?(?:的)?截止(?:时间|日期)(?:及开标时间|和开标时间|、开标时间)?|(?:投标|报价|响应)(?:文件)?截止|closing (?:date|time)(?:/time)?|close(?:s|d)?(?: date)?|due date|bid due|deadline|(?:tender |bid |proposal )?submission deadline|response date|last date .*|bid submission (?:closing|end) date.*|bid closing date.*|end date|angebotsfrist|abgabefrist|teilnahmefrist|date limite(?: de (?:réception|remise) des offres)?|fecha límite|fecha de cierre|data limite|prazo|scadenza|closing on|close date & time|closing date & time|closes on|окончание подачи заявок|截止投標|提出期限|入札日|마감일시?|(?:tender |bid |quotation |offer |proposal |submission |response |application |final )*(?:closing|deadline|due|close|close-off|cut-?off)(?: (?:date|time|day|and|&|/|date/time))*(?: \(.*\))?|(?:offers|bids|proposals|responses?|tenders|quotations|applications)(?: are)? due(?: (?:date|by|on))?|date (?:offers|bids|proposals|responses) (?:are )?due|(?:deadline|time limit|closing date|last date|final date|due date) (?:for|of) (?:the )?(?:receipt|submission|submitting|receiving|delivery|return|lodg(?:e)?ment)(?: of)?(?: the)?(?: .{0,40})?|return date|tenders? (?:close|to be returned by)|closes (?:on|at)`)},
	{Opening, pattern.Whole(`(?:开标|开启|评审|磋商|谈判|开标\(采购\))(?:时间|日期)|opening date`)},
	{Region, pattern.Whole(`行政区域|(?:项目|招标|采购|信息|所属|所在|交易)?(?:所在)?(?:地区|区域|省份|省市|城市|地域)(?:名称)?|省市区|(?:建设|实施|项目|服务|交货)地点|项目所在地|region|state|county|location|province|city`)},
	{Category, pattern.Whole(`(?:采购)?品目(?:名称|分类)?|采购类别|cpv(?: codes?)?|category|commodity(?: codes?)?|naics(?: code)?`)},
	{Content, pattern.Whole(`(?:采购|招标|项目|建设|服务|工程|主要|比选)?(?:内容|需求|范围|概况|简介|简要说明|规模|标的)|(?:招标|采购|服务)内容(?:及范围|和要求)?|(?:工程|项目)概况(?:与招标范围|和招标内容)?|简要规格描述或项目基本概况介绍、用途|简要规格描述|主要内容|scope(?: of work| of services)?|description|summary|synopsis|specification`)},
	{LotName, pattern.Whole(`(?:标项|标段|包|分包|采购包|合同包|标包|分标)名称`)},
	{NoticeType, pattern.Whole(`(?:公告|信息|招标|业务)(?:类型|类别|性质)|notice type|type|art|typ|nature|招標方式`)},
}

// brackets hold units and remarks.
var brackets = pattern.New(`\([^()]*\)|【[^】]*】|\[[^\]]*\]`)

// section is the number of a field in the forms of TED and its kin: "II.1.5) Title".
var section = pattern.New(`(?i)^(?:section )?[ivx]{1,4}(?:\.\d+)*\.?\)\s*`)

// Of is the role of a label.
func Of(label string) Role {
	label = Plain(label)
	if label == "" {
		return None
	}
	for i := range labelRoles {
		if labelRoles[i].re.MatchString(label) {
			return labelRoles[i].role
		}
	}
	return None
}

// Plain is a label without what stands in brackets, unless that is all.
func Plain(label string) string {
	plain := strings.TrimSpace(section.ReplaceAllString(brackets.ReplaceAllString(label, ""), ""))
	if plain == "" {
		return strings.Trim(label, "()【】[]")
	}
	return strings.TrimRight(plain, ":：、.")
}

// Heading is what a heading says of the names beneath it.
func Heading(section string) Role {
	s := Plain(section)
	switch {
	case s == "" || Losers(section):
		return None
	case strings.Contains(s, "代理") || strings.Contains(s, "集中采购机构") || strings.Contains(s, "招标机构"):
		return Agency
	case buyerHeading.MatchString(s):
		return Buyer
	case winnerHeading.MatchString(s):
		return Winner
	}
	return None
}

var (
	buyerHeading  = pattern.New(`采购人|采购单位|招标人|招标单位|建设单位|业主|甲方|采购方`)
	winnerHeading = pattern.New(`中标|成交|中选|候选|定标|评标结果|评审结果|采购结果|入围|结果信息|包.*结果`)
	losers        = pattern.New(`未中标|未成交|落标|资格审查|资格性|符合性|未通过|否决|无效|业绩|评审专家|评委|监督|投诉|质疑|异议|答疑|服务费|保证金|资格要求|资格条件|被否决|废标|报价(?:一览|明细)|分项报价|得分(?:情况|汇总|明细)|评分`)
)

// Losers tells a heading under which bidders stand who have not won, or figures that are
// no result: requirements, scores, deposits, complaints.
func Losers(section string) bool { return losers.MatchString(Plain(section)) }

// lotLabel is a package's name before its winner: "第一包：某公司".
var lotLabel = pattern.New(`^(?:第?[\d一二三四五六七八九十A-Z]{1,3}(?:分?包|标段|标项)|(?:分?包|标段|标项|包号)[\d一二三四五六七八九十A-Z]{1,3})$`)

// OfFact is a fact's role, with its heading taken into account.
func OfFact(f *sheet.Fact) Role {
	r := Of(f.Label)
	switch r {
	case Name:
		r = Heading(f.Section)
	case None:
		if lotLabel.MatchString(f.Label) && Heading(f.Section) == Winner {
			return Winner
		}
	case Supplier, Seller:
		if Heading(f.Section) == Winner || Heading(f.Lot) == Winner {
			return Winner
		}
	case Buyer, BuyerWeak:
		if Plain(f.Label) == "单位名称" {
			return nameUnder(f.Section)
		}
	}
	return r
}

// nameUnder reads 单位名称, which is the buyer unless its heading says otherwise.
func nameUnder(section string) Role {
	if r := Heading(section); r != None {
		return r
	}
	return BuyerWeak
}

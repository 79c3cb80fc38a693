package formats

import (
	"sort"
	"strings"
	"time"
	"unicode"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/notices/kind"
	"dealvitals/crawler/extract/notices/label"
	"dealvitals/crawler/extract/notices/money"
	"dealvitals/crawler/extract/notices/party"
	"dealvitals/crawler/extract/notices/sheet"
	"dealvitals/signals"
)

// field is a field of a notice that a record may have.
type field int

const (
	fieldTitle field = iota
	fieldPublished
	fieldURL
	fieldType
	fieldBuyer
	fieldAgency
	fieldWinner
	fieldAward
	fieldBudget
	fieldCurrency
	fieldRegion
	fieldNumber
	fieldDeadline
	fieldContent
	fieldID
	fieldHTML
)

// names are the keys under which records keep each field, the surest first. Keys are
// compared in lower case without signs, so that publish_time, publishTime and PUBLISH-TIME
// are one. They were met in the interfaces and exports of the sites of
// ../shared/facts/tender.md, and are what such fields are called elsewhere.
var names = map[field][]string{
	fieldTitle: {"title", "noticetitle", "bulletintitle", "infotitle", "noticename", "bulletinname", "tendertitle", "solicitationtitle", "announcementtitle", "articletitle", "newstitle",
		"doctitle", "公告标题", "标题", "招标文件名称", "公告名称", "信息标题", "项目标题", "项目名称", "采购项目名称", "招标项目名称", "biddescription", "bidntcenm", "aanbestedingnaam", "nombredelprocedimiento", "objetocompra", "projectname", "projecttitle", "bidtitle", "contracttitle", "tendername",
		"proname", "xmmc", "ggmc", "bt", "showtitle", "simpletitle", "subject", "objet", "bezeichnung", "objeto", "objectbriefdescription", "heading", "nombre", "titel", "titre", "titolo", "name", "opportunitytitle", "description"},
	fieldPublished: {"publishdate", "publishtime", "publishedts", "publisheddate", "publishedat", "published", "publishedtime", "datepublished", "pubdate", "pubtime", "pubtimestr", "publicationdate", "noticetime",
		"noticedate", "noticesendtime", "noticepublishtime", "bulletinissuetime", "issuetime", "issuedate", "posteddate", "dateposted", "postdate", "postedon", "infodate", "infopubdate", "webdate", "releasedate", "releasetime", "publictime", "publishdatestr", "showdate", "fbsj", "ggfbsj",
		"发布时间", "发布日期", "公告时间", "公告日期", "时间", "日期", "发布", "veroffentlicht", "dateparution", "datapublicacaopncp", "datapublicacao", "bidntcedt", "publicatiedatum", "fechadepublicacion", "fechapublicacion", "fechadepublicaciondel", "fechadepublicaciondelproceso", "dataatto", "date", "time", "datetime", "advertisedate", "advertiseddate", "startdate", "opendate", "openingdate", "createdate", "createtime", "createdat", "gmtcreate", "addtime", "receivetime", "inputdate", "updatetime", "timestamp"},
	fieldURL:      {"detailurl", "noticeurl", "url", "link", "href", "detaillink", "linkurl", "infourl", "pageurl", "uilink", "htmlurl", "weburl", "sourceurl", "originalurl", "网址", "链接", "详情链接", "原文链接", "公告链接", "地址链接", "details", "urlavis", "itemurl", "bidntcedtlurl", "urlproceso", "linksistemaorigem"},
	fieldType:     {"subtype", "noticetypename", "announcetype", "informationtypetext", "infotypename", "infotype", "noticetype", "bulletintypename", "bulletintype", "noticecategory", "tendertype", "naturelibelle", "nature", "typeavis", "typepublicatie", "pubtype", "documenttype", "category", "categoryname", "categorynum", "typename", "type", "businesstype", "公告类型", "信息类型", "类型", "公告类别", "stage", "toptype", "catename", "columnname", "bidtype", "solicitationtype"},
	fieldBuyer:    {"buyer", "buyername", "purchasername", "purchaser", "purchaseunit", "purchaseunitname", "buyerunit", "ownerunit", "owner", "tenderee", "tendereename", "tenderer", "tenderername", "tenderunit", "zbr", "cgr", "cgdw", "采购人", "采购单位", "招标人", "招标单位", "采购人名称", "采购单位名称", "招标人名称", "建设单位", "业主", "业主单位", "purchasingentity", "purchasingorganization", "contractingauthority", "procuringentity", "issuingagency", "authority", "authorityname", "organisationname", "organizationname", "organization", "organisation", "department", "departmentname", "departmentdescription", "agencyname", "entity", "entityname", "client", "customer", "nomacheteur", "acheteur", "orgaonome", "orgaoentidade", "dminsttnm", "ntceinsttnm", "opdrachtgevernaam", "entidad", "nombreentidad", "contracting", "procofficename", "purchasename", "purchasername", "entecommittente", "publishorgname", "publishorg", "publishunit", "orgname", "companyname", "unitname", "nombreorganismo", "contactorganization", "provinceunit", "vergabestelle"},
	fieldAgency:   {"agent", "agentname", "agency", "agencyunit", "agentunit", "tenderagency", "tenderagencyname", "biddingagency", "procurementagency", "dljg", "代理机构", "招标代理", "代理机构名称", "招标代理机构", "采购代理机构"},
	fieldWinner:   {"winner", "winners", "winnername", "winnernames", "winbidder", "winbiddername", "winningbidder", "bidwinner", "winsupplier", "winunit", "zbdw", "中标人", "中标单位", "中标供应商", "成交供应商", "中标方", "中标企业", "awardee", "awardedto", "awardedvendor", "awardedsupplier", "awardvendor", "suppliername", "supplier", "suppliers", "contractor", "vendorname", "vendor", "titulaire", "titulaires", "contracted", "bidwinnnm", "nombredelproveedor"},
	fieldAward:    {"bidamount", "winamount", "winningamount", "winbidamount", "totalwinningmoney", "winningmoney", "dealamount", "awardamount", "awardedamount", "awardedvalue", "awardvalue", "contractamount", "contractvalue", "bidprice", "winprice", "中标金额", "成交金额", "合同金额", "中标价", "成交价", "initialcontractualprice", "montant"},
	fieldBudget:   {"budget", "budgetamount", "budgetprice", "budgetmoney", "totalbudget", "budgetmoneytotal", "purchasebudget", "projectbudget", "预算金额", "采购预算", "预算", "项目预算", "最高限价", "控制价", "金额", "estimatedvalue", "estimatedamount", "estimatedcost", "estimatedcontractvalue", "tendervalue", "valueamount", "value", "amount", "money", "ceilingprice", "maxprice", "price", "projectmoney", "asignbdgtamt", "presmptprce", "preciobase", "valortotalestimado", "montantestime"},
	fieldCurrency: {"currency", "currencycode", "moneycurrency", "币种"},
	fieldRegion:   {"region", "area", "province", "provincetext", "provincename", "areaname", "regionname", "省市区", "地区", "省份", "省", "区域", "originregion", "city", "cityname", "districtname", "district", "行政区域", "location", "state", "place", "country", "projectctryname", "ufnome", "departamentoentidad"},
	fieldNumber:   {"projectno", "projectcode", "projectnumber", "projectnum", "projno", "procode", "bidno", "bidnumber", "bidcode", "tenderno", "tendernumber", "tendercode", "tenderprojectcode", "tenderid", "noticeno", "noticecode", "itemno", "itemcode", "项目编号", "招标编号", "采购编号", "标段编号", "编号", "xmbh", "solicitationnumber", "solicitationid", "solicitationno", "referencenumber", "referenceno", "reference", "refno", "rfpnumber", "contractnumber", "purchaseno", "purchasecode", "documentnumber", "doccode", "noticebidno", "eventid", "bidreferenceno", "bidntceno", "numerocontrolepncp", "referenciadelproceso", "codigoexterno", "idweb", "publicatieid", "code"},
	fieldDeadline: {"deadline", "biddeadline", "biddingdeadline", "submissiondeadline", "tenderdeadline", "endtime", "enddate", "expirydate", "expirationdate", "closingdate", "closedate", "closingtime", "duedate", "biddate", "responsedate", "responsedeadline", "bidopentime", "bidopeningdate", "opentime", "openbidts", "投标截止时间", "截止时间", "截止日期", "开标时间", "投标时间", "报价截止时间", "datelimitereponse", "bidclsedt", "datafimvigencia", "dataencerramentoproposta", "sluitingsdatum", "fechacierre", "fechaderecepcionde", "submissiondeadlinedate"},
	fieldContent:  {"purchasecontent", "content", "contenttext", "noticecontent", "detail", "description", "summary", "abstract", "snippet", "intro", "body", "text", "scope", "采购内容", "内容", "摘要"},
	fieldID:       {"id", "noticeid", "sourceid", "infoid", "bulletinid", "projectid", "guid", "uuid", "articleid", "nid", "bidid", "docid", "_id", "opportunityid"},
	fieldHTML:     {"content", "html", "contenthtml", "htmlcontent", "noticecontent", "bulletincontent", "infocontent", "articlecontent", "body", "text", "detail", "rawhtml", "contents", "公告内容", "正文"},
}

// record is a record whose keys are made comparable.
type record struct {
	values map[string]any
	labels map[string]string // comparable key -> the key as it stands: it may hold a unit
}

func newRecord(o object) record {
	r := record{values: make(map[string]any, len(o)), labels: make(map[string]string, len(o))}
	for _, key := range sortedKeys(o) {
		k := comparable(key)
		if empty(r.values[k]) {
			r.values[k], r.labels[k] = o[key], key
		}
	}
	return r
}

// sortedKeys makes the order of a map's keys the same each time.
func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// comparable is a key in lower case without signs, and without a unit in brackets.
func comparable(key string) string {
	if i := strings.IndexAny(key, "(（"); i > 0 {
		key = key[:i]
	}
	return strings.Map(func(r rune) rune {
		if r == 'ö' || r == 'Ö' {
			return 'o'
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, key)
}

func empty(v any) bool {
	switch x := v.(type) {
	case nil:
		return true
	case string:
		return strings.TrimSpace(x) == ""
	case []any:
		return len(x) == 0
	case object:
		return len(x) == 0
	}
	return false
}

// get is the first value that a field's keys have.
func (r record) get(f field) (value any, key string) {
	for _, name := range names[f] {
		if v := r.values[name]; !empty(v) {
			return v, r.labels[name]
		}
	}
	return nil, ""
}

func (r record) text(f field) string {
	v, _ := r.get(f)
	return text(v)
}

// day is the first of a field's keys that holds a date.
func (r record) day(f field, at time.Time) *signals.Date {
	for _, name := range names[f] {
		if v := r.values[name]; !empty(v) {
			if d := day(v, at); d != nil {
				return d
			}
		}
	}
	return nil
}

// amount is the first of a field's keys that holds a sum. The key may state the unit.
func (r record) amount(f field) (money.Amount, bool) {
	currency := isoCurrency(r.text(fieldCurrency))
	for _, name := range names[f] {
		v := r.values[name]
		if empty(v) {
			continue
		}
		unit := money.UnitOf(r.labels[name])
		if unit == money.Unknown && strings.Contains(strings.ToLower(r.labels[name]), "wan") {
			unit = money.Wan
		}
		if a, ok := amount(v, unit, currency); ok {
			return a, true
		}
	}
	return money.Amount{}, false
}

// fromPairs fills a notice from labels inside of a text.
func fromPairs(n *signals.Notice, pairs []sheet.Pair, at time.Time) {
	for _, p := range pairs {
		switch label.Of(sheet.Label(p.Label)) {
		case label.Buyer:
			n.Buyer = firstOf(n.Buyer, party.Clean(p.Value))
		case label.Agency:
			n.Agency = firstOf(n.Agency, party.Clean(p.Value))
		case label.ProjectNo, label.ProjectNoWeak:
			n.ProjectNo = firstOf(n.ProjectNo, p.Value)
		case label.Deadline:
			if n.Deadline == nil {
				n.Deadline = day(p.Value, at)
			}
		case label.Published:
			if n.Published == nil {
				n.Published = day(p.Value, at)
			}
		case label.Budget, label.Ceiling, label.Award, label.AwardTotal:
			if n.Amount == nil {
				a, ok := money.Parse(p.Value, money.UnitOf(p.Label))
				setAmount(n, a, ok)
			}
		}
	}
}

// titleOf is a record's title: the first of its keys that reads as one.
func (r record) title() string {
	best := ""
	for _, name := range names[fieldTitle] {
		s := text(r.values[name])
		if s == "" {
			continue
		}
		if strings.ContainsAny(s, "<&") {
			s = dom.Text(dom.Parse([]byte(s)))
		}
		s = dom.Clean(s)
		if len([]rune(s)) > 400 {
			continue
		}
		if kind.Of(s) != "" {
			return s
		}
		best = firstOf(best, s)
	}
	for _, key := range sortedKeys(r.values) {
		if best == "" && strings.HasSuffix(key, "title") {
			best = dom.Clean(text(r.values[key]))
		}
	}
	return best
}

package words

import (
	"strings"

	"dealvitals/crawler/extract/casing"
)

// Label is what a heading of a column, or the word before a colon, says that a value is.
type Label int8

const (
	NoLabel Label = iota
	TitleOf
	PlaceOf
	PostedOn
	UpdatedOn
	Until
	HeadcountOf
	SalaryOf
	DepartmentOf
	OtherOf // education, experience, kind of work, company, …
	DutiesOf
)

// LabelOf tells what a short heading names, NoLabel where it names nothing known.
func LabelOf(text string) Label {
	text = strings.TrimFunc(text, besideLabel)
	if len(text) == 0 || len(text) > maxLabel {
		return NoLabel
	}
	if hasCJK(text) {
		return labels[strings.ReplaceAll(casing.Lower(text), " ", "")]
	}
	var low [maxLabel]byte // most texts are no labels: they are worth no memory
	return labels[string(casing.AppendLower(low[:0], text))]
}

const maxLabel = 45

// HeadOf is LabelOf for the head of a table's column, which may say more than the label:
// "Closing Date/Time", 工作地点（城市）.
func HeadOf(text string) Label {
	if label := LabelOf(text); label != NoLabel || len(text) > 60 {
		return label
	}
	text = casing.Lower(text)
	for _, h := range heads {
		if strings.Contains(text, h.word) {
			return h.label
		}
	}
	return NoLabel
}

// heads are words that tell what a column holds, whatever else its head says; the first
// that stands there counts.
var heads = []struct {
	word  string
	label Label
}{
	{"closing date", Until}, {"deadline", Until}, {"close date", Until}, {"截止", Until}, {"有效期", Until}, {"frist", Until}, {"date limite", Until},
	{"更新", UpdatedOn}, {"刷新", UpdatedOn}, {"updated", UpdatedOn}, {"发布时间", PostedOn}, {"发布日期", PostedOn}, {"date posted", PostedOn},
	{"工作地点", PlaceOf}, {"工作城市", PlaceOf}, {"招聘人数", HeadcountOf}, {"岗位名称", TitleOf}, {"职位名称", TitleOf}, {"job title", TitleOf},
}

func besideLabel(r rune) bool {
	switch r {
	case ' ', ':', '：', '*', '【', '】', '[', ']', '　', '\t':
		return true
	}
	return false
}

// TitleLabel is the title behind a label: 职位：销售经理 is 销售经理. It is "" where the
// text has no such label.
func TitleLabel(text string) string {
	label, value := Labelled(text)
	if label == TitleOf {
		return value
	}
	return ""
}

// Labelled splits a text such as 工作地点：北京 into what it is and its value.
func Labelled(text string) (Label, string) {
	i, size := strings.Index(text, "："), len("：")
	if j := strings.IndexByte(text, ':'); j >= 0 && (i < 0 || j < i) {
		i, size = j, 1
	}
	if i <= 0 || i > 45 {
		return NoLabel, ""
	}
	label := LabelOf(strings.TrimLeft(text[:i], "0123456789.、)） 一二三四五六七八九十(（"))
	return label, strings.TrimSpace(text[i+size:])
}

// Pieces splits a line of facts: 1人 | 成都 | 2026-10-11. It is nil where the text is no
// such line.
func Pieces(text string) []string {
	if len(text) > 160 {
		return nil
	}
	if strings.Contains(text, " / ") {
		return strings.Split(text, " / ")
	}
	if strings.IndexFunc(text, betweenPieces) < 0 {
		return nil
	}
	parts := strings.FieldsFunc(text, betweenPieces)
	if len(parts) < 2 {
		return nil
	}
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

func betweenPieces(r rune) bool {
	return r == '|' || r == '·' || r == '｜' || r == '•' || r == '丨'
}

// Pair is one labelled value of a text that holds several.
type Pair struct {
	Label Label
	Value string
}

// Pairs splits a text such as "人数：2 地点：上海 | 发布：11-10" into its labelled values. It is
// nil where the text has fewer than two of them.
func Pairs(text string) []Pair {
	if pairs := bracketed(text); pairs != nil {
		return pairs
	}
	if strings.Count(text, "：")+strings.Count(text, ":") < 2 {
		return nil
	}
	var out []Pair
	for _, chunk := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '|' || r == '；' || r == ';' || r == '，' }) {
		label, value := Labelled(chunk)
		switch {
		case label != NoLabel:
			out = append(out, Pair{label, value})
		case len(out) > 0 && !strings.ContainsAny(chunk, "：") && LabelOf(chunk) == NoLabel:
			last := &out[len(out)-1]
			last.Value = strings.TrimSpace(last.Value + " " + chunk)
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// bracketed are the labelled values of a text in brackets that also says how many are wanted:
// (2名 工作地点：深圳).
func bracketed(text string) []Pair {
	if len(text) > 120 || !strings.HasPrefix(text, "(") && !strings.HasPrefix(text, "（") || !strings.HasSuffix(text, ")") && !strings.HasSuffix(text, "）") {
		return nil
	}
	var out []Pair
	labelled := false
	for _, chunk := range strings.FieldsFunc(strings.Trim(text, "()（）"), func(r rune) bool { return r == ' ' || r == '|' || r == '；' || r == '，' || r == ',' }) {
		if label, value := Labelled(chunk); label != NoLabel && value != "" {
			out, labelled = append(out, Pair{label, value}), true
		} else if Headcount(chunk) > 0 && len(chunk) < 12 {
			out = append(out, Pair{HeadcountOf, chunk})
		}
	}
	if !labelled || len(out) < 2 {
		return nil
	}
	return out
}

var labels = labelWords()

func labelWords() map[string]Label {
	m := map[string]Label{}
	for _, l := range []struct {
		label Label
		words string
	}{
		{TitleOf, `职位信息,岗位信息,職種,募集職種,求人職種,職種名,职位,岗位,职位名称,岗位名称,招聘职位,招聘岗位,应聘职位,应聘岗位,职务,职务名称,招聘岗位名称,招聘职位名称,岗位(职位),职位(岗位),岗位/职位,职位/岗位,招聘标题,需求岗位,岗位类型名称,工种,招聘工种,拟聘岗位,拟招聘岗位,職缺,職位,職務名稱,工作職稱,職稱,
			position,job,job title,title,position title,role,job name,name of position,vacancy,opening,job opening,open position,post,designation,positions,jobs,roles,job description title,opportunity,position name,posting title,name of post,requisition title,job posting,open positions,current openings,vacancies,openings,stelle,stellenbezeichnung,stellenangebot,bezeichnung,poste,intitulé,intitulé du poste,offre,puesto,cargo,vaga,titolo,posizione,titel,stilling,jobtitel,stillingstittel,functie,vacature,stanowisko,nazwa stanowiska,tehtävä,職種,募集職種,求人名,職位名稱,职位名,岗位名,채용공고,공고명,모집부문,직무`},
		{PlaceOf, `工作地点,工作地址,工作城市,地点,城市,地区,工作地区,所在地,工作区域,区域,招聘地点,所在城市,上班地点,职位地点,地域,工作地,工作地點,地點,上班地點,location,locations,city,office,place,work location,job location,region,country,place of work,standort,ort,arbeitsort,einsatzort,dienstort,lieu,lieu de travail,localisation,ville,ubicación,ciudad,cidade,sede,arbetsort,sted,arbejdssted,arbeidssted,plaats,standplaats,miejsce pracy,lokalizacja,paikkakunta,where,primary location,job locations,base,base地,工作所在地,勤務地,근무지,근무지역`},
		{PostedOn, `发布时间,发布日期,发布,日期,时间,公布日期,发布日,招聘日期,開始日期,刊登日期,开始时间,开始日期,上线时间,发表时间,添加时间,添加日期,date,posted,date posted,posted on,posting date,post date,published,published on,posted date,publish date,date published,publication date,opened,open date,opening date,date opened,posted at,posted:,created,date added,listed,job posted,公开时间,挂网时间,上架时间,veröffentlicht,veröffentlicht am,online seit,eingestellt am,datum,date de publication,publié le,fecha de publicación,data de publicação,data pubblicazione,publicatiedatum,geplaatst,geplaatst op,publicerad,publiceringsdatum,data publikacji,公開日,掲載日,掲載開始日,등록일,게시일`},
		{UpdatedOn, `更新时间,更新日期,更新,刷新时间,刷新日期,修改时间,最后更新,最近更新,updated,last updated,date updated,modified,更新日`},
		{Until, `截止时间,截止日期,截止,有效期,有效期至,有效日期,到期时间,到期日期,结束时间,结束日期,报名截止,报名截止时间,投递截止,失效日期,招聘截止日期,招聘有效期,截至日期,期限,招聘期限,deadline,closing date,closes,closing,apply by,expiry date,expires,close date,end date,application deadline,valid through,last date,due date,valid until,expiration date,bewerbungsfrist,bewerbungsschluss,bewerbung bis,frist,date limite,date limite de candidature,fecha límite,fecha de cierre,prazo,data limite,scadenza,sluitingsdatum,sista ansökningsdag,ansök senast,sök senast,søknadsfrist,ansøgningsfrist,termin składania,hakuaika päättyy,応募締切,応募期限,締切,締切日,마감일,접수마감,접수기간`},
		{HeadcountOf, `招聘人数,人数,招聘名额,名额,需求人数,招聘数量,数量,招募人数,拟聘人数,计划人数,招人数,拟招人数,计划招聘人数,招聘人数(人),人數,需求人數,number of openings,openings count,headcount,no. of positions,number of positions,no. of vacancies,number of vacancies,vacancy count,no. of openings,no of openings,vacancies count,quantity,募集人数`},
		{SalaryOf, `薪资,薪资待遇,月薪,工资,工资待遇,薪酬,薪水,待遇,薪资范围,职位月薪,年薪,薪酬待遇,薪資,salary,compensation,pay,salary range,pay range,wage,hourly rate,給与`},
		{DepartmentOf, `部门,所属部门,用人部门,招聘部门,需求部门,部門,单位部门,所属单位,用人单位,招聘单位,公司,所属公司,公司名称,招聘公司,需求单位,事业部,职能,招聘科室,科室,用人科室,院系,学院,招聘学院,系部,主管部门,招聘主体,department,team,company,organization,business unit,division,abteilung,fachbereich,avdelning,afdeling,部署,function`},
		{OtherOf, `学历,学历要求,最低学历,学位,学历学位,学历/学位,学历(学位),学历要求及学位,资格条件,岗位代码,职位代码,岗位编号,岗位等级,岗位级别,考试类别,其他条件,其他要求,笔试科目,开考比例,年龄要求,专业(学科),专业名称,所学专业,学科专业,研究方向,招聘对象,招聘方式,考核方式,联系方式,经验,工作经验,经验要求,工作年限,性别,年龄,专业,专业要求,职位类别,岗位类别,职位类型,岗位类型,工作性质,职位性质,招聘类型,招聘类别,类别,类型,操作,详情,序号,编号,职位编号,语言要求,外语要求,婚姻状况,反馈率,热度,浏览次数,点击,关键词,职位关键词,联系人,联系电话,电话,邮箱,备注,申请,投递,job id,id,req id,requisition id,category,job category,type,job type,employment type,education,experience,level,
			job function,schedule,contract type,contract,shift,actions,action,apply,industry,job family,career level,seniority,reference,ref,remote,work type,workplace,time type,no.,s.no,sr. no.,#,details,description,job code,status,hours,salary grade,grade,anställningsform,beschäftigungsart,arbeitszeit,type de contrat,雇用形態,고용형태`},
		{DutiesOf, `岗位职责,职位描述,工作职责,任职要求,任职资格,岗位要求,工作内容,职位要求,岗位描述,职责描述,招聘要求,职位职责,主要职责,任职条件,应聘要求,岗位说明,职位介绍,工作描述,基本要求,应聘条件,招聘条件,岗位条件,具体要求,要求,职责,responsibilities,requirements,qualifications,duties,key responsibilities,job description,about the role,what you'll do,what you will do,essential functions,minimum qualifications,preferred qualifications,your responsibilities,
			your tasks,your profile,what we offer,who you are,about you,the role,job summary,position summary,job responsibilities,job requirements,skills,aufgaben,ihre aufgaben,deine aufgaben,profil,ihr profil,dein profil,missions,仕事内容,応募資格`},
	} {
		for w := range strings.SplitSeq(l.words, ",") {
			m[strings.TrimSpace(w)] = l.label
		}
	}
	return m
}

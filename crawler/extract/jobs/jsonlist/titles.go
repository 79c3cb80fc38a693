package jsonlist

import (
	"strings"
	"unicode"
)

// jobWords are words of job titles, as whole words in lower case.
var jobWords = wordSet(`
engineer engineering developer development programmer architect scientist researcher analyst analytics administrator admin sysadmin devops sre qa tester designer
manager management director head lead leader chief vp president officer executive supervisor superintendent foreman principal partner
specialist consultant advisor adviser associate assistant coordinator representative agent clerk secretary receptionist operator technician mechanic
electrician plumber welder machinist driver courier cashier cook chef barista waiter waitress host cleaner janitor guard security
nurse physician doctor therapist pharmacist dentist caregiver teacher professor lecturer tutor instructor trainer coach educator counselor
sales salesperson seller marketing marketer merchandiser buyer procurement accountant accounting auditor bookkeeper controller treasurer finance banker underwriter actuary broker trader
lawyer attorney counsel paralegal legal compliance recruiter recruiting recruitment sourcer hr hrbp payroll
writer editor copywriter journalist producer photographer animator artist illustrator editor translator interpreter linguist
strategist planner scheduler buyer estimator inspector surveyor scientist chemist biologist physicist statistician mathematician economist
intern internship trainee apprentice apprenticeship graduate student fellow fellowship postdoc postdoctoral co-op coop
support success operations ops logistics warehouse picker packer forklift crew member staff worker labourer laborer handyman attendant steward
cto ceo cfo coo cmo cio ciso swe sde sdet ux ui pm tpm bdr sdr csm ae frontend backend fullstack full-stack
entwickler entwicklerin ingenieur ingenieurin leiter leiterin mitarbeiter mitarbeiterin sachbearbeiter berater beraterin techniker werkstudent werkstudentin praktikant praktikum praktikantin ausbildung auszubildende
fachkraft verkäufer verkäuferin buchhalter teamleiter projektleiter meister monteur elektroniker fahrer pflegefachkraft referent assistenz duales trainee kaufmann kauffrau
ingénieur développeur développeuse chef responsable chargé chargée stage stagiaire alternance alternant technicien commercial conducteur conseiller assistante gestionnaire
ingeniero desarrollador gerente analista técnico vendedor asesor auxiliar becario practicante coordinador coordinadora
sviluppatore tirocinio stagista desenvolvedor estágio estagiário engenheiro vaga ontwikkelaar medewerker stagiair adviseur monteur utvecklare ingenjör udvikler medarbejder
`)

// jobStems are parts of Chinese, Japanese and Korean job titles. The single characters at
// the end count only at the end of a title.
var jobStems = strings.Fields(`
工程师 经理 专员 主管 助理 总监 开发 设计师 销售 实习 会计 顾问 研究员 架构师 运营 产品 代表 教师 老师 司机 技术员 操作工 技工 总裁 负责人 专家 算法 前端 后端 测试 研发 客服 文员 行政
人事 出纳 财务 法务 采购 策划 编辑 翻译 店长 店员 导购 护士 医师 医生 药师 讲师 教练 律师 审计 分析师 规划师 管培生 储备 博士后 博士 院长 校长 主任 厂长 组长 班长 科长 课长 部长 秘书 前台 保安 保洁 厨师 服务员 收银员 普工 学徒
焊工 电工 钳工 质检 品控 仓管 物流 快递 外卖 骑手 配送 主播 摄影 剪辑 文案 美工 商务 市场 投资 风控 理财 柜员 培训 招聘 岗 员工 合伙人 程序员 数据 运维 安全 科学家 工艺 机械 电气 嵌入式 硬件 软件
工程師 經理 專員 設計師 業務 助理 工讀 實習 研究員
エンジニア マネージャ デザイナー プログラマ 営業 事務 スタッフ インターン 개발자 엔지니어 매니저 디자이너 인턴 담당자
`)

const jobEndings = "员師师长工岗生官手"

// jobMarks are marks that only job titles bear: (m/w/d), H/F, (all genders).
var jobMarks = []string{"(m/w/d)", "(w/m/d)", "(m/f/d)", "(f/m/d)", "(m/f/x)", "(f/m/x)", "(m/w/x)", "m/w/d", "w/m/d", "(h/f)", "h/f", "f/h", "(m/f)", "(all genders)", "(gn)", "(d/m/w)", "(w/d/m)", "(f/h)", "(m/v)"}

func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// LooksJob tells whether a text reads like the title of a job.
func LooksJob(title string) bool {
	low := strings.ToLower(title)
	for _, mark := range jobMarks {
		if strings.Contains(low, mark) {
			return true
		}
	}
	if hasHan(title) {
		return looksJobCJK(title)
	}
	for w := range strings.FieldsFuncSeq(low, betweenWords) {
		if jobWords[w] || jobWords[strings.TrimSuffix(w, "s")] || jobEnding(w) {
			return true
		}
	}
	return false
}

// jobEnding tells German compounds and the like: softwareentwickler, vertriebsmitarbeiter.
func jobEnding(w string) bool {
	if len(w) < 9 {
		return false
	}
	for _, end := range []string{"entwickler", "ingenieur", "leiter", "leiterin", "mitarbeiter", "mitarbeiterin", "berater", "techniker", "manager", "fachkraft", "meister", "referent", "kraft", "fahrer", "ist", "engineer"} {
		if end != "ist" && strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

func looksJobCJK(title string) bool {
	for _, stem := range jobStems {
		if strings.Contains(title, stem) {
			return true
		}
	}
	core := title
	if i := strings.IndexAny(core, "(（[【-—/、|"); i > 0 {
		core = core[:i]
	}
	var last rune
	for _, c := range core {
		if unicode.IsLetter(c) {
			last = c
		}
	}
	if strings.ContainsRune(jobEndings, last) {
		return true
	}
	for w := range strings.FieldsFuncSeq(strings.ToLower(title), betweenWords) {
		if jobWords[w] {
			return true
		}
	}
	return false
}

func betweenWords(c rune) bool {
	return !unicode.IsLetter(c) && c != '-' || unicode.Is(unicode.Han, c)
}

func hasHan(s string) bool {
	for _, c := range s {
		if c >= 0x3040 && c <= 0x30FF || c >= 0x3400 && c <= 0x9FFF || c >= 0xAC00 && c <= 0xD7A3 {
			return true
		}
	}
	return false
}

package words

import (
	"strings"
	"unicode/utf8"
)

type class int8

const (
	none     class = iota
	noun           // a person by work
	field          // a field of work, alone a department
	speech         // a word of running text: the text is no title
	opening        // the same, where it is the first word
	small          // a small word that titles hardly hold
	follower       // a word that, behind the first, makes a sentence: "partner with"
)

// latin classes the words that matter, in lower case.
var latin = latinWords()

func latinWords() map[string]class {
	m := map[string]class{}
	add := func(c class, words string) {
		for w := range strings.FieldsSeq(words) {
			if _, known := m[w]; !known {
				m[w] = c
			}
		}
	}
	add(noun, `engineer developer programmer architect scientist researcher analyst administrator sysadmin designer tester manager director head chief vp president supervisor superintendent
	foreman specialist consultant advisor adviser associate assistant coordinator co-ordinator representative clerk secretary receptionist operator technician technologist mechanic electrician plumber
	welder machinist fitter driver courier cashier cook chef barista waiter waitress bartender cleaner janitor housekeeper nurse physician doctor therapist pharmacist
	dentist caregiver paramedic veterinarian teacher professor lecturer tutor instructor trainer coach educator counselor counsellor salesperson salesman seller marketer merchandiser buyer accountant
	auditor bookkeeper controller comptroller treasurer banker underwriter actuary broker trader lawyer attorney paralegal recruiter sourcer writer editor copywriter journalist producer
	photographer videographer animator artist illustrator translator interpreter linguist strategist planner scheduler estimator inspector surveyor chemist biologist physicist statistician
	mathematician economist intern internship trainee traineeship apprentice apprenticeship postdoc postdoctoral fellow fellowship handyman labourer laborer packer picker assembler installer dispatcher expeditor
	cto cfo coo cmo cio ciso cpo swe sde sdet bdr sdr csm tpm evangelist librarian curator groundskeeper gardener stylist hairdresser beautician lifeguard pilot captain sailor steward stewardess
	agent worker attendant guard practitioner operative counsel adjuster aide assembler butcher baker roaster sommelier brewer farmer ranger caretaker custodian bellman doorman jeweler tailor seamstress surveyor geologist toxicologist radiographer sonographer phlebotomist hygienist dietitian optometrist midwife dispatcher handler rigger millwright pipefitter ironworker boilermaker machinist setter grinder polisher upholsterer plasterer bricklayer glazier scaffolder groomer trader quant sdr ae tutor nanny babysitter chaplain pastor provost dean registrar bursar archivist conservator dramaturg choreographer dancer musician singer actor actress model presenter announcer reporter correspondent columnist proofreader typist stenographer teller adjudicator arbitrator magistrate prosecutor detective firefighter paramedic patrolman sheriff deputy warden officer executive leader lead partner principal generalist hrbp buyer toolmaker carpenter painter roofer mason crew stocker loader porter valet concierge host hostess server
	entwickler entwicklerin ingenieur ingenieurin leiter leiterin mitarbeiter mitarbeiterin sachbearbeiter sachbearbeiterin berater beraterin techniker technikerin werkstudent werkstudentin praktikant praktikantin praktikum
	ausbildung auszubildende auszubildender azubi fachkraft verkäufer verkäuferin buchhalter buchhalterin teamleiter projektleiter meister monteur elektroniker fahrer referent referentin kaufmann kauffrau bürokaufmann abschlussarbeit initiativbewerbung
	ingénieur ingénieure développeur développeuse responsable chargé chargée stagiaire alternance alternant technicien technicienne commercial conducteur conseiller conseillère assistante gestionnaire vendeur vendeuse comptable
	ingeniero ingeniera desarrollador desarrolladora gerente analista técnico vendedor vendedora asesor asesora auxiliar becario practicante coordinador coordinadora jefe
	administrativo administrativa enfermero enfermera conductora mozo camarero camarera cocinero cocinera dependiente dependienta operario operaria peón electricista soldador fontanero contable ayudante encargado encargada profesor profesora médico médica farmacéutico farmacéutica programador programadora diseñador diseñadora consultora directora fisioterapeuta
	engenheira assistente atendente operador operadora enfermeiro enfermeira motorista recepcionista estagiária eletricista
	infirmier infirmière aide-soignant aide-soignante cuisinier cuisinière serveur serveuse électricien électricienne mécanicien mécanicienne boulanger chauffeur secrétaire juriste opérateur opératrice préparateur préparatrice magasinier soudeur éducateur éducatrice professeur formateur formatrice directeur directrice acheteur acheteuse médecin pharmacien ouvrier ouvrière
	impiegato impiegata operaio addetto addetta tecnico ingegnere responsabile infermiere infermiera cameriere magazziniere contabile cuoco commesso commessa
	verpleegkundige beheerder kok timmerman elektricien boekhouder docent adviseur sjuksköterska lärare utvikler sykepleier ingeniør konsulent selger konsult säljare snickare
	viên sư trưởng thợ giám
	pracownik kierowca księgowy księgowa doradca sprzedawca analityk magazynier
	pflegefachkraft erzieher erzieherin krankenpfleger koch köchin kellner lagerist hausmeister architektin psychologe psychologin sozialpädagoge sozialarbeiter arzt ärztin hebamme schlosser schreiner maler maurer dachdecker
	sviluppatore tirocinio stagista desenvolvedor desenvolvedora estágio estagiário engenheiro consultor ontwikkelaar medewerker stagiair adviseur utvecklare ingenjör udvikler medarbejder programista inżynier specjalista kierownik`)
	add(field, `engineering development marketing finance legal operations logistics procurement security design data product quality research production maintenance
	administration accounting support success compliance sales communications purchasing warehouse manufacturing recruiting recruitment talent hardware software frontend backend fullstack
	devops sre qa ux ui hr it cloud infrastructure analytics strategy business`)
	add(speech, `we we're we'll you you'll you're your our us is are was were will can be been have has must should who what why how when where they their them its this that these those
	please click learn more read discover about welcome here there every each not don't lets let's join experience experienced years skills skill degree knowledge ability understanding
	wir sie unser unsere ihre du dein deine sind ist nous vous notre votre sommes est`)
	add(opening, `work working develop manage collaborate assist ensure build create maintain write help provide perform drive deliver own conduct review coordinate prepare partner proven strong excellent must minimum at least
	view see apply find search browse all meet hire hiring become latest our the by for from with report reporting monitor analyze analyse identify implement participate contribute translate communicate handle
	follow contact responsible good bachelor master ability fluent familiar send share download get start explore show load back next previous`)
	add(follower, `with to on a an closely`)
	add(small, `the your our my his her its a an that which as was`)
	return m
}

var marks = []string{"m/w/d", "w/m/d", "m/f/d", "f/m/d", "m/f/x", "f/m/x", "m/w/x", "w/m/x", "h/f", "f/h", "m/f", "d/m/w", "w/d/m", "m/v", "m/d/w", "d/w/m", "(all genders)", "m/k", "k/m"}

var compoundEnds = []string{"entwickler", "entwicklerin", "ingenieur", "ingenieurin", "leiter", "leiterin", "mitarbeiter", "mitarbeiterin", "berater", "beraterin", "techniker", "technikerin", "manager", "managerin", "fachkraft", "meister",
	"referent", "kraft", "fahrer", "engineer", "pfleger", "pflegerin", "mechaniker", "elektriker", "elektroniker", "arbeiter", "assistent", "assistentin", "helfer", "kaufmann", "praktikum", "student", "ausbilder", "verkäufer", "ologist", "ician", "grapher", "keeper", "therapist", "smith", "helper", "operator", "trician"}

// word is a Chinese stem; a likeness below zero says that the text is no title.
type word struct {
	text     string
	likeness Likeness
}

const (
	never  Likeness = -1 // running text, whatever else stands in it
	aThing Likeness = -2 // a thing, unless the text ends in a job: 课程, but 课程顾问
)

// titleTails are what may follow a job within its title.
var titleTails = strings.Fields(`岗 实习 若干 数名 储备 兼职 方向 一名 两名 二名 三名 及 和 或 兼`)

// chinese holds the stems under their first character.
var chinese = chineseWords()

func chineseWords() map[rune][]word {
	m := map[rune][]word{}
	add := func(l Likeness, words string) {
		for w := range strings.FieldsSeq(words) {
			r, _ := utf8.DecodeRuneInString(w)
			m[r] = append(m[r], word{w, l})
		}
	}
	add(Title, `内勤 外勤 工程师 工程師 经理 經理 专员 專員 主管 助理 总监 總監 设计师 設計師 会计 會計 顾问 顧問 研究员 研究員 架构师 架構師 代表 教师 教師 老师 司机 技术员 技術員 操作工 技工 总裁 负责人 专家 文员 出纳 编辑 編輯
	翻译 店长 店長 店员 店員 导购 护士 护师 医师 醫師 医生 药师 讲师 講師 教练 律师 分析师 分析師 规划师 策划师 管培生 培训生 储备干部 储备生 博士后 博士後 院长 校长 主任 厂长 组长 班长 科长 部长 秘书 前台 保安 保洁 厨师
	服务员 收银员 普工 学徒 焊工 电工 钳工 车工 质检员 检验员 检测员 测试员 仓管 仓库管理员 快递员 骑手 配送员 主播 摄影师 剪辑师 剪辑 文案 美工 柜员 程序员 程序設計師 科学家 实习生 實習生 业务员 業務員 客服 推销员 营业员 理货员 驾驶员 引航员
	飞行员 乘务员 售票员 话务员 坐席 接待员 管理员 管理員 安全员 施工员 资料员 造价员 造价师 预算员 监理 建造师 结构师 测量员 绘图员 制图员 跟单 单证 报关员 采购员 采购师 记者 主编 导演 制片 编导 编剧 化妆师 美容师 发型师 理发师 按摩师 技师 技師
	高级工 中级工 工艺员 调度员 调度 统计员 核算员 审计员 稽核 精算师 投资经理 交易员 风控师 培训师 招聘专员 猎头 薪酬专员 合伙人 首席 副总 总经办 店助 店経 营养师 咨询师 培训师 咨询员 辅导员 班主任 教务 教研 学管师 育婴师 保育员 月嫂 家政 保姆
	园丁 绿化工 水电工 维修工 维修员 装配工 机修 模具工 包装工 搬运工 叉车工 锅炉工 冲压工 注塑工 缝纫工 裁剪工 打样 打版 制版 印刷工 喷漆工 油漆工 木工 瓦工 钢筋工 架子工 塔吊 挖掘机 养殖员 饲养员 兽医 农艺师 技术支持 售前 售后 店面 督导 巡店 促销员
	开发岗 研发岗 管理岗 技术岗 教学岗 科研岗 教授 副教授 讲席 院士 书记员 法务岗 检察官 法官 辅警 协管员 社工 义工 解说员 讲解员 导游 领队 领班 前厅 客房 传菜 洗碗工 面点 水吧 调酒师 咖啡师 茶艺师 酒店总 值班 宿管 生活老师 食堂 厨工 帮厨
	エンジニア マネージャ デザイナー プログラマ スタッフ インターン オペレーター ドライバー 販売員 店舗スタッフ 現場監督 施工管理 看護師 介護職 技術職 総合職 営業職 事務職 コンサルタント 개발자 엔지니어 매니저 디자이너 인턴 담당자 业务代表 外贸业务 地推 网管 站长 库管 保管员 监控员 巡检员 值守员 押运员 门卫 保洁员 杂工 力工 小工 大工 配菜 打荷 切配 墩子 收银 理货 拣货 分拣 跑腿 代驾 陪护 护工 保管 化验 放射 检验 药剂 麻醉 康复师 心理咨询 速录员 书记 干事 研修 博导 特岗 辅警 网格员 讲师 主持人 模特 配音 原画师 策划案 平面设计 室内设计 客户主管 消防员 船员 水手 轮机 大副 二副 三副 机长 空姐 空少 安检员`)
	add(WeakTitle, `销售 銷售 运营 開發 开发 前端 后端 后台 全栈 测试 測試 算法 产品 商务 市场 行政 人事 财务 法务 采购 策划 运维 研发 嵌入式 硬件 软件 机械 电气 安卓 数据 数据库 设计 動畫 动画 原画 游戏 物流 仓储 质量 质检 品控 品质 工艺 生产 设备 项目 人力资源 培训 投资 融资
	审计 税务 风控 合规 理财 保险 信贷 推广 渠道 外贸 电商 新媒体 直播 短视频 实习 兼职 招聘公告 招聘启事 招聘简章 招聘信息 招聘通知 招聘计划 招募 诚聘 急招 急聘 招聘 校招 社招 岗位 博士 硕士 讲席教授 人才引进 引进人才 業務 営業 事務 薪酬 绩效 储备`)
	add(never, `以下 如下 负责 以上 优先 要求 熟悉 具有 具备 经验 学历 能力 欢迎 关于我们 联系我们 电话： 地址： 邮箱 谨防 声明 是什么 怎么 如何 为什么 多少钱 我们的 加入我们 了解更多 查看更多 查看全部 更多职位 全部职位 所有职位
	岗位职责 任职资格 职责描述 工作职责 岗位描述 职位描述 工作内容 岗位说明 职位名称 岗位名称 招聘人数 招聘岗位 招聘职位 发布时间 发布日期 工作地点 所属部门 截止日期 五险一金 年终奖 简历投递 投递简历 投递邮箱 有限公司`)
	add(aThing, `公司简介 新闻 资讯 动态 招标 中标 采购公告 询价 竞价 解决方案 隐私 政策 版权 热线 客服中心 售后服务 在线客服 微信客服 联系客服 用户协议
	关于招聘 招聘流程 招聘会 宣讲会 工资 怎么样 面试题 培训班 课程 教程 视频 下载 获奖 荣获 参观 考察 会议 座谈 调研 论坛 签约 开业 庆祝 祝贺 喜报 招生 研究生 本科生 产品中心 产品展示 产品介绍 产品系列
	职位搜索 搜索职位 相关职位 热门职位 推荐职位 最新职位 招聘信息网 人才网 招聘网 求职 登录 注册 首页 市场活动 采购平台 企业文化 员工风采 员工活动 员工关怀
	带薪 双休 包吃 包住 补贴 奖金 福利 晋升 期权 弹性工作 试用期 团建 下午茶 薪资待遇 薪酬福利`)
	return m
}

// titleEnds are last characters that name a person by work.
const titleEnds = "员員师師长長岗工官手匠"

// noTitleEnds are words with such an end that name no job.
var noTitleEnds = strings.Fields(`正社員 契約社員 派遣社員 社員 会员 會員 成员 成員 党员 全员 动员 团员 演员表 员工 职工 化工 加工 施工 手工 军工 开工 完工 分工 民工 美工部 竣工 复工 招工 打工 社工委 成长 增长 特长 擅长 延长 时长 生长 家长 身长 加长 波长 市长 县长 省长 会长 州长 部长级 首长 上岗 在岗 返岗 定岗 转岗 选手 新手 二手 联手 携手 高手 对手 左手 右手 分手 感官 器官 师长 老师傅 大师 恩师`)

// weakEnds are the ends of texts that name a thing, a unit or a page, though a field of
// work stands in them.
var weakEnds = strings.Fields(`部 部门 部門 中心 类 類 系统 系統 方案 平台 服务 产品 公司 集团 管理 动态 新闻 通知书 工具 设备 技术 行业 领域 案例 报告 报表 数据 软件 硬件 机械 网络 网站 学院 学校 大学 医院 银行 活动 大全 导航 分类 展示 介绍 须知 指南 流程 查询 更多 首页 频道 专区 专栏 团队 科 处 室 组 局 厅 所 院 事业部 序列 体系 能力 支持 保障 市场 线 族 城市 项目`)

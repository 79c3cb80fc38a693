package match

import "strings"

// The words by which organisation names are told apart. They are those of Chinese
// company law (企业名称登记管理规定: region + 字号 + trade + legal form) and of the public
// institutions that buy; nothing here names a company.

// legalForms end the full name of a company, longest first where one ends another.
var legalForms = newWords(strings.Fields(`股份有限公司 有限责任公司 有限公司 股份公司 总公司 公司`))

// branchWords end the name of a part of a company that is no legal person of its own
// (公司法 art. 13).
var branchWords = newWords(strings.Fields(`分公司 支公司 中心支公司 分行 支行 中心支行 分理处 营业部 营业室 营业所 总行 总部 本部 本级 分部
	分店 分厂 分局 办事处 代表处 事业部 分院 信用卡中心 项目部 经理部 储蓄所 支局 院区 校区 厂区 分校 供电局 供电段`))

// unitWords end the name of something that is part of a company, but a body of its own
// when a public one founds it.
var unitWords = newWords(strings.Fields(`中心 局 研究院 研究总院 研究所 设计院 实验室 部 处 科 站 所 院 室 厂 矿 队 车间 电厂 学院 工会`))

// personWords end the name of a legal person of its own, whoever founded it.
var personWords = newWords(strings.Fields(`公司 集团 合作社 事务所 银行 医院 学院 学校 大学 中学 小学 附中 附小 幼儿园 党校 协会 学会 商会 联合会
	基金会 委员会 管委会 交易所 出版社 联社 卫生院 中心校 福利院 保险`))

// publicUnitWords end the names of bodies below a public authority that buy for themselves.
var publicUnitWords = newWords(strings.Fields(`中心 学校 大队 支队 总队 中队 馆 站 所 院 队 局 厅 委员会 公司 医院 大学 学院 中学 小学 幼儿园 管理处 服务处
	园 基地 公园 协会 电视台 图书馆 博物馆 党校 银行`))

// placeWords end the names of places and zones: a name that runs into one is a site.
var placeWords = newWords(strings.Fields(`开发区 技术开发区 高新区 新区 产业园 产业园区 工业园 工业园区 科技园 园区 基地 片区 小区 社区 家属区 家属院 住宅 宿舍
	公园 广场 大厦 大道 水库 大坝 航运 乡村 城市 校园 三供一业 船闸 枢纽 火车站 汽车站 客运站 车站 机场 码头 新村 街道`))

// breakWords stand after a name, never inside one.
var breakWords = newWords(strings.Fields(`采购 招标 项目 工程项目 购置 关于 年度 公告 公示 询价 比选 谈判 磋商 遴选 竞价 中标 成交 结果 候选 变更 更正 澄清 流标 废标 终止 委托
	单一来源 供应商 服务项目 直接采购 集中采购 框架 联系人 地址 联合体 补充 合同 征集 第一批 第二批 第三批 第一包 第二包 评标 开标 入围 招募 定点`))

// joinWords stand between two names.
var joinWords = newWords(strings.Fields(`和 与 及 以及 的 对 为 向 在 由 被 受 将 拟`))

// introWords may end what stands before a name that begins there.
var introWords = newWords(strings.Fields(`年 年度 关于 受 为 由 对 与 和 及 以及 的 在 向 给 至 到 从 是 征集 委托 暨 项目 工程 采购 服务 招标 中标 公告 公示 包 标段 批次 名称
	单位 业主 招标人 采购人 供应商 代理机构 甲方 乙方 方 原 系 承建 承接 面向 支撑 支持 建设 使用 用户 客户 发包人 候选人 人 位于 代 机构 月 期 批 购买 提供 结果 聘请 邀请 转发 授权 选聘 指定 协助 配合 联合 隶属 拟对 号 次 开发区 高新区 园区 新区`))

// personEnds end another organisation that stands right before a name.
var personEnds = newWords(strings.Fields(`公司 分公司 支公司 银行 分行 支行 集团 医院 学院 学校 大学 局 厅 委员会 中心 院 部 处`))

// openers may stand before the organisation that a title begins with.
var openers = newWords(strings.Fields(`年 年度 月 日 关于 关于征集 征集 公开征集 招标公告 采购公告 公告 公示 公开招标 邀请招标 竞争性谈判 竞争性磋商 询价 比选 询比 项目名称
	项目 标题 更正公告 变更公告 中标公告 成交公告 结果公告 中标结果 流标公告 废标公告 采购 招标 竞价 第 次 批 一 二 三 四 五 转发 至 终止公告 澄清 采购意向 单一来源 国内 公开 重新招标 意向 预公告 合同公告 原 经济 经济技术 高新技术 开发区 高新区 产业园区
	二次 三次 首次 上半年 下半年 季度`))

// followers are what a title goes on with after a short name that stands for its buyer:
// things that are bought, and words of procurement.
var followers = newWords(strings.Fields(`采购 招标 项目 工程 服务 设备 系统 业务 机房 网络 信息 数据 办公 综合 物业 食堂 车辆 保险 员工 职工 客户 营业 生产 安全 消防 电梯 空调 维修 维护 维保
	改造 建设 新建 扩建 装修 设计 监理 施工 租赁 印刷 广告 宣传 培训 审计 咨询 法律 平台 软件 硬件 终端 集中 框架 供应商 集采 公开 竞争 询价 比选 询比 谈判 单一 中标 成交 结果 候选 公告 公示 变更
	更正 澄清 流标 废标 终止 总部 总行 全国 全行 全省 全市 年度 第 关于 智慧 智能 数字 云 大数据 人工智能 劳务 外包 合同 入围 定点 招募 档案 运维 运营 会议 视频 监控 服务器 存储 交换机 电脑 打印 家具
	电力 电缆 变压器 光伏 充电 储能 材料 物资 备品 备件 零星 集团 科技楼 大楼 综合楼 宿舍楼 实验 教学 学生 图书 公寓 校园网 体检 慰问 福利 清洁 保洁 保安 安保 绿化 礼品 工装 工作服 制服 白金 信用卡
	理财 手机 短信 营销 品牌 市场 质量 检测 评估 造价 勘察 规划 测绘 可研 环评 管道 通信 基站 铁塔 传输 光缆 宽带 无线 核心 直接 自营 自助 离行 现金 金库 网点 柜面 对公 普惠 省级 机关 机场 私有 等保`))

// agentWords stand in the names of those who run a procurement for others.
var agentWords = newWords(strings.Fields(`招标 代理 项目管理 工程管理 咨询 采购中心 交易中心 造价 拍卖 公共资源 采购服务 招投标 工程顾问 采招`))

// agentNames stand in names of companies that do nothing but procure for others.
var agentNames = newWords(strings.Fields(`招标代理 招标有限 招标集团 招标咨询 项目管理 采购中心 交易中心 采购代理 招标采购 招投标`))

// disposalWords say that the one named sells or lets.
var disposalWords = newWords(strings.Fields(`资产处置 处置资产 转让 出租 招租 拍卖 出售 变卖 报废 挂牌 公开竞租 租赁权 竞租`))

// genericStarts begin names that mean nothing without the place before them.
var genericStarts = newWords(strings.Fields(`人民 第 中心 中医 妇幼 教育 公安 农村 人寿 保险 电力 建筑 建设 城市 城建 城投 交通 水务 公交 地铁 轨道 机场 港口 港务 高速 电网 电信 移动 联通 烟草 自来水
	公共 农业 工业 工程 投资 国有 铁塔 邮政 广播 广电 供电 燃气 热力 环保 环境 旅游 文化 体育 卫生 财政 税务 市政 园林 粮食 物资 商业 商贸 实业 发展 开发 市 县 区 省 职业 师范 技术 科技 大学 学院 银行 产权`))

// instituteWords stand in the names of institutes that groups and universities founded
// as legal persons of their own.
var instituteWords = newWords(strings.Fields(`研究所 研究院 设计院 研究总院`))

// shortEnds end short names that only an organisation can bear.
var shortEnds = newWords(strings.Fields(`集团 银行 公司 大学 学院 医院 局 院 委 厅 保险 证券 电网 厂 中心 协会 商行 信托 基金 股份 控股 农商行`))

// acrossWords are words that a name cannot begin in the middle of.
var acrossWords = newWords(append(strings.Fields(`中国 全国 我国 美国 英国 德国 法国 韩国 泰国 外国 国家 大学生 中小学 地方 工业 农业 公安 人民`), strings.Fields(placeList)...))

// keepWords begin with a break word, and yet go on inside a name.
var keepWords = newWords(strings.Fields(`项目管理 招标代理 招标有限 招标股份 招标集团 招标投标 采购中心 采购有限 采购招标 招标采购 采购供应 合同能源 采购服务中心 采购管理 招标中心 采购交易`))

// schoolStops follow the letters of a university's name where it is no university: 北京|大学生,
// 大学城. schoolGoes are words with the same beginning that a title may go on with.
var (
	schoolStops = newWords(strings.Fields(`生 城 路 堂 科技园 站`))
	schoolGoes  = newWords(strings.Fields(`生物 生命 生态 生产 生活 生理 生殖 生医 生科 城市 城环 城乡 城建 路由 堂食`))
)

// goesOnWords begin the rest of a name that seemed to have ended before them.
var goesOnWords = newWords(strings.Fields(`附属 附设 有限公司 有限责任公司 股份有限公司 股份公司 集团 第一附属 第二附属 第三附属 医院 银行 科技有限 投资有限`))

// affiliated begins what belongs to a university and is a legal person of its own.
var affiliated = newWords(strings.Fields(`附属 附设 附中 附小`))

// nationalStarts begin names that are registered without a place.
var nationalStarts = newWords(strings.Fields(`中国 中华 国家 全国 中央`))

var (
	companyEnds   = newWords(strings.Fields(`公司 厂 商场 酒店 宾馆 饭店 合作社 信用社 商行 分行 支行 事务所`))
	hospitalEnds  = newWords(strings.Fields(`医院 卫生院 保健院 疾控中心 卫生服务中心 疾病预防控制中心 急救中心 血站`))
	schoolEnds    = newWords(strings.Fields(`大学 学院 学校 中学 小学 幼儿园 附中 附小 党校 一中 二中 三中 高中 初中`))
	authorityEnds = newWords(strings.Fields(`局 厅 委 委员会 政府 办公室 总署 管委会 办事处 法院 检察院 支队 大队 总队 委办 公署 海关`))
	facultyWords  = newWords(strings.Fields(`学院 学系 学部`))
	ownOffices    = newWords(strings.Fields(`分局 本级 总部 本部`))
	officeWords   = newWords(strings.Fields(`局 办公室 处 科`))
	committees    = newWords(strings.Fields(`委员会 管委会 政府 办事处`))
	bankStops     = newWords(strings.Fields(`业 间 卡 券`))
)

// fieldFillers are what sites write into a field that they leave empty.
var fieldFillers = newWords(strings.Fields(`详见 见公告 见附件 保密 不详 未知 暂无 某单位 某部`))

// departmentEnds end what sites write for a buyer when they name only its department.
var departmentEnds = newWords(strings.Fields(`部 处 科 室 办公室 中心库 后勤 本级 机关`))

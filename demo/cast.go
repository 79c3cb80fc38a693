package demo

// level is how much of something the plan gives a customer or a deal. The numbers behind
// the levels stand far from the limits of the default policy, so that no demo deal is
// between two states.
type level int

const (
	low level = iota
	mid
	high
)

// newJobs is how many jobs a hiring site opens in the month.
func (l level) newJobs() int { return [...]int{0, 3, 12}[l] }

// projects is how many projects a customer puts out for a product line in 90 days.
func (l level) projects() int { return [...]int{0, 1, 5}[l] }

// customer is a customer with the hiring site that it has.
type customer struct {
	id, name, short, code, region, city, industry string
	hiring                                        level
	site                                          siteKind
	lines                                         []line
}

// line is what the customer buys of one product line, and the deals on it.
type line struct {
	product string
	tender  level
	deals   []deal
}

// deal is a deal in the plan. wechat is how warm the contact is.
type deal struct {
	id, name, owner string
	amount          string
	currency        string
	stage           string
	closeIn         int // days from now
	wechat          level
}

// product is what our company sells, and the words by which a notice is known to be about it.
type product struct{ name, keywords, works string }

func products() map[string]product {
	return map[string]product{
		"mes":    {"MES系统", "MES|制造执行系统;生产管理系统", "MES制造执行系统"},
		"data":   {"数据中台", "数据中台;数据治理;大数据平台", "数据治理与数据中台"},
		"sec":    {"网络安全", "网络安全;等级保护;防火墙", "网络安全等级保护"},
		"campus": {"智慧园区", "智慧园区;安防监控;楼宇自控", "智慧园区安防监控"},
		"mro":    {"Maintenance software", "maintenance;MRO", "Maintenance software"},
	}
}

// cast is the plan of the whole world. The comments name hiring/tender/wechat and the
// diagnosis that each deal is to get.
func cast() []customer {
	return []customer{
		{"C01", "华辰精密制造股份有限公司", "华辰精密", "91320500MA1X4K2P05", "江苏", "苏州", "装备制造", high, siteCards, []line{
			{"mes", high, []deal{
				{"D-1001", "华辰精密MES二期", "李娜", "3200000", "CNY", "方案", 35, high}, // healthy
				{"D-1002", "华辰精密MES备件模块", "王强", "860000", "CNY", "谈判", 20, low}, // cold_relationship
				{"D-1003", "华辰精密MES运维续约", "李娜", "450000", "CNY", "谈判", 12, mid}, // healthy
			}},
			{"data", low, []deal{
				{"D-1004", "华辰精密数据中台", "王强", "5600000", "CNY", "商务", 28, high}, // talk_without_purchase
				{"D-1005", "华辰精密数据治理咨询", "赵敏", "780000", "CNY", "线索", 90, low}, // mixed
			}},
		}},
		{"C02", "东岭重型机械集团有限公司", "东岭重工", "91610300MA6X7H3Q21", "陕西", "宝鸡", "装备制造", high, siteTable, []line{
			{"mes", high, []deal{
				{"D-1006", "东岭重工MES一期", "陈伟", "4100000", "CNY", "商务", 18, low},    // cold_relationship
				{"D-1007", "东岭重工MES质量追溯", "陈伟", "1250000", "CNY", "方案", 45, high}, // healthy
			}},
			{"sec", mid, []deal{
				{"D-1008", "东岭重工等保测评", "刘洋", "680000", "CNY", "方案", 40, high}, // healthy
				{"D-1009", "东岭重工防火墙替换", "刘洋", "390000", "CNY", "线索", 75, mid}, // mixed
			}},
		}},
		{"C03", "云帆数据科技（杭州）有限公司", "云帆数据", "91330106MA2B1C3D41", "浙江", "杭州", "软件", high, siteJSONLD, []line{
			{"data", low, []deal{
				{"D-1010", "云帆数据平台扩容", "赵敏", "2900000", "CNY", "谈判", 15, high}, // talk_without_purchase
				{"D-1011", "云帆数据治理", "孙浩", "960000", "CNY", "方案", 60, mid},     // mixed
			}},
			{"sec", high, []deal{
				{"D-1012", "云帆网络安全加固", "孙浩", "1480000", "CNY", "商务", 25, high}, // healthy
			}},
		}},
		{"C04", "海纳智联汽车有限公司", "海纳汽车", "91340100MA8N5R6T83", "安徽", "合肥", "汽车", high, siteGreenhouse, []line{
			{"mes", mid, []deal{
				{"D-1013", "海纳汽车总装MES", "周婷", "7200000", "CNY", "方案", 50, low}, // mixed
			}},
			{"data", high, []deal{
				{"D-1014", "海纳汽车数据中台", "周婷", "3800000", "CNY", "商务", 22, low}, // cold_relationship
			}},
		}},
		{"C05", "南屿港务集团有限公司", "南屿港", "91330200MA2H7J8K16", "浙江", "宁波", "港口物流", low, siteCards, []line{
			{"campus", high, []deal{
				{"D-1015", "南屿港智慧园区", "吴磊", "6500000", "CNY", "商务", 30, high},  // shrinking_buyer
				{"D-1016", "南屿港安防监控扩建", "吴磊", "2100000", "CNY", "方案", 55, low}, // mixed
			}},
			{"sec", low, []deal{
				{"D-1017", "南屿港等级保护", "刘洋", "520000", "CNY", "线索", 100, low}, // dormant
			}},
		}},
		{"C06", "北辰市第一人民医院", "北辰一院", "12130100401234567B", "河北", "北辰", "医疗", low, siteTable, []line{
			{"sec", high, []deal{
				{"D-1018", "北辰一院网络安全", "郑洁", "1750000", "CNY", "谈判", 16, high}, // shrinking_buyer
			}},
			{"data", low, []deal{
				{"D-1019", "北辰一院数据中台", "郑洁", "4300000", "CNY", "线索", 120, low}, // dormant
				{"D-1020", "北辰一院数据治理", "孙浩", "880000", "CNY", "线索", 110, mid},  // dormant
			}},
		}},
		{"C07", "青禾职业技术大学", "青禾职大", "12370000495678901C", "山东", "青禾", "教育", low, siteTable, []line{
			{"campus", low, []deal{
				{"D-1021", "青禾职大智慧校园", "吴磊", "3600000", "CNY", "线索", 95, low},  // dormant
				{"D-1022", "青禾职大安防监控", "马丽", "1150000", "CNY", "方案", 65, high}, // mixed
			}},
			{"data", high, []deal{
				{"D-1023", "青禾职大数据中台", "马丽", "2700000", "CNY", "商务", 33, high}, // shrinking_buyer
			}},
		}},
		{"C08", "澜江电力建设有限公司", "澜江电建", "91530000MA6Q8W9E52", "云南", "昆明", "能源", mid, siteCards, []line{
			{"sec", high, []deal{
				{"D-1024", "澜江电建等保整改", "刘洋", "1320000", "CNY", "谈判", 19, high}, // healthy
				{"D-1025", "澜江电建防火墙", "马丽", "640000", "CNY", "方案", 48, mid},    // mixed
			}},
			{"mes", low, []deal{
				{"D-1026", "澜江电建生产管理系统", "陈伟", "1900000", "CNY", "线索", 85, mid}, // mixed
			}},
		}},
		{"C09", "金穗农村商业银行股份有限公司", "金穗农商行", "91410100MA3X2V4B67", "河南", "郑州", "金融", high, siteRSS, []line{
			{"data", high, []deal{
				{"D-1027", "金穗农商行大数据平台", "赵敏", "8800000", "CNY", "商务", 27, high}, // healthy
				{"D-1028", "金穗农商行数据治理", "王强", "2400000", "CNY", "谈判", 14, low},   // cold_relationship
			}},
			{"sec", low, []deal{
				{"D-1029", "金穗农商行网络安全", "郑洁", "3100000", "CNY", "方案", 42, high}, // talk_without_purchase
			}},
		}},
		{"C10", "启明轨道交通有限公司", "启明轨交", "91510100MA62Y3U478", "四川", "成都", "交通", high, siteTable, []line{
			{"campus", mid, []deal{
				{"D-1030", "启明轨交车站安防", "吴磊", "5200000", "CNY", "方案", 58, mid}, // mixed
			}},
			{"sec", high, []deal{
				{"D-1031", "启明轨交网络安全", "孙浩", "2650000", "CNY", "商务", 24, high}, // healthy
			}},
		}},
		{"C11", "松原新材料股份有限公司", "松原新材", "91220700MA1734569X", "吉林", "松原", "化工", low, siteJSONLD, []line{
			{"mes", low, []deal{
				{"D-1032", "松原新材MES", "陈伟", "2200000", "CNY", "线索", 130, low},   // dormant
				{"D-1033", "松原新材生产管理系统", "周婷", "990000", "CNY", "方案", 70, high}, // mixed
			}},
		}},
		{"C12", "天衡半导体（无锡）有限公司", "天衡半导体", "91320214MA1Y7Z8X30", "江苏", "无锡", "半导体", high, siteCaptcha, []line{
			{"mes", high, []deal{
				{"D-1034", "天衡半导体MES", "李娜", "9600000", "CNY", "商务", 21, low},   // unknown: blocked
				{"D-1035", "天衡半导体MES报表", "李娜", "540000", "CNY", "方案", 46, high}, // unknown: blocked
			}},
		}},
		{"C13", "瑞康生物医药股份有限公司", "瑞康医药", "91310115MA1K3L5M72", "上海", "上海", "医药", high, siteRedesigned, []line{
			{"data", high, []deal{
				{"D-1036", "瑞康医药数据中台", "马丽", "4700000", "CNY", "谈判", 17, low}, // unknown: drifted
				{"D-1037", "瑞康医药数据治理", "马丽", "830000", "CNY", "方案", 52, high}, // unknown: drifted
			}},
		}},
		{"C14", "鸿远物流科技有限公司", "鸿远物流", "91440300MA5G6F7D94", "广东", "深圳", "物流", high, siteDown, []line{
			{"campus", high, []deal{
				{"D-1038", "鸿远物流园区安防", "周婷", "1680000", "CNY", "谈判", 23, high}, // unknown: down
				{"D-1039", "鸿远物流楼宇自控", "周婷", "720000", "CNY", "方案", 62, low},   // unknown: down
			}},
		}},
		{"C15", "Nordvind Turbines AB", "Nordvind", "", "Sweden", "Gothenburg", "Energy", high, siteLever, []line{
			{"mro", low, []deal{
				{"D-1040", "Nordvind maintenance suite", "Anna Berg", "410000", "EUR", "Negotiation", 26, high}, // talk_without_purchase
			}},
		}},
	}
}

// teams is the team of each sales person.
func teams() map[string]string {
	return map[string]string{
		"李娜": "华东一部", "王强": "华东一部", "赵敏": "华东二部", "孙浩": "华东二部", "吴磊": "华东二部",
		"陈伟": "西北部", "刘洋": "西南部", "郑洁": "华北部", "马丽": "华北部", "周婷": "华南部", "Anna Berg": "International",
	}
}

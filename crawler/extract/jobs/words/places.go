package words

import (
	"strings"

	"dealvitals/crawler/extract/casing"
)

// Place tells a text that names a place where people work.
func Place(text string) bool {
	if len(text) < 3 || len(text) > 80 {
		return false
	}
	if hasCJK(text) {
		return chinesePlace(text)
	}
	return latinPlace(text)
}

func chinesePlace(text string) bool {
	text = strings.Trim(text, "[]【】()（） ")
	if len(text) > 60 || strings.HasSuffix(text, "公司") || strings.HasSuffix(text, "集团") { // 上海某某建设有限公司
		return false
	}
	for i := 6; i <= 9 && i <= len(text); i += 3 {
		if cities[text[:i]] {
			return LooksTitle(text) == NotTitle
		}
	}
	for _, end := range []string{"省", "市", "区", "县", "镇"} {
		if strings.HasSuffix(text, end) && len(text) <= 30 {
			return LooksTitle(text) == NotTitle
		}
	}
	return false
}

func latinPlace(text string) bool {
	low := casing.Lower(text)
	for _, w := range []string{"remote", "hybrid", "worldwide", "anywhere", "multiple locations", "various locations"} {
		if strings.HasPrefix(low, w) {
			return true
		}
	}
	head, rest, comma := strings.Cut(low, ",")
	if latinCities[strings.TrimSpace(head)] {
		return true
	}
	if !comma || LooksTitle(text) != NotTitle || strings.ContainsAny(text, "0123456789$€£:!?") {
		return false
	}
	words := len(strings.Fields(head))
	rest = strings.TrimSpace(rest)
	return words >= 1 && words <= 3 && len(rest) >= 2 && len(rest) <= 40 && text[0] >= 'A' && text[0] <= 'Z'
}

var cities = wordSet(`北京 上海 天津 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 内蒙古 香港 澳门 台湾 全国 深圳 广州 杭州 南京 苏州 成都 武汉 西安 长沙 郑州 青岛 济南 大连 沈阳 长春 哈尔滨
宁波 厦门 福州 合肥 南昌 昆明 贵阳 南宁 海口 三亚 石家庄 太原 兰州 西宁 银川 拉萨 呼和浩特 乌鲁木齐 无锡 常州 南通 扬州 徐州 盐城 泰州 镇江 连云港 淮安 宿迁 温州 嘉兴 绍兴 金华 台州 湖州 衢州 舟山 丽水 义乌 昆山 东莞 佛山 珠海 中山 惠州 江门 汕头 湛江 肇庆 清远 茂名 揭阳 潮州 梅州 韶关 河源
阳江 云浮 汕尾 泉州 漳州 莆田 龙岩 三明 南平 宁德 芜湖 蚌埠 马鞍山 安庆 滁州 阜阳 六安 宣城 池州 黄山 铜陵 淮南 淮北 宿州 亳州 烟台 潍坊 淄博 威海 临沂 济宁 泰安 日照 东营 德州 聊城 滨州 菏泽 枣庄 洛阳 开封 新乡 许昌 南阳 信阳 商丘 周口 驻马店 安阳 焦作 平顶山 漯河 濮阳 三门峡 鹤壁
宜昌 襄阳 荆州 黄石 十堰 孝感 荆门 咸宁 黄冈 随州 恩施 株洲 湘潭 衡阳 岳阳 常德 益阳 郴州 邵阳 娄底 怀化 永州 张家界 绵阳 德阳 乐山 宜宾 泸州 南充 自贡 内江 眉山 遂宁 达州 广安 雅安 巴中 攀枝花 遵义 柳州 桂林 北海 梧州 玉林 保定 唐山 廊坊 秦皇岛 邯郸 沧州 邢台 张家口 承德 衡水 雄安
大同 运城 临汾 晋城 长治 晋中 鞍山 抚顺 锦州 营口 丹东 本溪 葫芦岛 盘锦 吉林 大庆 齐齐哈尔 牡丹江 佳木斯 包头 鄂尔多斯 赤峰 通辽 咸阳 宝鸡 渭南 延安 榆林 汉中 赣州 九江 上饶 宜春 吉安 抚州 景德镇 萍乡 新余 鹰潭 海外 国外 台北 新北 高雄 台中 新竹 東京 大阪 서울 부산 대구 인천 대전 광주 경기 판교 横浜 名古屋 京都 福岡 札幌 仙台 神戸`)

func wordSet(s string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		m[w] = true
	}
	return m
}

var latinCities = textSet("beijing|shanghai|shenzhen|guangzhou|hangzhou|chengdu|wuhan|nanjing|suzhou|xi'an|hong kong|taipei|singapore|tokyo|seoul|london|paris|berlin|munich|hamburg|amsterdam|dublin|madrid|barcelona|lisbon|zurich|stockholm|copenhagen|oslo|helsinki|warsaw|prague|vienna|milan|rome|brussels|new york|new york city|san francisco|los angeles|seattle|austin|boston|chicago|denver|atlanta|dallas|houston|toronto|vancouver|montreal|sydney|melbourne|bangalore|bengaluru|mumbai|new delhi|delhi|hyderabad|pune|chennai|gurgaon|tel aviv|dubai|são paulo|mexico city|united states|united kingdom|usa|uk|germany|france|china|india|canada|australia|japan|europe|emea|apac|americas|global")

package web

import (
	"fmt"
	"regexp"
	"strings"
)

// problemWord is what the crawler says of a run or a page, as it says it, and in Chinese.
// %d is a number and %s anything, in the same order in both.
type problemWord struct{ en, zh string }

// problemWords are the sentences of the crawler that stand on pages for administrators.
// Those that are not here are shown as they are.
var problemWords = []problemWord{
	{"nothing outside this machine is crawled before you say where site owners reach you: set crawler.contact (--contact)", "在设置联系方式 crawler.contact（--contact）之前不采集外部网站"},
	{"it did not answer in full within %s", "%s 内没有完整应答"},
	{"its TLS certificate cannot be trusted: %s", "TLS 证书不可信：%s"},
	{"the host name %s cannot be resolved", "无法解析主机名 %s"},
	{"the connection failed: %s", "连接失败：%s"},
	{"its requests need the secret %s, which is not given", "请求需要密钥 %s，但没有提供"},
	{"it redirects more than %d times", "重定向超过 %d 次"},
	{"it redirects in a circle", "循环重定向"},
	{"the site keeps programs out", "网站拒绝程序访问"},
	{"it is behind a login", "需要登录"},
	{"there is no such page any more: look for its new address", "页面已不存在：请查找新的网址"},
	{"its content is made by scripts in a browser: let this target be rendered (reading.render: browser, needs Chromium), or make the address that the scripts load the list from the target", "内容由浏览器脚本生成：请为该目标允许渲染（reading.render: browser，需要 Chromium），或改采脚本加载列表的接口"},
	{"no list was recognised on it: has the site changed?", "没有识别到列表：网站改版了吗？"},
	{"no list was recognised on it, nor on the system that it embeds", "页面及其嵌入的系统中都没有识别到列表"},
	{"the site is in trouble", "网站自身故障"},
	{"robots.txt of %s does not allow it", "%s 的 robots.txt 不允许"},
	{"robots.txt of %s cannot be had now (HTTP %d), so nothing of it is fetched", "现在无法取得 %s 的 robots.txt（HTTP %d），因此不采集该网站"},
	{"the page that links to it asks that its links are not followed (nofollow): if the site agrees, give the address with {page} in it, or this address, as the target's", "链接所在页面要求不跟随（nofollow）：如网站同意，请把含 {page} 的网址或该网址设为目标"},
	{"it is larger than the limit of %d bytes", "超过 %d 字节的上限"},
	{"%d of %d detail pages could not be read, the first: %s", "%d / %d 个详情页无法读取，第一个：%s"},
	{"after %d refusals in a row no more detail pages were asked for", "连续 %d 次被拒后不再请求详情页"},
	{"the detail pages of %d more notices were left for the next runs: one may read %d", "另有 %d 条公告的详情页留待以后的采集（每次最多 %d 页）"},
	{"the detail pages of %d notices are gone for good", "%d 条公告的详情页已永久消失"},
	{"the list shows no address of the own pages of %d notices: make the site's interface a target, or its search by a customer's name ({customer})", "列表未给出 %d 条公告的详情页地址：请改以该网站的数据接口，或按客户名称检索的地址（{customer}）作为采集目标"},
	{"%d notices lack their details, %d of them may be anybody's demand: until those are read, or older than %d days, no count of this source proves that a customer buys little", "%d 条公告缺少详情，其中 %d 条可能是任何客户的需求：在读到之前或超过 %d 天之前，该来源的数字不能证明客户采购少"},
	{"the site says that there are %d, but shows %d", "网站称有 %d 条，但只显示 %d 条"},
	{"the list goes on behind page %d, the last that may be read", "列表在第 %d 页（允许读取的最后一页）之后还有内容"},
	{"the list has changed where an earlier run had stopped: the next run reads it from its beginning", "上次停下处的列表已变化：下次从头读取"},
	{"its pages lead back to what was read already", "翻页回到了已读过的内容"},
	{"the next run goes on there", "下次从那里继续"},
	{"its time was over before all detail pages were read", "未读完所有详情页时间已到"},
	{"the feed reaches back to %s only, not over the %d days that count: make the site's list a target instead", "订阅源只追溯到 %s，不足计入的 %d 天：请改以网站的列表页为目标"},
	{"the list reaches back to %s only, not over the %d days that count, and no next page was recognised: give its address with {page} in it, or its interface", "列表只追溯到 %s，不足计入的 %d 天，且没有识别到下一页：请提供含 {page} 的网址或其接口"},
	{"the list shows everything since %s only: until the site was watched for longer, or shows older notices, no count over %d days proves that a customer buys little", "列表只显示 %s 以来的全部内容：观察更久或显示更早的公告之前，%d 天的数字不能证明客户采购少"},
	{"the site says that it has no notices: a list that shows nothing may be out of use, or filter by something", "网站称没有公告：空列表可能已停用，或带有筛选条件"},
	{"it answers different names alike: it does not search by what it is asked", "对不同名称给出相同结果：它没有按名称搜索"},
	{"its address %s is private or reserved: allow its network (crawler.allow_networks) or host (crawler.allow_hosts) if it is yours", "地址 %s 属于内网或保留地址：若确为您的网站，请放行其网络（crawler.allow_networks）或主机（crawler.allow_hosts）"},
	{"port %d is not among those that may be connected to (crawler.allow_ports)", "端口 %d 不在允许连接之列（crawler.allow_ports）"},
	{"the page is headed %s", "页面标题为 %s"},
	{"the page says %s", "页面写着 %s"},
	{"HTTP status %d", "HTTP 状态码 %d"},
	{"no list of jobs was recognised", "没有识别到岗位列表"},
	{"neither a list of notices nor a notice was recognised", "既没有识别到公告列表，也没有识别到公告"},
	{"no customer has an open deal: there is nobody to search for", "没有客户有进行中的商机：没有可搜索的对象"},
	{"no search shows anything of more than %d days ago: it may be limited to what is recent; widen the dates in its address, or no count over as many days proves that a customer buys little", "所有检索结果均不早于 %d 天前：检索可能只限近期，请放宽网址中的日期范围，否则该时段内的计数不能证明客户采购少"},
	{"it found nothing for anybody: unless it did before, its address or encoding may be wrong, and it proves nothing", "对任何客户都没有搜索结果：网址或编码可能有误，不能证明任何事"},
	{"%d of %d customers are left for the next run: a run reads %d pages", "%d / %d 个客户留待下次：一次采集读取 %d 页"},
}

// placeholder stands in a problemWord for what differs.
var placeholder = regexp.MustCompile(`%[ds]`)

// problemPattern finds one sentence in what is said of a run.
type problemPattern struct {
	find *regexp.Regexp
	by   string
}

func (w problemWord) pattern() problemPattern {
	kinds := placeholder.FindAllString(w.en, -1)
	var find, by strings.Builder
	for n, part := range placeholder.Split(w.en, -1) {
		find.WriteString(regexp.QuoteMeta(part))
		switch {
		case n == len(kinds):
		case kinds[n] == "%d":
			find.WriteString(`(\d+)`)
		default:
			find.WriteString(`(.+?)`)
		}
	}
	if strings.HasSuffix(w.en, "%s") {
		find.WriteString("$") // what is said last reaches to the end
	}
	for n, part := range placeholder.Split(w.zh, -1) {
		by.WriteString(part)
		if n < len(kinds) {
			fmt.Fprintf(&by, "${%d}", n+1)
		}
	}
	return problemPattern{regexp.MustCompile(find.String()), by.String()}
}

// problemIn says in a language what the crawler says of a run. One sentence may hold
// another: why the first of its pages could not be read.
func problemIn() func(lang, problem string) string {
	var patterns []problemPattern
	for _, w := range problemWords {
		patterns = append(patterns, w.pattern())
	}
	return func(lang, problem string) string {
		if lang == "en" {
			return problem
		}
		sentences := strings.Split(problem, "; ")
		for i, sentence := range sentences {
			for _, p := range patterns {
				sentence = p.find.ReplaceAllString(sentence, p.by)
			}
			sentences[i] = sentence
		}
		return strings.Join(sentences, "；")
	}
}

package label

import (
	"testing"

	"dealvitals/crawler/extract/notices/sheet"
)

func TestLabelsMeanWhatTheySay(t *testing.T) {
	for name, want := range map[string]Role{
		"采购人": Buyer, "采购单位名称": Buyer, "招标（采购）人名称": Buyer, "项目业主": Buyer, "采购执行方": Buyer, "采购人(甲方)": Buyer, "Contracting authority": Buyer, "发布单位": BuyerWeak,
		"代理机构名称": Agency, "采购代理机构全称": Agency, "集中招标（采购）机构名称": Agency, "招标代理": Agency,
		"中标供应商名称": Winner, "成交供应商": Winner, "中标（选）人": Winner, "拟中标人": Winner, "第一中标候选人": Winner, "第一名": Winner, "中标候选人": Candidates,
		"总中标金额": AwardTotal, "中标(成交)金额": Award, "中标价（万元）": Award, "投标报价": Award, "合同金额": Award,
		"预算金额（元）": Budget, "采购预算": Budget, "最高限价": Ceiling, "招标控制价": Ceiling, "本工程投资": Estimate, "Estimated Contract Value": Budget,
		"项目编号": ProjectNo, "采购项目编号": ProjectNo, "项目号": ProjectNo, "招标编号": ProjectNoWeak, "标段编码": ProjectNoWeak, "竞价编号": ProjectNoWeak, "合同编号": ContractNo,
		"公告时间": Published, "信息时间": Published, "发布日期": Published, "Publication Date/Time": Published,
		"投标截止时间": Deadline, "提交投标文件截止时间": Deadline, "开标时间": Opening, "行政区域": Region,
		"投标保证金": None, "采购人电话": None, "采购人地址": None, "首次公告日期": None, "招标文件售价": None, "业绩要求": None, "采购方式": None, "第二中标候选人": None,
	} {
		if got := Of(sheet.Label(name)); got != want {
			t.Errorf("%s has the role %d, want %d", name, got, want)
		}
	}
}

func TestAHeadingSaysWhoseNameStandsBeneathIt(t *testing.T) {
	for section, want := range map[string]Role{"采购人信息": Buyer, "采购代理机构信息(如有)": Agency, "中标(成交)信息": Winner, "未中标供应商": None, "项目联系方式": None} {
		f := sheet.Fact{Label: "名称", Value: "x", Section: section}
		if got := OfFact(&f); got != want {
			t.Errorf("名称 under %s has the role %d, want %d", section, got, want)
		}
	}
}

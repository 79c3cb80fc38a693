package kind

import (
	"testing"

	"dealvitals/signals"
)

func TestATitleStatesItsType(t *testing.T) {
	rows := []struct {
		title string
		want  signals.NoticeType
	}{
		{"某市第一医院CT采购项目公开招标公告", signals.NoticeTender},
		{"某市第一医院CT采购项目公开招标公告更正公告", signals.NoticeCorrection},
		{"某市第一医院CT采购项目中标候选人公示变更", signals.NoticeCorrection},
		{"（变更）某某道路工程招标公告", signals.NoticeCorrection},
		{"商品炉渣销售变更公告", signals.NoticeCorrection},
		{"标识系统安装项目(3标段)-延期公告", signals.NoticeCorrection},
		{"2026年度国土变更调查项目公开招标公告", signals.NoticeTender},
		{"污水厂高密度澄清池设备招标公告", signals.NoticeTender},
		{"某县学校食堂设备采购废标公告", signals.NoticeTermination},
		{"某县学校食堂设备采购终止公告", signals.NoticeTermination},
		{"某县道路工程招标异常公告", signals.NoticeTermination},
		{"2026年校园维修服务采购项目政府采购合同公告", signals.NoticeContract},
		{"某医院信息系统采购合同", signals.NoticeContract},
		{"某医院合同能源管理服务项目招标公告", signals.NoticeTender},
		{"某高速公路TJ-1合同段施工资格预审公告", signals.NoticePrequalification},
		{"某工程资格预审公告(代招标公告)", signals.NoticePrequalification},
		{"某工程施工标段-招标/资审公告", signals.NoticeTender},
		{"某某医院设备采购项目中标（成交）结果公告", signals.NoticeAward},
		{"某某医院设备采购中标候选人公示", signals.NoticeAward},
		{"某某项目结果公告", signals.NoticeAward},
		{"某某项目评标结果公示", signals.NoticeAward},
		{"某某设备询价结果公告", signals.NoticeAward},
		{"2026年第11批集中招标公告", signals.NoticeTender},
		{"城区集中标识标牌采购公告", signals.NoticeTender},
		{"某项目单一来源采购公示", signals.NoticeSingleSource},
		{"某项目单一来源采购结果公告", signals.NoticeAward},
		{"铅酸蓄电池采购项目直接采购事前公示", signals.NoticeSingleSource},
		{"某局2026年7月政府采购意向", signals.NoticeIntention},
		{"室外一体化电池采购项目预公示", signals.NoticeIntention},
		{"便携式DR设备采购项目市场调研招标公告", signals.NoticeIntention},
		{"关于我院举行多个项目院级论证的公告", signals.NoticeIntention},
		{"某局办公家具询价公告", signals.NoticeInquiry},
		{"某局办公家具询 价 公 告", signals.NoticeInquiry},
		{"某分公司材料采购询比公告", signals.NoticeTender},
		{"某公司供应商入围项目招标公告", signals.NoticeTender},
		{"某公司供应商入围结果公示", signals.NoticeAward},
		{"某局系统建设项目履约验收公告", signals.NoticeOther},
		{"某局暂停公告", signals.NoticeOther},
		{"IFB No. 1-25 Drainage Improvement - Addendum No. 2", signals.NoticeCorrection},
		{"Contract Award: school furniture", signals.NoticeAward},
		{"Invitation to Bid - road works", signals.NoticeTender},
		{"Sources Sought for cloud services", signals.NoticeIntention},
		{"Parking Pilot", ""},
		{"智能手术室行为管理系统", ""},
	}
	for _, row := range rows {
		if got := Of(row.title); got != row.want {
			t.Errorf("%q is %q, want %q", row.title, got, row.want)
		}
	}
}

func TestASitesOwnWordIsAHint(t *testing.T) {
	rows := []struct {
		category string
		want     signals.NoticeType
	}{
		{"招标公告", signals.NoticeTender}, {"中标结果", signals.NoticeAward}, {"cn-standard", signals.NoticeTender},
		{"can-standard", signals.NoticeAward}, {"招标/资审公告", signals.NoticeTender}, {"交易结果公示", signals.NoticeAward},
		{"询比公告", signals.NoticeTender}, {"采购项目预公告", signals.NoticeIntention}, {"审批公示", signals.NoticeOther},
		{"Presolicitation", signals.NoticeIntention}, {"变更", signals.NoticeCorrection}, {"2", ""}, {"", ""},
	}
	for _, row := range rows {
		if got := OfCategory(row.category); got != row.want {
			t.Errorf("category %q is %q, want %q", row.category, got, row.want)
		}
	}
}

func TestRulesAndNewsAreNoNotices(t *testing.T) {
	for _, title := range []string{"关于进一步规范政府采购代理机构管理的通知", "政府采购货物和服务招标投标管理办法", "关于印发政府采购需求管理办法的通知", "关于加强招标投标领域信用建设的意见", "市领导调研公共资源交易工作", "我局召开政府采购工作会议"} {
		if !Document(title) && Of(title) != "" {
			t.Errorf("%q counts as a notice", title)
		}
	}
	for _, title := range []string{"管理办法编制服务项目招标公告", "关于某某采购项目延期的通知", "采购管理办法咨询服务采购公告", "某局2026年会议服务定点采购中标公告"} {
		if Document(title) {
			t.Errorf("%q does not count as a notice", title)
		}
	}
}

func TestWhatIsSoldOrLetIsNoProcurement(t *testing.T) {
	for _, title := range []string{"打印机、空调等一批报废资产公开转让", "某路12号商铺招租公告", "某区2026-15号地块国有建设用地使用权出让公告"} {
		if !NoProcurement(title) {
			t.Errorf("%q counts as procurement", title)
		}
	}
	for _, title := range []string{"土地房地产评估机构采购项目成交公告", "农村土地承包经营权确权登记颁证采购项目中标公告", "资产管理系统招标公告"} {
		if NoProcurement(title) {
			t.Errorf("%q does not count as procurement", title)
		}
	}
}

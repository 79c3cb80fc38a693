package scorer

import "dealvitals/signals"

// tenderReasons say why the tender measure has its status, and why a notice counts or not.
var tenderReasons = map[string]sentence{
	signals.ReasonTenderReview:    {"有公告待人工确认是否属于该客户，测得值只是下限", "notices that may be this customer's wait for a person, so the number is only a lower bound"},
	signals.ReasonTenderUndated:   {"首次采集时有未标日期的公告，测得值只是下限", "notices without a date were there at the first crawl, so the number is only a lower bound"},
	signals.ReasonTenderUnread:    {"有公告的详情页尚未读到，可能属于该客户或与商机有关，测得值只是下限", "the pages of some notices could not be read yet and may be this customer's demand, so the number is only a lower bound"},
	signals.ReasonTenderReach:     {"网站列表没有回溯到整个统计窗口，采集时间也还不够长，测得值只是下限；随采集时间增长会自行消除，或改用能翻到更早公告的列表地址", "the lists of tender sites do not reach back over the whole window and were not watched for as long, so the number is only a lower bound; that ends by itself with time, or with the address of a list that shows older notices"},
	signals.ReasonTenderOther:     {"该客户有公告看不出是否为采购需求，测得值只是下限（人工确认不属于该客户即可排除）", "nobody knows what some of this customer's notices announce, so the number is only a lower bound (a person who says that they are not this customer's settles it)"},
	signals.ReasonTenderUncovered: {"没有依据表明所采集的招标网站会登载该客户的采购（从未见过其作为采购人的公告），没有公告不等于没有采购；请添加该客户发布采购公告的网站，或在采集目标的 covers 中注明该网站覆盖此客户", "none of the tender sites is known to show what this customer buys (no notice of its own was ever seen there), so their silence says nothing; add the site on which it puts out its purchases, or state in the target's covers that a site shows them"},
	signals.ReasonNeverMatched:    {"从未有公告提到该客户，且登记的名称不是全称，可能对不上公告，测得值只是下限；请补充工商登记的全称或曾用名", "no notice ever named this customer, and the name on record is not a registered one, so the number is only a lower bound; add its full or former name"},
	signals.WhySameProject:        {"不计入：同一项目已计入一次", "does not count: its project counts already"},
	signals.WhyRetender:           {"不计入：重新招标，属同一需求", "does not count: put out again, the same demand"},
	signals.WhyCorrection:         {"不计入：更正公告，不是新的需求", "does not count: a correction is no demand of its own"},
	signals.WhyAward:              {"不计入：项目已定标", "does not count: awarded already"},
	signals.WhyContract:           {"不计入：已签合同", "does not count: the contract is signed"},
	signals.WhyTermination:        {"不计入：项目已终止或流标", "does not count: ended or failed"},
	signals.WhyCancelled:          {"不计入：项目其后被取消", "does not count: cancelled afterwards"},
	signals.WhyOtherNotice:        {"不计入：不是采购需求公告", "does not count: no notice of demand"},
	signals.WhyOtherRole:          {"不计入：客户在公告中不是采购人", "does not count: the customer is not the buyer in it"},
	signals.WhyReview:             {"暂不计入：是否属于该客户待人工确认", "does not count yet: whether it is this customer's waits for a person"},
	signals.WhyUnrelated:          {"不计入：与商机产品关键词无关", "does not count: not related to what the deal sells"},
	signals.WhyExcluded:           {"不计入：含有商机的排除词", "does not count: it holds a word that the deal excludes"},
	signals.WhyNotYet:             {"不计入：公告日期晚于评估时刻", "does not count: dated later than the instant asked for"},
	signals.WhyRejected:           {"不计入：人工判定不属于该客户", "does not count: a person said that it is not this customer's"},
}

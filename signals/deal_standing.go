package signals

import "dealvitals/signals/fold"

// DealStatus says whether a deal is still being sold.
type DealStatus string

const (
	DealOpen   DealStatus = "open"
	DealWon    DealStatus = "won"
	DealLost   DealStatus = "lost"
	DealMerged DealStatus = "merged" // into another deal of the CRM, which goes on
)

// Standing is where a deal stands. One that was merged is merged, whatever else it says. A
// deal that says nothing has ended where its outcome is known, and else is open. What was
// cancelled brings no more money than what was lost.
func (d Deal) Standing() DealStatus {
	switch {
	case d.MergedInto != "":
		return DealMerged
	case d.Status != "":
		return d.Status
	case d.Ended == "":
		return DealOpen
	case d.Ended.Won():
		return DealWon
	}
	return DealLost
}

// Closed tells whether nothing is sold any more under this deal's id: what its customer
// does from then on says nothing about it.
func (d Deal) Closed() bool { return d.Standing() != DealOpen }

// StatusOfStage reads a status out of what CRMs call their last stages; "" for any other
// stage. Only whole names count: 赢单概率评估 is no win, and 签约 is often still under way.
func StatusOfStage(stage string) DealStatus {
	switch fold.Letters(stage) {
	case "won", "closedwon", "赢单", "已赢单", "成交", "已成交", "赢单关闭", "已签约":
		return DealWon
	case "lost", "closedlost", "输单", "已输单", "丢单", "已丢单", "输单关闭", "失单", "未中标":
		return DealLost
	}
	return ""
}

// ReadDealStatus reads a status as tables write it: in English, or in Chinese.
func ReadDealStatus(text string) (DealStatus, bool) {
	switch fold.Letters(text) {
	case "", "open", "进行中", "跟进中":
		return DealOpen, true
	case "won", "赢单", "成交":
		return DealWon, true
	case "lost", "输单", "丢单":
		return DealLost, true
	}
	return "", false
}

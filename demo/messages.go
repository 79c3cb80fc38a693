package demo

import (
	"slices"
	"time"

	"dealvitals/signals"
)

// message is one line of a chat log.
type message struct {
	at        time.Time
	contact   string
	direction string
	text      string
}

// conversation is what a deal's sales person and key contacts wrote in the last 40 days.
// A warm one goes both ways on most working days and is about price, contract and
// technique; a cold one is a sales person who writes and hardly gets an answer.
func conversation(d deal, now time.Time) []message {
	var log []message
	for i, contact := range contactsOf(d) {
		switch d.wechat {
		case high:
			log = append(log, exchange(contact, now, 1, 1, 4+i)...)
		case mid:
			log = append(log, exchange(contact, now, 6+10*i, 1, 1)...)
		default:
			log = append(log, monologue(contact, now)...)
		}
	}
	slices.SortStableFunc(log, func(a, b message) int { return a.at.Compare(b.at) })
	return log
}

// exchange is a talk on every step-th day since the last since days, some pairs of
// question and answer each.
func exchange(contact string, now time.Time, step, since, pairs int) []message {
	ours := []string{"上次的报价您看了吗，方案是否还需要调整？", "合同模板已经发您，请法务看一下", "技术方案第三章的接口部分更新了", "下周二去现场做需求调研可以吗"}
	theirs := []string{"报价收到了，预算还在走流程，价格能不能再优化", "合同第五条付款节点需要再谈一下", "技术上没问题，请补充一下部署架构和接口说明", "可以，周二上午十点，我把参会人名单发您"}
	var log []message
	for day := since; day <= 38; day += step {
		at := workingHour(now.AddDate(0, 0, -day))
		if weekend(at) {
			continue
		}
		for p := range pairs {
			i := (day + p) % len(ours)
			log = append(log,
				message{at.Add(time.Duration(p) * 47 * time.Minute), contact, "out", ours[i]},
				message{at.Add(time.Duration(p)*47*time.Minute + 11*time.Minute), contact, "in", theirs[i]})
		}
	}
	return log
}

// monologue is a sales person who writes once a week and got one answer, long ago.
func monologue(contact string, now time.Time) []message {
	var log []message
	for day := 3; day <= 38; day += 7 {
		log = append(log, message{workingHour(now.AddDate(0, 0, -day)), contact, "out", "您好，方便时请回复一下"})
	}
	return append(log, message{workingHour(now.AddDate(0, 0, -36)), contact, "in", "最近忙，再说吧"})
}

// workingHour is half past nine in Shanghai of a day.
func workingHour(t time.Time) time.Time {
	day := signals.DateOf(t.In(signals.Shanghai))
	return day.Start().Add(9*time.Hour + 30*time.Minute)
}

func weekend(t time.Time) bool {
	day := t.In(signals.Shanghai).Weekday()
	return day == time.Saturday || day == time.Sunday
}

package wecom

import (
	"encoding/json"
	"time"

	"dealvitals/signals"
)

// Figures is one member's row of 联系客户统计 (get_user_behavior_data, path/92132): what the member
// did in a day, summed over all customers.
type Figures struct {
	Member string
	Day    signals.Date // Asia/Shanghai
	Sent   int          // messages that the member sent in chats of two
	Final  bool         // the vendor changes it no more
}

// finalAt is the hour of the next day from which on figures are final: before, zeros were seen
// that were real numbers later (product.md, part D: 06:00 by the vendor's word on 微信客服).
const finalAt = 6 * time.Hour

// finalDay tells whether figures of a day that were asked for at an instant are final.
func finalDay(day signals.Date, askedAt time.Time) bool {
	return !askedAt.Before(day.AddDays(1).Start().Add(finalAt))
}

// ReadStatistics reads a line of statistics: the vendor's answer, with the member that it was
// asked about in userid and the time of asking in asked_at beside it. Rows without message_cnt
// say nothing, and are left out.
func ReadStatistics(line []byte) ([]Figures, error) {
	var answer struct {
		Member  json.RawMessage `json:"userid"`
		AskedAt time.Time       `json:"asked_at"`
		Code    int             `json:"errcode"`
		Rows    []struct {
			Day  int64 `json:"stat_time"` // Unix seconds of the day's beginning
			Sent *int  `json:"message_cnt"`
		} `json:"behavior_data"`
	}
	if err := json.Unmarshal(line, &answer); err != nil {
		return nil, bad("the line is not an answer of get_user_behavior_data with userid and asked_at")
	}
	member, err := oneMember(answer.Member)
	switch {
	case err != nil:
		return nil, err
	case answer.AskedAt.IsZero():
		return nil, bad("asked_at, when WeCom was asked, is missing")
	case answer.Code != 0:
		return nil, bad("errcode is not 0: WeCom answered nothing")
	}
	var list []Figures
	for _, row := range answer.Rows {
		day := signals.DateOf(time.Unix(row.Day, 0).In(signals.Shanghai))
		if row.Day <= 0 || row.Day > answer.AskedAt.Unix() {
			return nil, bad("stat_time is not a day before asked_at")
		}
		if row.Sent == nil {
			continue
		}
		if *row.Sent < 0 {
			return nil, bad("message_cnt is negative")
		}
		list = append(list, Figures{Member: member, Day: day, Sent: *row.Sent, Final: finalDay(day, answer.AskedAt)})
	}
	return list, nil
}

// oneMember reads a userid, or a list of one. WeCom sums over several.
func oneMember(raw json.RawMessage) (string, error) {
	var id string
	var list []string
	if json.Unmarshal(raw, &id) != nil {
		if json.Unmarshal(raw, &list) != nil || len(list) != 1 {
			return "", bad("userid is not one userid: ask WeCom for one at a time, for it sums over several")
		}
		id = list[0]
	}
	if !GoodID(id) {
		return "", bad("userid is not an id")
	}
	return id, nil
}

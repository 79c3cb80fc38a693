package cli

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"

	"dealvitals/scorer"
	"dealvitals/signals"
)

// printDeals prints the table of deals, and then those whose data is missing and why.
func printDeals(w io.Writer, healths []scorer.Health) error {
	t := newTable("deal 商机", "owner 销售", "amount 金额", "hiring 招聘", "tender 采购", "wechat 互动", "health 健康度", "diagnosis 诊断", "freeze 冻结").orSay("no deals yet")
	for _, h := range healths {
		t.add(h.DealID, h.Owner, h.Amount+" "+h.Currency,
			factorCell(h.Factors.Hiring), factorCell(h.Factors.Tender), factorCell(h.Factors.WeChat),
			number(h.Health), h.Diagnosis, freezeCell(h.Freeze))
	}
	if err := t.print(w); err != nil {
		return err
	}
	return printMissing(w, healths)
}

// printMissing lists the factors that are no measurement. Missing data is never low: such
// a deal is neither flagged nor frozen by it.
func printMissing(w io.Writer, healths []scorer.Health) error {
	t := newTable("deal 商机", "factor 指标", "status 状态", "why 原因")
	sums := make(map[missingFactor]int)
	missing := 0
	for _, h := range healths {
		for _, f := range []struct {
			name  signals.Factor
			score scorer.FactorScore
		}{{signals.FactorHiring, h.Factors.Hiring}, {signals.FactorTender, h.Factors.Tender}, {signals.FactorWeChat, h.Factors.WeChat}} {
			if f.score.Status == signals.StatusOK {
				continue
			}
			missing++
			sums[missingFactor{f.name, f.score.Status, f.score.Reason}]++
			t.add(h.DealID, factorText(f.name), f.score.Status, scorer.ReasonText(f.score.Reason, "zh")+" / "+scorer.ReasonText(f.score.Reason, "en"))
		}
	}
	if missing == 0 {
		return nil
	}
	if _, err := fmt.Fprintln(w, "\nData that is missing (never taken as low) 缺失的数据（不按“低”处理）:"); err != nil {
		return err
	}
	if missing > missingListed {
		return printMissingSums(w, sums)
	}
	return t.print(w)
}

// missingListed is how many factors that are missing are told one by one.
const missingListed = 200

// missingFactor is why a factor of a deal is no measurement.
type missingFactor struct {
	factor signals.Factor
	status signals.Status
	reason string
}

// printMissingSums counts the deals that lack a factor for the same reason.
func printMissingSums(w io.Writer, sums map[missingFactor]int) error {
	t := newTable("factor 指标", "status 状态", "deals 商机", "why 原因")
	keys := slices.SortedFunc(maps.Keys(sums), func(a, b missingFactor) int {
		return cmp.Or(cmp.Compare(sums[b], sums[a]), cmp.Compare(a.factor, b.factor), cmp.Compare(a.reason, b.reason))
	})
	for _, k := range keys {
		t.add(factorText(k.factor), k.status, sums[k], scorer.ReasonText(k.reason, "zh")+" / "+scorer.ReasonText(k.reason, "en"))
	}
	return t.print(w)
}

// factorCell shows a factor as its number and band, or its status.
func factorCell(f scorer.FactorScore) string {
	if f.Status != signals.StatusOK || f.Band == nil {
		return "– " + string(f.Status)
	}
	return number(f.Value) + " " + bandText(*f.Band)
}

func bandText(b scorer.Band) string {
	switch b {
	case scorer.BandHigh:
		return "▲高"
	case scorer.BandLow:
		return "▼低"
	}
	return "=中"
}

func factorText(f signals.Factor) string {
	switch f {
	case signals.FactorHiring:
		return "hiring 招聘"
	case signals.FactorTender:
		return "tender 采购"
	}
	return "wechat 互动"
}

func freezeCell(f scorer.FreezeView) string {
	text := string(f.State)
	if f.State == scorer.FreezeFrozen {
		text = "❄ frozen 冻结"
	}
	if f.Disputed {
		text += " (disputed)"
	}
	return text
}

func number(n *float64) string {
	if n == nil {
		return "–"
	}
	return strconv.FormatFloat(*n, 'f', -1, 64)
}

package web_test

import (
	"strings"
	"testing"
	"time"

	"dealvitals/api/desk/desktest"

	"github.com/chromedp/chromedp"
)

func TestReviewerDecidesManyInABrowser(t *testing.T) {
	w := newWorld(t)
	w.freeze("D-3", "D-4", "D-5")
	w.pass(time.Hour)
	ctx := browse(t, w, "sales_ops")
	for _, id := range []string{"D-3", "D-5"} {
		if err := chromedp.Do(ctx, chromedp.Click("input[name=deal][value="+id+"]")); err != nil {
			t.Fatal(err)
		}
	}
	if err := chromedp.Do(ctx, chromedp.SendKeys(".bulk input[name=note]", "网站改版")); err != nil {
		t.Fatal(err)
	}
	keep(t, ctx, "list.png")
	fits(t, ctx, "the list")
	follow(t, ctx, chromedp.Click("button[value=chosen]"))
	keep(t, ctx, "bulk.png")
	fits(t, ctx, "the preview")
	follow(t, ctx, chromedp.SendKeys("form.run button", "\r")) // it has the focus
	if done := textOf(t, ctx, "[role=status]"); !strings.Contains(done, "已处理 2") {
		t.Errorf("after the release the page says %q", done)
	}
	keep(t, ctx, "bulk-done.png")
}

func TestReviewerChecksNoticesByKeyboardInABrowser(t *testing.T) {
	w := newWorld(t)
	w.doubtful()
	w.pass(time.Minute)
	ctx := browse(t, w, "sales_ops")
	follow(t, ctx, chromedp.Click(`nav a[href="/matches"]`))
	keep(t, ctx, "matches.png")
	fits(t, ctx, "the notices to check")
	first := textOf(t, ctx, ".matches li")
	follow(t, ctx, chromedp.KeyEvent("\r")) // accept has the focus
	if done := textOf(t, ctx, "[role=status]"); !strings.Contains(done, "已确认") || textOf(t, ctx, ".matches li") == first {
		t.Errorf("Enter did not accept the first: %q", done)
	}
	follow(t, ctx, chromedp.Click("button[value=reject]"))
	if left := textOf(t, ctx, "main"); !strings.Contains(left, "没有待核对的公告") {
		t.Errorf("after both: %q", left)
	}
}

func TestPayeeDisputesInABrowser(t *testing.T) {
	w := newWorld(t)
	ctx := browse(t, w, "payee")
	keep(t, ctx, "me.png")
	fits(t, ctx, "the payee's list")
	follow(t, ctx, chromedp.Click("tbody th a"))
	keep(t, ctx, "mydeal.png")
	fits(t, ctx, "the payee's deal")
	if err := chromedp.Do(ctx, chromedp.SendKeys("form.dispute textarea", "客户换了微信")); err != nil {
		t.Fatal(err)
	}
	follow(t, ctx, chromedp.Click("form.dispute button"))
	if done := textOf(t, ctx, "[role=status]"); !strings.Contains(done, "异议已提交") {
		t.Errorf("after the dispute the page says %q", done)
	}
	keep(t, ctx, "disputed.png")
}

func TestReviewerReadsTheTableInABrowser(t *testing.T) {
	w := newWorld(t)
	ctx := browse(t, w, "sales_ops")
	row := textOf(t, ctx, "tbody tr")
	for _, want := range []string{"<b>一期</b>", "宏图机械有限公司", "李雷", "1,234.57 万元", "高", "低", "冷关系", "冻结"} {
		if !strings.Contains(row, want) {
			t.Errorf("the row does not show %q: %s", want, row)
		}
	}
	keep(t, ctx, "deals.png")

	if _, err := chromedp.RunResponse(ctx, chromedp.Click("tbody th a")); err != nil {
		t.Fatal(err)
	}
	keep(t, ctx, "deal.png")
	err := chromedp.Do(ctx, chromedp.SendKeys(`form:has(input[value=release]) textarea`, "网站改版"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.RunResponse(ctx, chromedp.Click("form:has(input[value=release]) button")); err != nil {
		t.Fatal(err)
	}
	if done := textOf(t, ctx, "[role=status]"); !strings.Contains(done, "解除") {
		t.Errorf("after the release the page says %q", done)
	}
	fits(t, ctx, "the deal")
}

func TestAPeriodIsLockedInABrowser(t *testing.T) {
	w := newWorld(t)
	w.freeze("D-3")
	w.pass(10 * 24 * time.Hour) // it is December
	ctx := browse(t, w, "admin")
	follow(t, ctx, chromedp.Click(`nav a[href="/periods"]`))
	keep(t, ctx, "periods.png")
	follow(t, ctx, chromedp.Click(`a[href="/periods/2026-11"]`))
	follow(t, ctx, chromedp.Click("form.run button"))
	keep(t, ctx, "period-preview.png")
	fits(t, ctx, "the preview of a lock")
	follow(t, ctx, chromedp.Click("form.run button.danger"))
	if done := textOf(t, ctx, "[role=status]"); !strings.Contains(done, "已锁定") {
		t.Errorf("after the lock the page says %q", done)
	}
	keep(t, ctx, "period.png")
}

func TestTheBacktestIsSeenInABrowser(t *testing.T) {
	w := newWorld(t)
	if err := desktest.Ended(t.Context(), w.db, 200, today.AddDate(0, 0, -1)); err != nil {
		t.Fatal(err)
	}
	ctx := browse(t, w, "sales_ops")
	follow(t, ctx, chromedp.Click(`nav a[href="/backtest"]`))
	follow(t, ctx, chromedp.Click("form.filters button"))
	if answer := textOf(t, ctx, ".verdict"); !strings.Contains(answer, "标记优于基准率") {
		t.Errorf("the answer reads %q", answer)
	}
	keep(t, ctx, "backtest.png")
	fits(t, ctx, "the back-test")
}

package web

import (
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"dealvitals/api"
	"dealvitals/api/desk"
	"dealvitals/signals"
	"dealvitals/store"
)

// runsShown is how many runs a target's page lists and draws.
const runsShown = 30

// targetPage is one target with its history.
type targetPage struct {
	targetRow
	Runs    []runRow // newest first
	Spark   template.HTML
	Done    string // what was just done
	Refused string // why what was asked for was not
}

// runRow is one run, in plain words.
type runRow struct {
	signals.Run
	Advice string
}

func (w *dashboard) target(rw http.ResponseWriter, r *http.Request) error {
	return w.showTarget(rw, r, http.StatusOK, targetPage{Done: r.URL.Query().Get("done")})
}

// changeTarget crawls a target now, stops or resumes its crawling, or keeps the word that it
// shows all jobs.
func (w *dashboard) changeTarget(rw http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(rw, r.Body, maxForm)
	id, action := r.PathValue("id"), r.PostFormValue("action")
	var err error
	var changed bool
	switch action {
	case "run":
		_, err = w.Runner.RunNow(r.Context(), id)
	case "pause", "resume":
		_, changed, err = w.Desk.SetPaused(r.Context(), id, action == "pause", callerOf(r).Name)
	case "shows_all", "shows_some":
		_, changed, err = w.Desk.SetShowsAll(r.Context(), id, action == "shows_all", callerOf(r).Name)
	case "confirm_fall":
		_, err = w.Desk.ConfirmFall(r.Context(), id, r.PostFormValue("run"), r.PostFormValue("note"), callerOf(r).Name)
		changed = err == nil
	case "withdraw_fall":
		_, changed, err = w.Desk.WithdrawFall(r.Context(), id, callerOf(r).Name)
	default:
		return &badInputError{word{"表单没有说明要做什么，请返回重试", "the form does not say what to do: go back and try again"}}
	}
	if changed && err == nil {
		err = w.Effects.TargetsChanged(r.Context())
	}
	if err == nil {
		http.Redirect(rw, r, "/targets/"+url.PathEscape(id)+"?done="+action, http.StatusSeeOther)
		return nil
	}
	refused := notCrawled(language(rw, r), err)
	if refused == "" {
		return err
	}
	return w.showTarget(rw, r, http.StatusConflict, targetPage{Refused: refused})
}

// notCrawled says why a target is not crawled now; nothing for a failure of ours.
func notCrawled(lang string, err error) string {
	var waits *store.TargetWaitsError
	var paused *store.TargetPausedError
	var running *store.RunInProgressError
	var invalid *desk.InvalidError
	switch {
	case errors.As(err, &invalid):
		return word{"未确认：请填写说明；若又有新的采集，请先查看最新的页面。", "Not confirmed: write a note; where it was crawled again meanwhile, look at the newest pages first."}.in(lang)
	case errors.As(err, &running):
		return word{"正在采集中，请等它结束。", "It is being crawled: wait until that has ended."}.in(lang)
	case errors.As(err, &paused):
		return word{"该目标已暂停，请先恢复。", "The target is paused: resume it first."}.in(lang)
	case errors.As(err, &waits):
		return waitsText(lang, &waits.Wait)
	case errors.Is(err, api.ErrUnavailable):
		return word{"服务正在启动或停止，请稍后再试。", "The service is starting or stopping: try again in a moment."}.in(lang)
	}
	return ""
}

func (w *dashboard) showTarget(rw http.ResponseWriter, r *http.Request, status int, page targetPage) error {
	view, err := w.Desk.ViewTarget(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	runs, err := w.Desk.Runs.List(r.Context(), view.Target.ID, "", runsShown)
	if err != nil {
		return fmt.Errorf("reading the runs of target %s: %w", view.Target.ID, err)
	}
	lang := language(rw, r)
	page.targetRow, page.Spark = targetRow{TargetView: view, Advice: adviceOn(view).in(lang)}, sparkline(lang, runs)
	if page.Customer, err = w.Desk.CustomerName(r.Context(), view.Target.CustomerID); err != nil {
		return err
	}
	for _, run := range runs {
		one := desk.TargetView{LastRun: &run}
		if run.Drifted {
			one.State = signals.TargetDrifted
		}
		page.Runs = append(page.Runs, runRow{Run: run, Advice: adviceOn(one).in(lang)})
	}
	if view.Progress != nil || page.Done == "run" && unfinished(runs) {
		rw.Header().Set("Refresh", "5") // the run is under way: show how far it is
	}
	w.render(rw, r, status, "target", page)
	return nil
}

// unfinished tells whether the newest run is under way.
func unfinished(newestFirst []signals.Run) bool {
	return len(newestFirst) > 0 && newestFirst[0].FinishedAt.IsZero()
}

// The size of a sparkline, in pixels.
const sparkWidth, sparkHeight, sparkBar = 480, 60, 12

// sparkline draws how many items each finished run read, the newest at the right. A run
// that is no measurement is a hollow mark at the bottom: no number, not nought.
func sparkline(lang string, newestFirst []signals.Run) template.HTML {
	runs := slices.DeleteFunc(slices.Clone(newestFirst), func(r signals.Run) bool { return r.FinishedAt.IsZero() })
	if len(runs) == 0 {
		return ""
	}
	slices.Reverse(runs)
	most := 1
	for _, r := range runs {
		most = max(most, r.Items)
	}
	var b strings.Builder
	label := word{"最近 %d 次采集的条目数，最多 %d", "items of the last %d runs, at most %d"}.in(lang)
	fmt.Fprintf(&b, `<svg class="spark" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-label="%s">`,
		sparkWidth, sparkHeight, sparkWidth, sparkHeight, template.HTMLEscapeString(fmt.Sprintf(label, len(runs), most)))
	for i, r := range runs {
		x := i * (sparkWidth / runsShown)
		title := template.HTMLEscapeString(fmt.Sprintf("%s · %s · %d", shownTime(r.FinishedAt), outcomes[r.Outcome].in(lang), r.Items))
		if !r.Outcome.Measurement() || r.Drifted {
			fmt.Fprintf(&b, `<circle class="none" cx="%d" cy="%d" r="3"><title>%s</title></circle>`, x+sparkBar/2, sparkHeight-4, title)
			continue
		}
		height := max(1, r.Items*(sparkHeight-2)/most)
		class := "whole"
		if !r.Complete {
			class = "part"
		}
		fmt.Fprintf(&b, `<rect class="%s" x="%d" y="%d" width="%d" height="%d"><title>%s</title></rect>`, class, x, sparkHeight-height, sparkBar, height, title)
	}
	b.WriteString("</svg>")
	return template.HTML(b.String()) // made of numbers and escaped words only
}

// alertWord says what an alert means, and what to do.
type alertWord struct{ name, advice word }

var alertWords = map[signals.AlertKind]alertWord{
	signals.AlertDrift:     {word{"疑似改版", "drifted"}, wordOf(desk.DriftAdvice())},
	signals.AlertBlocked:   {word{"被拒之门外", "kept out"}, word{"降低频率，与网站方联系，或改用其官方接口；需要登录的页面请提供密钥。", "Ask more slowly, talk to the site's owner or use its official interface; give the secret of a page behind a login."}},
	signals.AlertFailing:   {word{"连续失败", "fails again and again"}, word{"请打开目标查看原因。", "Open the target to see why."}},
	signals.AlertStaleSoon: {word{"数据即将过期", "stale soon"}, word{"过期前若没有一次完整采集，相关指标将失效。", "Without a complete run before then, its measures do not count any more."}},
	signals.AlertStale:     {word{"数据已过期", "stale"}, word{"相关指标不再计入，直到有一次完整采集。", "Its measures do not count until a run is complete."}},
}

// alertRow is one alert, in plain words.
type alertRow struct {
	desk.TargetAlert
	Name, Advice string
}

func (w *dashboard) alerts(rw http.ResponseWriter, r *http.Request) ([]alertRow, error) {
	found, err := w.Desk.Alerts(r.Context())
	if err != nil {
		return nil, err
	}
	lang := language(rw, r)
	var rows []alertRow
	for _, a := range found {
		text := alertWords[a.Alert.Kind]
		advice := text.advice
		if a.Alert.Kind == signals.AlertBlocked || a.Alert.Kind == signals.AlertFailing {
			if known := desk.OutcomeAdvice(a.Outcome); known.ZH != "" {
				advice = wordOf(known)
			}
		}
		rows = append(rows, alertRow{TargetAlert: a, Name: text.name.in(lang), Advice: advice.in(lang)})
	}
	return rows, nil
}

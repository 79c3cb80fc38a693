package scorer

import "fmt"

// rules tell what the policy does about the diagnosis.
func rules(e Evaluation, p Policy, lang string) []string {
	list := settingsText(e, lang)
	if !e.Freezes {
		if e.Flagged {
			list = append(list, sentence{"该模式只作标记，不冻结提成。", "This pattern is flagged only; it does not freeze."}.in(lang))
		}
		return list
	}
	f := p.Freeze
	how := sentence{"自动冻结", "freezes by itself"}
	if f.Mode == ModePropose {
		how = sentence{"提出冻结建议，由人工确认", "proposes a hold that a person has to confirm"}
	}
	if lang == LangZH {
		return append(list,
			fmt.Sprintf("模式连续 %d 次评估成立即%s；在有效数据上连续 %d 次不成立即自动解除。", f.Confirmations, how.zh, f.ReleaseAfter),
			fmt.Sprintf("复核人 %s，%d 天内复核；无人确认时最长 %d 天后自动解除。数据缺失或过期不改变冻结状态。可提出异议。", f.Reviewer, f.ReviewDays, f.MaxDays),
		)
	}
	return append(list,
		fmt.Sprintf("When the pattern holds for %d evaluation(s) in a row, the policy %s; when it is gone for %d on ok data, it is released by itself.", f.Confirmations, how.en, f.ReleaseAfter),
		fmt.Sprintf("Reviewed by %s within %d days; unless a person confirms it, it ends by itself after %d days. Missing or stale data changes nothing. It can be disputed.", f.Reviewer, f.ReviewDays, f.MaxDays),
	)
}

// settingsText tells which of the policy's settings held for the deal, where they are not
// those for all.
func settingsText(e Evaluation, lang string) []string {
	list := []string{}
	if e.Segment != "" {
		list = append(list, sentence{
			fmt.Sprintf("按细分“%s”的设置评分。", e.Segment),
			fmt.Sprintf("Scored by the settings of the segment %q.", e.Segment),
		}.in(lang))
	}
	if e.CohortAt != nil {
		list = append(list, sentence{
			fmt.Sprintf("百分位与 %s 统计的同类商机相比，只计当时有效的测量值。", when(*e.CohortAt)),
			fmt.Sprintf("Percentiles are of the deals of its kind as counted at %s, of valid measures only.", when(*e.CohortAt)),
		}.in(lang))
	}
	return list
}

// standingWord tells when leaving the pattern does not by itself end what holds: a person's
// word stands against the machine's, and a dispute keeps all as it is until it is answered.
func standingWord(newest Decision, lang string) []string {
	switch {
	case newest.State == FreezeClear:
		return nil
	case newest.Disputed:
		return []string{sentence{
			"异议答复之前，冻结状态保持不变，脱离该模式也不会自动解除。",
			"Until the dispute is answered all stays as it is: leaving the pattern does not end the freeze.",
		}.in(lang)}
	case newest.Held:
		return []string{sentence{
			"该冻结已由人工决定维持：脱离该模式不会自动解除，须由人工解除。",
			"A person decided that this freeze stays: leaving the pattern does not end it, only a person does.",
		}.in(lang)}
	case newest.Review != "":
		return []string{sentence{
			"该冻结的依据已不属于本商机当前的情况：须由人工复核后解除或确认，否则保留至到期日。",
			"What this hold rests on is not what the deal is now: a person has to review it, and it stays until then, or to its end.",
		}.in(lang)}
	}
	return nil
}

// decidedThen says of a hold on a deal whose factors are not all known now what it was decided
// on: missing data freezes nothing, and releases nothing either.
func decidedThen(newest Decision, now Diagnosis, lang string) []string {
	if newest.State == FreezeClear || newest.EvaluatedAt == nil || now != Unknown || newest.Diagnosis == Unknown {
		return nil
	}
	was := diagnosisSentences[newest.Diagnosis].in(lang)
	if was == "" {
		return nil
	}
	return []string{fmt.Sprintf(sentence{
		"该冻结依据 %s 的评分作出，当时三项均已测得：%s。目前数据不足，既不新增冻结，也不自动解除；如当时的测得值按现行规则只是下限，请人工复核后解除。",
		"The freeze was decided on the score as of %s, when all three factors were measured: %s. Not enough is known now, which neither freezes nor releases. Where a number of then is only a lower bound by the rules of now, a person should release it.",
	}.in(lang), when(*newest.EvaluatedAt), was)}
}

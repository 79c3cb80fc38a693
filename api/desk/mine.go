package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"
)

// MyDeal is a deal as somebody may see it who is paid for it: nothing of other people's
// deals, shares, contacts or words (DESIGN §1, "Sales people").
type MyDeal struct {
	DealID        string             `json:"deal_id"`
	Name          string             `json:"name"`
	CustomerName  string             `json:"customer_name"`
	Stage         string             `json:"stage,omitempty"`
	ExpectedClose *signals.Date      `json:"expected_close,omitempty"`
	Status        signals.DealStatus `json:"status"`
	MergedInto    string             `json:"merged_into,omitempty"` // where that is the payee's own too
	Owner         bool               `json:"owner"`                 // the payee is the deal's sales person
	Amount        string             `json:"amount"`
	Currency      string             `json:"currency"`
	Share         string             `json:"share"`        // the payee's own, in percent; "" where they get none
	ShareAmount   string             `json:"share_amount"` // of the deal's amount

	State      scorer.FreezeState `json:"state"`
	Disputed   bool               `json:"disputed"`
	Reason     string             `json:"reason"`
	ReasonText string             `json:"reason_text"`
	Since      *time.Time         `json:"since"`
	Until      *time.Time         `json:"until"`
	Reviewer   string             `json:"reviewer"`
	ReviewBy   *time.Time         `json:"review_by"`
	AnswerBy   *time.Time         `json:"answer_by"` // of a dispute
	CanDispute bool               `json:"can_dispute"`
}

// MyDealDetail is one of a payee's deals with why it stands as it does.
type MyDealDetail struct {
	MyDeal
	AsOf time.Time          `json:"as_of"`
	Why  scorer.Explanation `json:"why"` // by what is known now

	// WhyHeld is the explanation as of the evaluation behind the freeze or proposal; null
	// where nothing is held.
	WhyHeld *scorer.Explanation `json:"why_held"`
	History []MyDecision        `json:"history"` // oldest first

	Newest uint64 `json:"-"` // number of the newest decision: the ETag
}

// By says who took a decision, without a name.
type By string

const (
	ByMachine  By = "machine"
	ByReviewer By = "reviewer"
	ByYou      By = "you"
	ByOther    By = "other" // another payee, or somebody for them
)

// MyDecision is an entry of a deal's history as a payee sees it.
type MyDecision struct {
	At         time.Time          `json:"at"`
	Action     scorer.Action      `json:"action"`
	State      scorer.FreezeState `json:"state"`
	Disputed   bool               `json:"disputed"`
	By         By                 `json:"by"`
	Reason     string             `json:"reason"`
	ReasonText string             `json:"reason_text"`
	Note       string             `json:"note,omitempty"` // of the payee's own disputes and of the answers to them
	Until      *time.Time         `json:"until"`
	AnswerBy   *time.Time         `json:"answer_by"`
}

// MyDeals is a page of a payee's own deals.
type MyDeals struct {
	Deals []MyDeal
	More  bool   // there are others behind them
	Note  string // what to do where the payee cannot be told from others, see Payee.Shared
}

// MyDeals lists a payee's own deals by id, those behind the id after.
func (d *Desk) MyDeals(ctx context.Context, p Payee, after string, limit int) (MyDeals, error) {
	now := d.Clock()
	p, err := d.identify(ctx, p)
	if err != nil {
		return MyDeals{}, err
	}
	mine := MyDeals{Note: p.Shared()}
	for {
		deals, err := d.Deals.ByPerson(ctx, p.Subject, after, limit+1)
		if err != nil {
			return mine, fmt.Errorf("listing the deals of a payee: %w", err)
		}
		if len(deals) == 0 {
			return mine, nil
		}
		for _, deal := range deals {
			if !p.paid(deal) {
				continue
			}
			if len(mine.Deals) == limit {
				mine.More = true
				return mine, nil
			}
			one, err := d.myDeal(ctx, p, deal, now)
			if err != nil {
				return mine, err
			}
			mine.Deals = append(mine.Deals, one)
		}
		after = deals[len(deals)-1].ID
	}
}

func (d *Desk) myDeal(ctx context.Context, p Payee, deal signals.Deal, now time.Time) (MyDeal, error) {
	decisions, err := d.Verdicts.Decisions(ctx, deal.ID, now)
	if err != nil {
		return MyDeal{}, fmt.Errorf("reading the decisions on deal %s: %w", deal.ID, err)
	}
	one := myDealOf(p, deal, decisions, now)
	if one.CustomerName, err = d.CustomerName(ctx, deal.CustomerID); err != nil {
		return MyDeal{}, err
	}
	survivor, err := d.survivor(ctx, deal, now)
	if err != nil || survivor.ID == deal.ID {
		return one, err
	}
	one.CanDispute = false // it is the deal that goes on which is decided on
	if p.paid(survivor) {
		one.MergedInto = survivor.ID
	}
	return one, nil
}

func myDealOf(p Payee, deal signals.Deal, decisions []scorer.Decision, now time.Time) MyDeal {
	view := scorer.StateAt(decisions, now)
	one := MyDeal{
		DealID: deal.ID, Name: deal.Name, Stage: deal.Stage, ExpectedClose: deal.ExpectedClose, Status: deal.Standing(),
		Owner: p.owns(deal), Amount: deal.Amount.String(), Currency: deal.Currency,
		State: view.State, Disputed: view.Disputed, Reason: view.Reason, ReasonText: scorer.ReasonText(view.Reason, p.Lang),
		Since: view.Since, Until: view.Until, AnswerBy: view.AnswerBy,
		CanDispute: slices.Contains(scorer.Possible(decisions, now), scorer.ActionDispute),
	}
	if n := len(decisions); n > 0 && view.State != scorer.FreezeClear {
		one.heldFor(decisions[n-1], p.Lang)
	}
	for _, part := range signals.Split(deal.Amount, deal.Currency, deal.PayeesOrOwner()) {
		if p.is(deal, part) {
			one.Share, one.ShareAmount = part.Share.String(), part.Amount.String()
		}
	}
	return one
}

// heldFor tells who reviews a freeze, and what it is for: why it waits for a review, else the
// pattern, whoever confirmed, disputed or upheld it since.
func (one *MyDeal) heldFor(newest scorer.Decision, lang string) {
	one.Reviewer, one.ReviewBy = newest.Reviewer, newest.ReviewBy
	for _, reason := range []string{newest.Review, string(newest.Diagnosis)} {
		if reason != "" {
			one.Reason, one.ReasonText = reason, scorer.ReasonText(reason, lang)
			return
		}
	}
}

// mine reads a deal that is one of a payee's own. Any other is store.ErrNotFound: whether
// it is there is nobody else's to know.
func (d *Desk) mine(ctx context.Context, p Payee, dealID string, now time.Time) (Payee, signals.Deal, error) {
	deal, err := d.Deals.Get(ctx, dealID, now)
	if err != nil {
		return p, deal, err
	}
	p, err = d.identify(ctx, p)
	if err == nil && !p.paid(deal) {
		err = store.ErrNotFound
	}
	return p, deal, err
}

// MyDeal is one of a payee's own deals with why it stands as it does.
func (d *Desk) MyDeal(ctx context.Context, p Payee, dealID string) (MyDealDetail, error) {
	now := d.Clock().UTC()
	p, deal, err := d.mine(ctx, p, dealID, now)
	if err != nil {
		return MyDealDetail{}, err
	}
	j, err := d.Judge(ctx, dealID, now)
	if err != nil {
		return MyDealDetail{}, err
	}
	detail := MyDealDetail{
		AsOf: now, Why: j.Explain(p.Lang).ForPayee(p.owns(deal)), Newest: NewestSeq(j.Decisions),
		History: myHistory(p, p.owns(deal), j.Decisions),
	}
	if detail.WhyHeld, err = d.whyHeld(ctx, p, deal, j.Decisions, now); err != nil {
		return MyDealDetail{}, err
	}
	detail.MyDeal, err = d.myDeal(ctx, p, deal, now)
	return detail, err
}

// whyHeld explains a freeze by what was known when the pattern was seen, nil where nothing
// is held.
func (d *Desk) whyHeld(ctx context.Context, p Payee, deal signals.Deal, decisions []scorer.Decision, now time.Time) (*scorer.Explanation, error) {
	if len(decisions) == 0 || scorer.StateAt(decisions, now).State == scorer.FreezeClear {
		return nil, nil
	}
	newest := decisions[len(decisions)-1]
	if newest.EvaluatedAt == nil {
		return nil, nil
	}
	if newest.MergedFrom != "" {
		var err error
		if deal, err = d.Deals.Get(ctx, newest.MergedFrom, now); err != nil {
			return nil, err
		}
	}
	j, err := d.Judge(ctx, deal.ID, *newest.EvaluatedAt)
	if err != nil {
		return nil, err
	}
	why := j.Explain(p.Lang).ForPayee(p.owns(deal))
	return &why, nil
}

// myHistory is a deal's decisions without the names and words of others.
func myHistory(p Payee, owner bool, decisions []scorer.Decision) []MyDecision {
	history := make([]MyDecision, 0, len(decisions))
	ownDispute := false // the newest dispute is the payee's own
	for _, decision := range decisions {
		one := MyDecision{
			At: decision.At, Action: decision.Action, State: decision.State, Disputed: decision.Disputed, By: ByReviewer,
			Reason: decision.ReasonCode, ReasonText: scorer.ReasonText(decision.ReasonCode, p.Lang), Until: decision.Until,
		}
		switch decision.Action {
		case scorer.ActionDispute:
			ownDispute = decision.OnBehalf == p.Subject || owner && decision.OnBehalf == ""
			one.By, one.AnswerBy = disputedBy(ownDispute), decision.AnswerBy
		case scorer.ActionFreeze, scorer.ActionPropose, scorer.ActionReview, scorer.ActionExpire:
			one.By = ByMachine
		}
		if decision.Actor == scorer.Machine {
			one.By = ByMachine
		}
		if ownDispute && (decision.Action == scorer.ActionDispute || decision.Action == scorer.ActionAnswer) {
			one.Note = decision.Note
		}
		history = append(history, one)
	}
	return history
}

func disputedBy(own bool) By {
	if own {
		return ByYou
	}
	return ByOther
}

// MyDispute opens a dispute on one of a payee's own deals.
func (d *Desk) MyDispute(ctx context.Context, p Payee, dealID, note string, after uint64, actor string) (scorer.Decision, error) {
	if _, _, err := d.mine(ctx, p, dealID, d.Clock()); err != nil {
		return scorer.Decision{}, err
	}
	request := scorer.Request{Action: scorer.ActionDispute, Note: note, OnBehalf: p.Subject}
	return d.Decide(ctx, dealID, request, after, actor)
}

// MyEvidence tells whether a captured page is behind one of a payee's own deals: behind
// what is measured now, or behind a decision of its history. Any other is store.ErrNotFound.
func (d *Desk) MyEvidence(ctx context.Context, p Payee, dealID, hash string) error {
	now := d.Clock()
	p, deal, err := d.mine(ctx, p, dealID, now)
	if err != nil {
		return err
	}
	j, err := d.Judge(ctx, dealID, now)
	if err != nil {
		return err
	}
	for _, f := range j.Explain(p.Lang).ForPayee(p.owns(deal)).Factors {
		if slices.ContainsFunc(f.Signals, func(s scorer.SignalExplanation) bool { return s.Evidence == hash }) {
			return nil
		}
	}
	if slices.ContainsFunc(j.Decisions, func(one scorer.Decision) bool { return slices.Contains(one.Evidence, hash) }) {
		return nil
	}
	return store.ErrNotFound
}

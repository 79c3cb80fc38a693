package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dealvitals/scorer"
	"dealvitals/store"
)

// policiesPage is every version and draft of the policy, and a form for another draft.
type policiesPage struct {
	Current   scorer.Policy
	Versions  []scorer.Policy     // newest first
	Drafts    []store.PolicyDraft // newest first
	Text      string              // of the form
	Comment   string
	Refused   []string // what is wrong with what was sent
	Withdrawn bool     // just now
}

// maxPolicy is the most bytes of a form with a policy in it.
const maxPolicy = 1 << 20

// draftStateTag is the state of a draft in a language.
type draftStateTag struct {
	State store.DraftState
	Text  string
}

func draftTag(lang string, d store.PolicyDraft) draftStateTag {
	texts := map[store.DraftState]word{
		store.DraftOpen: {"待处理", "open"}, store.DraftPublished: {"已发布", "published"}, store.DraftWithdrawn: {"已撤回", "withdrawn"},
	}
	return draftStateTag{d.State, texts[d.State].in(lang)}
}

// policies shows how the policy stands and went.
func (w *dashboard) policies(rw http.ResponseWriter, r *http.Request) error {
	page, err := w.policiesPage(r)
	if err != nil {
		return err
	}
	if page.Text, err = textOf(page.Current); err != nil {
		return err
	}
	page.Withdrawn = r.URL.Query().Has("withdrawn")
	w.render(rw, r, http.StatusOK, "policies", page)
	return nil
}

// policyText is the policy in force as people edit it.
func (w *dashboard) policyText(r *http.Request) (string, error) {
	versions, err := w.Policies.List(r.Context())
	if err != nil {
		return "", err
	}
	return textOf(versions[len(versions)-1])
}

func textOf(p scorer.Policy) (string, error) {
	var text strings.Builder
	err := p.WriteYAML(&text)
	return text.String(), err
}

func (w *dashboard) policiesPage(r *http.Request) (policiesPage, error) {
	versions, err := w.Policies.List(r.Context())
	if err != nil {
		return policiesPage{}, err
	}
	drafts, err := w.Policies.Drafts(r.Context())
	if err != nil {
		return policiesPage{}, err
	}
	slices.Reverse(versions)
	slices.Reverse(drafts)
	return policiesPage{Current: versions[0], Versions: versions, Drafts: drafts}, nil
}

// draftPolicy keeps what was typed as a draft. What is wrong with it is shown beside it.
func (w *dashboard) draftPolicy(rw http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(rw, r.Body, maxPolicy)
	if err := r.ParseForm(); err != nil {
		return &badInputError{word{"表单无法读取，请返回重新填写", "the form could not be read: go back and fill it in again"}}
	}
	text, comment := r.PostFormValue("policy"), strings.TrimSpace(r.PostFormValue("comment"))
	base, err := strconv.Atoi(r.PostFormValue("base"))
	if err != nil {
		return &badInputError{word{"表单没有说明它基于哪个版本，请重新打开规则页面", "the form does not say which version it was made upon: open the policy again"}}
	}
	policy, err := scorer.CheckPolicy([]byte(text))
	if err == nil {
		policy.Comment = comment
		var draft store.PolicyDraft
		if draft, err = w.Policies.Draft(r.Context(), policy, base, callerOf(r).Name, w.Clock()); err == nil {
			http.Redirect(rw, r, "/policies/"+url.PathEscape(draft.ID), http.StatusSeeOther)
			return nil
		}
	}
	refused := policyRefusal(language(rw, r), err)
	if refused == nil {
		return err
	}
	page, err := w.policiesPage(r)
	if err != nil {
		return err
	}
	page.Text, page.Comment, page.Refused = text, comment, refused
	w.render(rw, r, http.StatusUnprocessableEntity, "policies", page)
	return nil
}

// versionPage is one published version as people edit it.
type versionPage struct {
	Policy scorer.Policy
	Text   string
}

func (w *dashboard) policyVersion(rw http.ResponseWriter, r *http.Request) error {
	versions, err := w.Policies.List(r.Context())
	if err != nil {
		return err
	}
	number, err := strconv.Atoi(r.PathValue("version"))
	i := slices.IndexFunc(versions, func(p scorer.Policy) bool { return p.Version == number })
	if err != nil || i < 0 {
		return w.nothing(rw, r)
	}
	text, err := textOf(versions[i])
	if err != nil {
		return err
	}
	w.render(rw, r, http.StatusOK, "policyversion", versionPage{Policy: versions[i], Text: text})
	return nil
}

// draftPage is one draft beside the policy in force.
type draftPage struct {
	Draft      store.PolicyDraft
	Current    scorer.Policy
	Changes    []scorer.PolicyChange
	Simulation *scorer.Simulation // nil until it is asked for
	Open       bool
	Own        bool // two people are asked for, and who looks is who proposed it
	Refused    []string
}

func (w *dashboard) policyDraft(rw http.ResponseWriter, r *http.Request) error {
	page, err := w.draftPage(r)
	if err != nil {
		return err
	}
	if r.URL.Query().Has("simulate") {
		if page.Simulation, err = w.Desk.Simulate(r.Context(), page.Draft.Policy, w.Clock()); err != nil {
			return err
		}
	}
	w.render(rw, r, http.StatusOK, "policydraft", page)
	return nil
}

func (w *dashboard) draftPage(r *http.Request) (draftPage, error) {
	draft, err := w.Policies.GetDraft(r.Context(), r.PathValue("id"))
	if err != nil {
		return draftPage{}, err
	}
	versions, err := w.Policies.List(r.Context())
	if err != nil {
		return draftPage{}, err
	}
	page := draftPage{Draft: draft, Current: versions[len(versions)-1], Open: draft.State == store.DraftOpen}
	page.Own = page.Current.Approval.SecondPerson && draft.ProposedBy == callerOf(r).Name
	base := versions[min(max(draft.BaseVersion, 1), len(versions))-1]
	page.Changes, err = scorer.ComparePolicies(base, draft.Policy)
	return page, err
}

// endDraft publishes or withdraws a draft.
func (w *dashboard) endDraft(rw http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(rw, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		return &badInputError{word{"表单无法读取，请返回重新填写", "the form could not be read: go back and fill it in again"}}
	}
	id, who, to := r.PathValue("id"), callerOf(r).Name, "/policies"
	var err error
	switch r.PostFormValue("action") {
	case "publish":
		if _, err = w.Policies.PublishDraft(r.Context(), id, who, w.Clock()); err == nil {
			w.follow(r.Context(), "policy", w.Effects.PolicyPublished)
		}
	case "withdraw":
		err, to = w.Policies.WithdrawDraft(r.Context(), id, who, w.Clock()), "/policies?withdrawn"
	default:
		return &badInputError{word{"表单没有说明如何处理草案", "the form does not say what to do with the draft"}}
	}
	if err == nil {
		http.Redirect(rw, r, to, http.StatusSeeOther)
		return nil
	}
	refused := policyRefusal(language(rw, r), err)
	if refused == nil {
		return err
	}
	page, err := w.draftPage(r)
	if err != nil {
		return err
	}
	page.Refused = refused
	w.render(rw, r, http.StatusConflict, "policydraft", page)
	return nil
}

// policyRefusal says why a policy was not taken; nothing for a failure of ours.
func policyRefusal(lang string, err error) []string {
	var wrong scorer.PolicyErrors
	var conflict *store.ConflictError
	var two *store.SecondPersonError
	var ended *store.DraftEndedError
	var invalid *store.InvalidError
	switch {
	case errors.As(err, &wrong):
		lines := make([]string, len(wrong))
		for i, one := range wrong {
			lines[i] = one.Error()
		}
		return lines
	case errors.As(err, &conflict):
		return []string{word{"期间已发布了新的规则版本，请基于现行版本重新起草。", "Another version was published meanwhile: draft anew, upon the one in force."}.in(lang)}
	case errors.As(err, &two):
		return []string{word{"现行规则要求两人：须由起草人以外的管理员发布。", "The policy in force asks for two people: an administrator other than the proposer has to publish it."}.in(lang)}
	case errors.As(err, &ended):
		return []string{word{"该草案已发布或已撤回。", "The draft was published or withdrawn already."}.in(lang)}
	case errors.As(err, &invalid):
		return []string{word{"请填写变更理由。", "Say why the policy changes."}.in(lang)}
	}
	return nil
}

package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"dealvitals/secrets"
	"dealvitals/store"
	"dealvitals/webhooks"
)

const (
	shownAttempts    = 30 // newest attempts on an endpoint's page
	shownDeadLetters = 50
)

// endpointsPage is the endpoints that are told what happens, and a form for another one.
type endpointsPage struct {
	Endpoints []webhooks.View
	Sent      webhooks.Draft
	Refused   string
}

// Kinds lists those to choose from.
func (endpointsPage) Kinds() []store.EndpointKind { return store.EndpointKinds() }

// Types lists those to choose from.
func (endpointsPage) Types() []store.EventType { return store.EventTypes() }

// Chosen tells whether a type was chosen in the form that was sent.
func (p endpointsPage) Chosen(t store.EventType) bool {
	return slices.Contains(p.Sent.Events, t)
}

// endpointPage is one endpoint with what was sent to it.
type endpointPage struct {
	Endpoint webhooks.View
	Attempts []store.Attempt // newest first
	Dead     []store.Delivery
	Secret   string // shown once, to whoever made it
	Done     string // what was done just now
	Tested   *store.Attempt
	Refused  string
}

func (w *dashboard) endpoints(rw http.ResponseWriter, r *http.Request) error {
	return w.showEndpoints(rw, r, http.StatusOK, endpointsPage{})
}

func (w *dashboard) showEndpoints(rw http.ResponseWriter, r *http.Request, status int, page endpointsPage) error {
	var err error
	if page.Endpoints, err = w.Webhooks.Views(r.Context()); err != nil {
		return err
	}
	page.Sent.Secret = "" // it is not sent back
	w.render(rw, r, status, "endpoints", page)
	return nil
}

// createEndpoint makes an endpoint from a form. Its secret is on the page that follows, and
// nowhere else.
func (w *dashboard) createEndpoint(rw http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(rw, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		return &badInputError{word{"表单无法读取，请返回重新填写", "the form could not be read: go back and fill it in again"}}
	}
	draft := webhooks.Draft{
		Name: r.PostFormValue("name"), Kind: store.EndpointKind(r.PostFormValue("kind")),
		URL: strings.TrimSpace(r.PostFormValue("url")), Secret: strings.TrimSpace(r.PostFormValue("secret")),
	}
	for _, t := range r.PostForm["events"] {
		draft.Events = append(draft.Events, store.EventType(t))
	}
	made, secret, err := w.Webhooks.Create(r.Context(), draft, callerOf(r).Name)
	if refused := refusedEndpoint(language(rw, r), err); refused != "" {
		return w.showEndpoints(rw, r, http.StatusUnprocessableEntity, endpointsPage{Sent: draft, Refused: refused})
	}
	if err != nil {
		return err
	}
	return w.showEndpoint(rw, r, http.StatusOK, made.ID, endpointPage{Secret: secret, Done: "create"})
}

// refusedEndpoint says why an endpoint was not taken; nothing for a failure of ours.
func refusedEndpoint(lang string, err error) string {
	var invalid *webhooks.InvalidError
	var noKey *secrets.NoKeyError
	var closed *secrets.OpenError
	switch {
	case errors.As(err, &invalid):
		return invalid.Error()
	case errors.As(err, &noKey):
		return word{"签名密钥须加密保存，但服务器没有密钥文件：请管理员运行 dealvitals secrets keygen 文件，设置 secrets.key_file 后重新启动。", noKey.Error()}.in(lang)
	case errors.As(err, &closed):
		return word{"已保存的密钥无法打开：密钥文件中缺少对应的密钥，请管理员检查 secrets.key_file。", closed.Error()}.in(lang)
	}
	return ""
}

func (w *dashboard) endpoint(rw http.ResponseWriter, r *http.Request) error {
	return w.showEndpoint(rw, r, http.StatusOK, r.PathValue("id"), endpointPage{Done: r.URL.Query().Get("done")})
}

func (w *dashboard) showEndpoint(rw http.ResponseWriter, r *http.Request, status int, id string, page endpointPage) error {
	var err error
	if page.Endpoint, err = w.Webhooks.View(r.Context(), id); err != nil {
		return err
	}
	if page.Attempts, err = w.Webhooks.Mail.Attempts(r.Context(), id, 0, shownAttempts); err != nil {
		return fmt.Errorf("reading what was sent to endpoint %s: %w", id, err)
	}
	if page.Dead, err = w.Webhooks.Mail.Dead(r.Context(), id, 0, shownDeadLetters); err != nil {
		return fmt.Errorf("reading the dead letters of endpoint %s: %w", id, err)
	}
	w.render(rw, r, status, "endpoint", page)
	return nil
}

// changeEndpoint does what a form on an endpoint's page asks for.
func (w *dashboard) changeEndpoint(rw http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(rw, r.Body, maxForm)
	id, who := r.PathValue("id"), callerOf(r).Name
	action := r.PostFormValue("action")
	var page endpointPage
	var err error
	switch action {
	case "pause", "resume":
		_, err = w.Webhooks.Pause(r.Context(), id, action == "pause", who)
	case "replay-dead":
		_, err = w.Webhooks.Replay(r.Context(), id, store.Replay{Dead: true}, who)
	case "test":
		var attempt store.Attempt
		attempt, err = w.Webhooks.Test(r.Context(), id)
		page.Tested = &attempt
	case "rotate":
		_, page.Secret, err = w.Webhooks.Rotate(r.Context(), id, who)
	case "delete":
		if err = w.Webhooks.Delete(r.Context(), id, who); err == nil {
			http.Redirect(rw, r, "/webhooks", http.StatusSeeOther)
			return nil
		}
	default:
		return &badInputError{word{"表单没有说明要做什么，请返回重试", "the form does not say what to do: go back and try again"}}
	}
	if refused := refusedEndpoint(language(rw, r), err); refused != "" {
		return w.showEndpoint(rw, r, http.StatusUnprocessableEntity, id, endpointPage{Refused: refused})
	}
	if err != nil {
		return err
	}
	if page.Tested != nil || page.Secret != "" { // what cannot be shown again is shown now
		return w.showEndpoint(rw, r, http.StatusOK, id, page)
	}
	http.Redirect(rw, r, "/webhooks/"+url.PathEscape(id)+"?done="+action, http.StatusSeeOther)
	return nil
}

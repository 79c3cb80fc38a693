package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"dealvitals/signals"
	"dealvitals/store"
	"dealvitals/wecom/collect"
)

// shownUnmapped is the most ids, and the most contacts to choose from, on one page.
const shownUnmapped = 200

// unmappedPage is ids of WeCom that belong to nobody who is known.
type unmappedPage struct {
	IDs     []collect.Unmapped
	More    int               // ids that are not shown
	Choices []signals.Contact // contacts without an id of WeCom
	Done    string            // set when a contact was mapped just now
	Refused string
}

func (w *dashboard) unmapped(rw http.ResponseWriter, r *http.Request) error {
	page, err := w.unmappedPage(r.Context())
	if err != nil {
		return err
	}
	page.Done = r.URL.Query().Get("done")
	w.render(rw, r, http.StatusOK, "wecom", page)
	return nil
}

func (w *dashboard) unmappedPage(ctx context.Context) (unmappedPage, error) {
	ids, err := w.WeCom.Unmapped(ctx)
	if err != nil {
		return unmappedPage{}, fmt.Errorf("reading the ids to resolve: %w", err)
	}
	page := unmappedPage{IDs: ids[:min(len(ids), shownUnmapped)], More: max(0, len(ids)-shownUnmapped)}
	page.Choices, err = w.withoutWeComID(ctx)
	return page, err
}

// withoutWeComID is the first contacts that have no id of WeCom.
func (w *dashboard) withoutWeComID(ctx context.Context) ([]signals.Contact, error) {
	var found []signals.Contact
	for after := ""; ; {
		contacts, err := w.Contacts.List(ctx, time.Time{}, after, 1000)
		if err != nil {
			return nil, fmt.Errorf("reading the contacts: %w", err)
		}
		for _, c := range contacts {
			if c.WeComID == "" {
				found = append(found, c)
			}
		}
		if len(contacts) == 0 || len(found) >= shownUnmapped {
			return found[:min(len(found), shownUnmapped)], nil
		}
		after = contacts[len(contacts)-1].ID
	}
}

// mapContact gives a contact its id of WeCom, and scores the contact's deals anew.
func (w *dashboard) mapContact(rw http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(rw, r.Body, maxForm)
	id, contact := strings.TrimSpace(r.PostFormValue("id")), strings.TrimSpace(r.PostFormValue("contact"))
	refused, err := w.giveWeComID(r, id, contact)
	if err != nil {
		return err
	}
	if refused == (word{}) {
		http.Redirect(rw, r, "/wecom?done=1", http.StatusSeeOther)
		return nil
	}
	page, err := w.unmappedPage(r.Context())
	if err != nil {
		return err
	}
	page.Refused = refused.in(language(rw, r))
	w.render(rw, r, http.StatusUnprocessableEntity, "wecom", page)
	return nil
}

// giveWeComID stores the id; refused says why it cannot.
func (w *dashboard) giveWeComID(r *http.Request, id, contactID string) (refused word, err error) {
	ctx := r.Context()
	contact, err := w.Contacts.Get(ctx, contactID, time.Time{})
	var conflict *store.ConflictError
	switch {
	case errors.Is(err, store.ErrNotFound) || contactID == "" || id == "":
		return word{"没有这个联系人：请填写联系人编号。", "There is no such contact: give a contact's id."}, nil
	case err != nil:
		return word{}, err
	case contact.WeComID != "" && contact.WeComID != id:
		return word{"该联系人已有另一个企业微信 ID；请先核对，必要时通过导入或 API 修改。", "This contact has another id of WeCom: look into that first, and change it by import or API where needed."}, nil
	}
	was := contact.RecordedAt
	contact.WeComID = id
	_, err = w.Contacts.PutIf(ctx, contact, was, callerOf(r).Name, w.Clock())
	if errors.As(err, &conflict) {
		return word{"刚才有人修改了该联系人，请重试。", "Somebody has just changed this contact: try again."}, nil
	}
	if err != nil {
		return word{}, err
	}
	w.follow(ctx, "contact "+contactID, func(ctx context.Context) error { return w.scoreDealsOf(ctx, contactID) })
	return word{}, nil
}

func (w *dashboard) scoreDealsOf(ctx context.Context, contactID string) error {
	deals, err := w.DealsOf.ByContact(ctx, contactID, time.Time{})
	if err != nil {
		return err
	}
	ids := make([]string, len(deals))
	for i, deal := range deals {
		ids[i] = deal.ID
	}
	return w.Effects.DealsChanged(ctx, ids)
}

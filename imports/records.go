package imports

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"dealvitals/signals"
	"dealvitals/store"
)

// references tells whether what a row refers to is there.
type references struct {
	customers     Table[signals.Customer]
	contacts      Table[signals.Contact]
	checkSchedule func(spec string) error
	known         map[string]bool // customer id → is there
}

// customer checks that a cell names a customer.
func (f *references) customer(ctx context.Context, r *row, column, id string) error {
	if id == "" {
		return nil
	}
	there, asked := f.known[id]
	if !asked {
		var err error
		if there, err = exists(ctx, f.customers, id); err != nil {
			return err
		}
		f.known[id] = there
	}
	if !there {
		r.problem(column, fmt.Sprintf("there is no customer %s: import customers first, or correct the id", id))
	}
	return nil
}

func exists[T any](ctx context.Context, table Table[T], id string) (bool, error) {
	_, err := table.Get(ctx, id, time.Time{})
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

func (f *references) readCustomer(_ context.Context, r *row) (signals.Customer, error) {
	c := signals.Customer{
		ID: r.id(), Name: r.needed("name"), CreditCode: strings.ToUpper(r.cell("credit_code")),
		Region: r.cell("region"), Industry: r.cell("industry"), Size: r.cell("size"),
	}
	c.Aliases = aliasesOf(r)
	if c.CreditCode != "" {
		if err := signals.CheckCreditCode(c.CreditCode); err != nil {
			r.warning("credit_code", err.Error()+"; it is kept as it stands")
		}
	}
	return c, nil
}

// aliasesOf reads all other names. Those under the heading 曾用名 are former ones.
func aliasesOf(r *row) []signals.Alias {
	var aliases []signals.Alias
	for _, part := range r.parts("aliases") {
		r.warnOfCommas("aliases", list(part.text), "，")
		for _, name := range list(part.text) {
			alias := aliasOf(name)
			if part.heading == "曾用名" && alias.Kind == signals.AliasShort {
				alias.Kind = signals.AliasFormer
			}
			aliases = append(aliases, alias)
		}
	}
	return aliases
}

// warnOfCommas tells of an entry that may be several: a list that is not taken apart would
// match nothing, and what matches nothing looks like no demand.
func (r *row) warnOfCommas(key string, entries []string, commas string) {
	for _, entry := range entries {
		if strings.ContainsAny(entry, commas) {
			r.warning(key, fmt.Sprintf("%q is taken for one: separate several with ;", entry))
		}
	}
}

// aliasOf reads an alias, whose kind may stand behind it: 华辰机床厂(曾用名).
func aliasOf(text string) signals.Alias {
	name, kind, ok := strings.Cut(strings.NewReplacer("（", "(", "）", ")").Replace(text), "(")
	kind = strings.TrimSuffix(kind, ")")
	if ok {
		switch strings.TrimSpace(kind) {
		case "曾用名", "former":
			return signals.Alias{Name: strings.TrimSpace(name), Kind: signals.AliasFormer}
		case "品牌", "brand":
			return signals.Alias{Name: strings.TrimSpace(name), Kind: signals.AliasBrand}
		case "简称", "short":
			return signals.Alias{Name: strings.TrimSpace(name), Kind: signals.AliasShort}
		}
	}
	return signals.Alias{Name: text, Kind: signals.AliasShort}
}

func (f *references) readContact(ctx context.Context, r *row) (signals.Contact, error) {
	c := signals.Contact{ID: r.id(), CustomerID: r.needed("customer_id"), Name: r.needed("name"), WeComID: r.shortID("wecom_id")}
	return c, f.customer(ctx, r, "customer_id", c.CustomerID)
}

func (f *references) readDeal(ctx context.Context, r *row) (signals.Deal, error) {
	d := signals.Deal{
		ID: r.id(), CustomerID: r.needed("customer_id"), Name: r.needed("name"), Owner: r.needed("owner"), OwnerID: r.shortID("owner_id"), Team: r.cell("team"),
		Region: r.cell("region"), ProductLine: r.cell("product_line"), Stage: r.cell("stage"),
		Keywords: list(r.cell("keywords")), Contacts: list(r.cell("contacts")),
	}
	r.warnOfCommas("keywords", d.Keywords, ",，")
	r.warnOfCommas("contacts", d.Contacts, ",，")
	readMoney(r, &d)
	if text := r.cell("expected_close"); text != "" {
		day, err := parseDate(text)
		if err != nil {
			r.problem("expected_close", fmt.Sprintf("%q is no day: %v", text, err))
		}
		d.ExpectedClose = &day
	}
	readStanding(r, &d)
	readPayees(r, &d)
	if err := f.contactsOf(ctx, r, d); err != nil {
		return d, err
	}
	return d, f.customer(ctx, r, "customer_id", d.CustomerID)
}

func readMoney(r *row, d *signals.Deal) {
	if text := r.needed("amount"); text != "" {
		amount, err := parseAmount(text, max(r.heading.wan["amount"], 1))
		if err != nil {
			r.problem("amount", fmt.Sprintf("%q is no amount: %v", text, err))
		}
		if amount.IsNegative() {
			r.problem("amount", "an amount must not be negative")
		}
		d.Amount = amount
	}
	d.Currency = currencyOf(r.cell("currency"))
	if !signals.IsCurrency(d.Currency) {
		r.problem("currency", fmt.Sprintf("%q is no currency: write its ISO 4217 code, such as CNY", r.cell("currency")))
	}
}

// currencyOf is the ISO 4217 code of a currency, CNY where none is said.
func currencyOf(text string) string {
	switch strings.ToUpper(text) {
	case "", "人民币", "RMB", "元", "￥", "¥":
		return "CNY"
	case "美元", "$":
		return "USD"
	case "欧元", "€":
		return "EUR"
	case "港元", "港币":
		return "HKD"
	case "日元":
		return "JPY"
	case "英镑":
		return "GBP"
	}
	for _, c := range strings.ToUpper(text) {
		if c < 'A' || c > 'Z' {
			return ""
		}
	}
	return strings.ToUpper(text)
}

// contactsOf warns of key contacts that are not there. They may be imported later.
func (f *references) contactsOf(ctx context.Context, r *row, d signals.Deal) error {
	for _, id := range d.Contacts {
		if len(id) > signals.MaxID {
			r.problem("contacts", longID)
			continue
		}
		c, err := f.contacts.Get(ctx, id, time.Time{})
		switch {
		case errors.Is(err, store.ErrNotFound):
			r.warning("contacts", fmt.Sprintf("there is no contact %s yet: import contacts too, or this deal's talks with it do not count", id))
		case err != nil:
			return err
		case c.CustomerID != d.CustomerID:
			r.warning("contacts", fmt.Sprintf("contact %s belongs to customer %s, not to %s", id, c.CustomerID, d.CustomerID))
		}
	}
	return nil
}

func (f *references) readTarget(ctx context.Context, r *row) (signals.Target, error) {
	t := signals.Target{ID: r.id(), CustomerID: r.cell("customer_id"), URL: r.needed("url"), Schedule: r.cell("schedule")}
	switch kind := strings.ToLower(r.needed("kind")); kind {
	case "hiring", "招聘", "招聘页面", "招聘网站":
		t.Kind = signals.KindHiring
		if t.CustomerID == "" {
			r.problem("customer_id", "a hiring target needs the customer whose page it is")
		}
	case "tender", "采购", "招标", "招标采购", "采购公告", "招标网站":
		t.Kind = signals.KindTender
		if t.CustomerID != "" {
			r.problem("customer_id", "a tender site serves all customers: leave this cell empty")
		}
	case "":
	default:
		r.problem("kind", fmt.Sprintf("%q is no kind of target: write 招聘 (hiring) or 采购 (tender)", kind))
	}
	f.address(r, t)
	t.ShowsAll = r.yes("shows_all")
	if err := t.CheckShowsAll(); err != nil {
		r.problem("shows_all", err.Error())
	}
	t.Covers = coversOf(r.cell("covers"))
	if err := t.CheckCovers(); err != nil {
		r.problem("covers", err.Error())
	}
	for _, id := range t.CoveredCustomers() {
		if err := f.customer(ctx, r, "covers", id); err != nil {
			return t, err
		}
	}
	return t, f.customer(ctx, r, "customer_id", t.CustomerID)
}

// coversOf reads whose purchases a tender site shows, also as Chinese tables write it.
func coversOf(cell string) []string {
	covers := list(cell)
	for i, c := range covers {
		if c == "全部" || c == "全部客户" {
			covers[i] = signals.CoversAll
		}
		for chinese, prefix := range map[string]string{"地区": signals.CoversRegion, "行业": signals.CoversIndustry} {
			rest, found := strings.CutPrefix(c, chinese)
			if value := strings.TrimLeft(rest, ":： "); found && value != rest {
				covers[i] = prefix + value
			}
		}
	}
	return covers
}

func (f *references) address(r *row, t signals.Target) {
	u, err := url.Parse(t.URL)
	switch {
	case t.URL == "":
	case err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https"):
		r.problem("url", fmt.Sprintf("%q is no address: write it with http:// or https://", t.URL))
	case u.User != nil:
		r.problem("url", "an address must not hold a user name or a password")
	}
	if t.Schedule == "" || f.checkSchedule == nil {
		return
	}
	if err := f.checkSchedule(t.Schedule); err != nil {
		r.problem("schedule", err.Error())
	}
}

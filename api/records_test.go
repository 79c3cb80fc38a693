package api_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"

	"dealvitals/api/desk"
	"dealvitals/api/gen"
	"dealvitals/signals"
)

func TestCustomerIsCreatedOnceAndChangedUponWhatWasRead(t *testing.T) {
	w := newWorld(t)
	customer := map[string]any{"id": "C/1 %", "name": "宏图机械有限公司", "credit_code": "91350211M0000XUF46", "aliases": []map[string]string{{"name": "宏图", "kind": "short"}}}
	made := w.post("ingest", "/v1/customers", customer).is(http.StatusCreated)
	if stored := read[gen.CustomerStored](made); len(stored.Warnings) != 1 {
		t.Errorf("a credit code that fails its check is warned of, not refused: %s", made.body)
	}
	path := made.header.Get("Location")
	if path != "/v1/customers/C%2F1%20%25" {
		t.Fatalf("the customer is at %s", path)
	}
	w.post("ingest", "/v1/customers", customer).isProblem(http.StatusConflict, "exists")

	seen := w.get("sales_ops", path).is(http.StatusOK).header.Get("ETag")
	customer["region"] = "华东"
	put := func(tag string) answer {
		t.Helper()
		return w.call(request{role: "admin", method: "PUT", path: path, body: customer, header: map[string]string{"If-Match": tag}})
	}
	w.call(request{role: "admin", method: "PUT", path: path, body: customer}).isProblem(http.StatusPreconditionRequired, "if-match-needed")
	put(`"1"`).isProblem(http.StatusPreconditionFailed, "stale")
	w.pass(1)
	changed := put(seen).is(http.StatusOK)
	if read[gen.CustomerStored](changed).Customer.Region != "华东" || changed.header.Get("ETag") == seen {
		t.Errorf("the change gave %s with the ETag %s", changed.body, changed.header.Get("ETag"))
	}
	put(seen).isProblem(http.StatusPreconditionFailed, "stale")
	put("W/" + changed.header.Get("ETag")).is(http.StatusOK)
	customer["id"] = "C2"
	put(changed.header.Get("ETag")).isProblem(http.StatusUnprocessableEntity, "invalid")
	w.call(request{role: "admin", method: "PUT", path: "/v1/customers/C2", body: customer, header: map[string]string{"If-Match": `"1"`}}).isProblem(http.StatusNotFound, "not-found")
	if got := strings.Join(w.effects.said, "; "); !strings.HasPrefix(got, "customers C/1 %; customers C/1 %") {
		t.Errorf("what followed: %s", got)
	}
}

func TestContactNeedsItsCustomer(t *testing.T) {
	w := newWorld(t)
	contact := map[string]string{"id": "P1", "customer_id": "C1", "name": "王总"}
	w.post("ingest", "/v1/contacts", contact).isProblem(http.StatusUnprocessableEntity, "invalid")
	w.customer()
	w.deal("D1", 10, func(d *signals.Deal) { d.Contacts = []string{"P1"} })
	made := w.post("ingest", "/v1/contacts", contact).is(http.StatusCreated)
	contact["wecom_id"] = "wmABC"
	w.pass(1)
	w.call(request{role: "ingest", method: "PUT", path: "/v1/contacts/P1", body: contact, header: map[string]string{"If-Match": made.header.Get("ETag")}}).is(http.StatusOK)
	if got := read[signals.Contact](w.get("ingest", "/v1/contacts/P1").is(http.StatusOK)); got.WeComID != "wmABC" {
		t.Errorf("the contact is %+v", got)
	}
	if got := strings.Join(w.effects.said, "; "); got != "deals D1; deals D1" {
		t.Errorf("what followed: %s", got)
	}
}

func TestDealIsCheckedBeforeItIsKept(t *testing.T) {
	w := newWorld(t)
	w.customer()
	for name, change := range map[string]map[string]any{
		"a currency that there is not": {"currency": "XYZ"},
		"an id that is too long":       {"id": strings.Repeat("商", 67)},
		"a contact with a long id":     {"contacts": []string{strings.Repeat("人", 67)}},
	} {
		deal := map[string]any{"id": "D1", "customer_id": "C1", "name": "ERP", "owner": "李雷", "amount": "10", "currency": "CNY"}
		maps.Copy(deal, change)
		t.Run(name, func(t *testing.T) {
			a := w.post("ingest", "/v1/deals", deal)
			a.t = t
			a.isProblem(http.StatusUnprocessableEntity, "invalid")
		})
	}
}

func TestTargetIsCheckedBeforeItIsCrawled(t *testing.T) {
	w := newWorld(t)
	w.customer()
	cases := map[string]struct {
		target  map[string]any
		pointer string
	}{
		"hiring without a customer":     {map[string]any{"kind": "hiring", "url": "https://example.com/jobs"}, "/customer_id"},
		"hiring of an unknown customer": {map[string]any{"kind": "hiring", "customer_id": "C9", "url": "https://example.com/jobs"}, "/customer_id"},
		"a tender site of one customer": {map[string]any{"kind": "tender", "customer_id": "C1", "url": "https://example.com/"}, "/customer_id"},
		"an address of a file":          {map[string]any{"kind": "tender", "url": "file:///etc/passwd"}, "/url"},
		"an address with a password":    {map[string]any{"kind": "tender", "url": "https://me:secret@example.com/"}, "/url"},
		"an address without a host":     {map[string]any{"kind": "tender", "url": "https:///x"}, "/url"},
		"a wrong schedule":              {map[string]any{"kind": "tender", "url": "https://example.com/", "schedule": "bad"}, "/schedule"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			c.target["id"] = "T1"
			a := w.post("admin", "/v1/targets", c.target)
			a.t = t
			problem := a.isProblem(http.StatusUnprocessableEntity, "invalid")
			if problem.Problems == nil || (*problem.Problems)[0].Pointer != c.pointer {
				t.Errorf("the fault is not at %s: %s", c.pointer, a.body)
			}
			if strings.Contains(string(a.body), "secret") {
				t.Error("the answer repeats a password")
			}
		})
	}
	w.post("admin", "/v1/targets", map[string]any{"id": "T1", "kind": "tender", "url": "https://example.com/", "reading": map[string]any{"extractr": "x"}}).isProblem(http.StatusBadRequest, "bad-body")
}

func TestTargetIsPausedResumedAndRun(t *testing.T) {
	w := newWorld(t)
	made := w.post("admin", "/v1/targets", map[string]any{"id": "T1", "kind": "tender", "url": "https://example.com/", "reading": map[string]any{"max_pages": 3}}).is(http.StatusCreated)
	if view := read[desk.TargetView](made); view.State != signals.TargetWarming && view.State != signals.TargetActive {
		t.Errorf("a new target is %s", view.State)
	}
	w.pass(1)
	paused := w.post("admin", "/v1/targets/T1/pause", nil).is(http.StatusOK)
	if view := read[desk.TargetView](paused); view.State != signals.TargetPaused || view.Target.Reading.MaxPages != 3 {
		t.Errorf("a paused target is %+v", view)
	}
	if again := w.post("admin", "/v1/targets/T1/pause", nil).is(http.StatusOK); again.header.Get("ETag") != paused.header.Get("ETag") {
		t.Error("pausing a paused target makes a new version")
	}
	w.pass(1)
	w.post("admin", "/v1/targets/T1/resume", nil).is(http.StatusOK)
	w.post("admin", "/v1/targets/T9/pause", nil).isProblem(http.StatusNotFound, "not-found")

	started := w.post("admin", "/v1/targets/T1/runs", nil).is(http.StatusAccepted)
	w.get("sales_ops", started.header.Get("Location")).is(http.StatusOK)
	w.post("admin", "/v1/targets/T1/runs", nil).isProblem(http.StatusConflict, "run-in-progress")
	w.get("admin", "/v1/targets/T1/runs").is(http.StatusOK)
	w.get("admin", "/v1/targets/T9/runs").isProblem(http.StatusNotFound, "not-found")
	w.get("admin", "/v1/targets/T1").is(http.StatusOK)
	w.get("admin", "/v1/targets").is(http.StatusOK)

	preview := w.post("admin", "/v1/targets/preview", map[string]any{"kind": "hiring", "url": "https://example.com/jobs"}).is(http.StatusOK)
	if string(preview.body) != `{"outcome":"ok","kind":"hiring"}` {
		t.Errorf("the preview is %s", preview.body)
	}
	w.post("admin", "/v1/targets/preview", map[string]any{"kind": "hiring", "url": "gopher://x"}).isProblem(http.StatusUnprocessableEntity, "invalid")
}

func TestPolicyIsPublishedUponTheNewestVersion(t *testing.T) {
	w := newWorld(t)
	first := w.get("commission", "/v1/policies/1").is(http.StatusOK)
	policy := read[map[string]any](first)
	publish := func(tag string) answer {
		t.Helper()
		return w.call(request{role: "admin", method: "POST", path: "/v1/policies", body: policy, header: map[string]string{"If-Match": tag}})
	}
	policy["comment"] = "stricter"
	w.post("admin", "/v1/policies", policy).isProblem(http.StatusPreconditionRequired, "if-match-needed")
	made := publish(first.header.Get("ETag")).is(http.StatusCreated)
	if made.header.Get("ETag") != `"2"` || made.header.Get("Location") != "/v1/policies/2" {
		t.Errorf("published with %v", made.header)
	}
	publish(`"1"`).isProblem(http.StatusPreconditionFailed, "stale")
	policy["payment"] = map[string]any{"unknown_deal": "perhaps", "stale_data": "pay"}
	publish(`"2"`).isProblem(http.StatusBadRequest, "bad-body")
	policy["payment"] = map[string]any{"unknown_deal": "hold", "stale_data": "pay"}
	policy["patterns"] = map[string]any{"nonsense": map[string]bool{"flag": true}}
	publish(`"2"`).isProblem(http.StatusUnprocessableEntity, "invalid")
	if got := read[gen.PolicyList](w.get("sales_ops", "/v1/policies").is(http.StatusOK)); len(got.Items) != 2 {
		t.Errorf("there are %d policies", len(got.Items))
	}
	w.get("admin", "/v1/policies/3").isProblem(http.StatusNotFound, "not-found")
}

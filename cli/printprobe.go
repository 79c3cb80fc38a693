package cli

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"dealvitals/api/desk"
	"dealvitals/crawler/extract"
	"dealvitals/signals"
)

// printProbe writes a probe for people: the outcome and why, the records, what comes
// next, and a line for the file of targets.
func printProbe(w io.Writer, p extract.Probe) error {
	if err := printProbeHead(w, p); err != nil {
		return err
	}
	if err := printProbeRecords(w, p); err != nil {
		return err
	}
	return printProbeTarget(w, p)
}

func printProbeHead(w io.Writer, p extract.Probe) error {
	lines := [][2]string{
		{"outcome", p.Outcome.String()}, {"why", p.Why}, {"extractor", textOr(p.Extractor, "none")}, {"charset", p.Charset},
		{"records", numberOr(p.Count, "no measurement")}, {"total", numberOr(p.Total, "not stated")}, {"next page", textOr(p.Next, "none")},
	}
	if p.Rest != nil {
		lines[len(lines)-1][1] = fmt.Sprintf("no address recognised, though the list goes on behind %q: its crawls will not be complete", *p.Rest)
	}
	if p.Instead != nil {
		lines = append(lines, [2]string{"read instead", p.Instead.URL})
	}
	for _, r := range p.RunnersUp {
		lines = append(lines, [2]string{"runner-up", fmt.Sprintf("%s: %d records %s", r.Extractor, r.Count, r.Why)})
	}
	for _, l := range lines {
		if _, err := fmt.Fprintf(w, "%-13s %s\n", l[0], l[1]); err != nil {
			return err
		}
	}
	return nil
}

func printProbeRecords(w io.Writer, p extract.Probe) error {
	if len(p.Postings)+len(p.Notices) == 0 {
		return nil
	}
	t := newTable("title", "place", "posted", "address")
	if p.Kind == signals.KindTender {
		t = newTable("title", "type", "buyer", "published", "address")
	}
	for _, x := range p.Postings {
		t.add(x.Title, textOr(x.Location, ""), dateOr(x.Posted), textOr(x.URL, ""))
	}
	for _, n := range p.Notices {
		t.add(n.Title, n.Type, textOr(n.Buyer, ""), dateOr(n.Published), textOr(n.URL, ""))
	}
	if _, err := fmt.Fprintln(w); err != nil {
		return err
	}
	return t.print(w)
}

// printProbeTarget writes the line that `dealvitals import targets` takes.
func printProbeTarget(w io.Writer, p extract.Probe) error {
	if advice := desk.OutcomeAdvice(p.Outcome); advice != (desk.Advice{}) {
		if _, err := fmt.Fprintf(w, "\nwhat to do    %s\n              %s\n", advice.EN, advice.ZH); err != nil {
			return err
		}
	}
	if p.Target.URL == "" {
		return nil
	}
	customer := "CUSTOMER_ID"
	if p.Kind == signals.KindTender {
		customer = ""
	}
	if _, err := fmt.Fprint(w, "\ntarget, for a file that `dealvitals import targets` reads:\n"); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	rows := [][]string{{"id", "kind", "customer_id", "url", "schedule"}, {"TARGET_ID", string(p.Kind), customer, p.Target.URL, ""}}
	if err := c.WriteAll(rows); err != nil || p.Outcome.Measurement() {
		return err
	}
	_, err := fmt.Fprintf(w, "As it is, its crawls would end as %s and measure nothing.\n", p.Outcome)
	return err
}

func textOr(s *string, missing string) string {
	if s == nil {
		return missing
	}
	return *s
}

func numberOr(n *int, missing string) string {
	if n == nil {
		return missing
	}
	return strconv.Itoa(*n)
}

func dateOr(d *signals.Date) string {
	if d == nil {
		return ""
	}
	return d.String()
}

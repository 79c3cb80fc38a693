package bolt

import (
	"fmt"
	"math"

	"dealvitals/scorer"
	"dealvitals/signals"
)

// evaluationForm is the first byte of an evaluation in its present form.
const evaluationForm = 1

// encodeEvaluation writes all of an evaluation but its deal, which stands in the key.
func encodeEvaluation(e scorer.Evaluation) []byte {
	out := make(encoder, 0, 128)
	out.byte(evaluationForm)
	out.time(e.AsOf)
	out.uint(uint64(e.PolicyVersion))
	out.maybe(e.Health)
	out.maybe(&e.Coverage)
	out.text(string(e.Diagnosis))
	out.flags(e.Flagged, e.Freezes, e.Segment != "", e.CohortAt != nil)
	encodeFactor(&out, e.Factors.Hiring)
	encodeFactor(&out, e.Factors.Tender)
	encodeFactor(&out, e.Factors.WeChat)
	if e.Segment != "" {
		out.text(e.Segment)
	}
	if e.CohortAt != nil {
		out.time(*e.CohortAt)
	}
	return out
}

func encodeFactor(out *encoder, f scorer.FactorScore) {
	out.flags(f.Band != nil, f.MeasuredAt != nil, f.Scale != "")
	out.text(string(f.Status))
	out.text(f.Reason)
	out.maybe(f.Value)
	out.maybe(f.Score)
	out.maybe(f.Previous)
	if f.Band != nil {
		out.text(string(*f.Band))
	}
	if f.MeasuredAt != nil {
		out.time(*f.MeasuredAt)
	}
	if f.Scale != "" {
		out.text(string(f.Scale))
		out.uint(uint64(f.CohortSize))
	}
}

func decodeEvaluation(dealID string, value []byte) (scorer.Evaluation, error) {
	in := decoder{rest: value}
	in.form(evaluationForm)
	e := scorer.Evaluation{DealID: dealID, AsOf: in.time(), PolicyVersion: int(in.uint()), Health: in.maybe()}
	if coverage := in.maybe(); coverage != nil {
		e.Coverage = *coverage
	}
	e.Diagnosis = scorer.Diagnosis(in.text())
	flags := in.uint()
	e.Flagged, e.Freezes = flags&1 != 0, flags&2 != 0
	e.Factors.Hiring = decodeFactor(&in)
	e.Factors.Tender = decodeFactor(&in)
	e.Factors.WeChat = decodeFactor(&in)
	if flags&4 != 0 {
		e.Segment = in.text()
	}
	if flags&8 != 0 {
		at := in.time()
		e.CohortAt = &at
	}
	if in.err != nil {
		return e, fmt.Errorf("reading an evaluation of deal %s: %w", dealID, in.err)
	}
	return e, nil
}

func decodeFactor(in *decoder) scorer.FactorScore {
	flags := in.uint()
	f := scorer.FactorScore{Status: signals.Status(in.text()), Reason: in.text(), Value: in.maybe(), Score: in.maybe(), Previous: in.maybe()}
	if flags&1 != 0 {
		band := scorer.Band(in.text())
		f.Band = &band
	}
	if flags&2 != 0 {
		at := in.time()
		f.MeasuredAt = &at
	}
	if flags&4 != 0 {
		f.Scale, f.CohortSize = scorer.Scale(in.text()), int(in.uint())
	}
	return f
}

// checkNumbers refuses an evaluation that no document could show.
func checkNumbers(e scorer.Evaluation) error {
	numbers := []*float64{e.Health, &e.Coverage}
	for _, f := range []scorer.FactorScore{e.Factors.Hiring, e.Factors.Tender, e.Factors.WeChat} {
		numbers = append(numbers, f.Value, f.Score, f.Previous)
	}
	for _, n := range numbers {
		if n != nil && (math.IsNaN(*n) || math.IsInf(*n, 0)) {
			return fmt.Errorf("the evaluation of deal %s has a number that is none", e.DealID)
		}
	}
	return nil
}

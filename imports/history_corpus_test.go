package imports_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"dealvitals/imports"
	"dealvitals/scorer/backtest"
)

// dealCorpus holds public sets of deals. They are no part of the repository.
const dealCorpus = "../../shared/corpus/deals"

// Two of the sets are close to noise, and a back-test must say so; the third is real and has
// signal. Win rates and what is known of the sets stand in their README.
func TestABacktestTellsNoiseFromSignalInPublicSets(t *testing.T) {
	for _, c := range []struct {
		file    string
		o       imports.HistoryOptions
		ended   int
		by      string
		flag    backtest.Verdict
		ranking backtest.Verdict
	}{
		{"maven_sales_pipeline.csv", imports.HistoryOptions{
			Columns:  map[string]string{"id": "opportunity_id", "result": "deal_stage", "closed_at": "close_date", "scored_at": "engage_date", "final_amount": "close_value", "owner": "sales_agent", "product_line": "product"},
			Features: []string{"sales_agent", "product", "account"}, Dates: imports.DatesMDY,
		}, 6711, backtest.ByTime, backtest.NoBetter, backtest.NoBetter},
		{"skygeni_sales_data.csv", imports.HistoryOptions{
			Columns:  map[string]string{"closed_at": "closed_date", "scored_at": "created_date", "amount": "deal_amount", "owner": "sales_rep_id", "product_line": "product_type"},
			Features: []string{"sales_rep_id", "industry", "region", "product_type", "lead_source", "deal_amount"},
		}, 5000, backtest.ByTime, backtest.NoBetter, backtest.NoBetter},
		{"salvirt_b2b.csv", imports.HistoryOptions{
			Columns:  map[string]string{"result": "Status", "owner": "Seller", "product_line": "Product"},
			Features: []string{"Competitors", "Client", "Strat_deal", "Forml_tend", "Budgt_alloc", "Growth", "Scope", "Authority"},
		}, 448, backtest.ByHash, backtest.Better, backtest.Better},
	} {
		t.Run(c.file, func(t *testing.T) {
			table, err := os.Open(filepath.Join(dealCorpus, c.file))
			if errors.Is(err, fs.ErrNotExist) {
				t.Skipf("%s is not here: the public sets are kept outside the repository", c.file)
			}
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = table.Close() }()
			h, err := imports.ReadHistory(t.Context(), table, c.o)
			if err != nil || len(h.Problems) != 0 || len(h.Cases) != c.ended {
				t.Fatalf("%d ended deals, problems %v, %v", len(h.Cases), h.Problems, err)
			}
			r := backtest.Run(h.Cases, backtest.Options{Features: c.o.Features, Searched: true})
			if r.Split.By != c.by || r.Answer != c.flag || r.Test.Score.Ranking != c.ranking {
				t.Errorf("cut by %s: the flag is %s, the ranking %s; want %s, %s, %s", r.Split.By, r.Answer, r.Test.Score.Ranking, c.by, c.flag, c.ranking)
			}
			t.Logf("%v, AUC %v, Brier skill %v", r.Test.Flag.Precision, r.Test.Score.AUC, r.Test.Score.Skill)
			for _, s := range r.Segments {
				if c.flag == backtest.NoBetter && (s.Flag.Verdict == backtest.Better || s.Score.Ranking == backtest.Better) {
					t.Errorf("noise is found better for %s %s", s.By, s.Name)
				}
			}
		})
	}
}

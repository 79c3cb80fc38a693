package cli

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"dealvitals/signals"
	"dealvitals/signals/match"

	"github.com/spf13/cobra"
)

// matchLine is what `match` reads and, completed, writes (DESIGN §5).
type matchLine struct {
	Customer struct {
		Name    string   `json:"name"`
		Aliases []string `json:"aliases"`
	} `json:"customer"`
	Text  string       `json:"text"`
	Match bool         `json:"match"`
	Role  signals.Role `json:"role"`
	By    string       `json:"by"`
}

func newMatch(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "match",
		Short: "Tell whether texts name customers: JSON lines in, the same out with the answer",
		Long: `Reads JSON lines {"customer":{"name","aliases":[]},"text"} and writes the same lines with
"match", "role" (buyer, agency, winner or none) and "by", the reason.`,
		Example: `  echo '{"customer":{"name":"中国银行股份有限公司","aliases":["中国银行"]},"text":"中国银行东莞分行维保采购公告"}' | dealvitals match`,
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			e.tellOfTyping("JSON lines")
			return matchLines(e.In, e.Out)
		},
	}
}

func matchLines(in io.Reader, out io.Writer) error {
	decoder := json.NewDecoder(bufio.NewReader(in))
	buffered := bufio.NewWriter(out)
	encoder := json.NewEncoder(buffered)
	encoder.SetEscapeHTML(false)
	for n := 1; ; n++ {
		var line matchLine
		err := decoder.Decode(&line)
		if errors.Is(err, io.EOF) {
			return buffered.Flush()
		}
		if err != nil {
			return errors.Join(fmt.Errorf("record %d is not a line such as {\"customer\":{\"name\":\"…\",\"aliases\":[]},\"text\":\"…\"}: %w", n, err), buffered.Flush())
		}
		answer(&line)
		if err := encoder.Encode(line); err != nil {
			return fmt.Errorf("writing answer %d: %w", n, err)
		}
	}
}

func answer(line *matchLine) {
	customer := signals.Customer{ID: "asked", Name: line.Customer.Name}
	for _, name := range line.Customer.Aliases {
		customer.Aliases = append(customer.Aliases, signals.Alias{Name: name})
	}
	verdict := match.One(customer, line.Text)
	line.Match, line.Role, line.By = verdict.Match, verdict.Role, verdict.By
}

package scorer

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:embed policy.schema.json
var policySchema []byte

// PolicySchema is the JSON Schema (2020-12) of a policy document.
func PolicySchema() []byte { return bytes.Clone(policySchema) }

// ReadPolicy reads a policy document in YAML or JSON, which is YAML too. What does not
// belong in one is a *PolicyError. The policy still has to be validated.
func ReadPolicy(document []byte) (Policy, error) {
	var tree any
	if err := yaml.Unmarshal(document, &tree); err != nil {
		return Policy{}, &PolicyError{Path: "", Reason: "it is neither YAML nor JSON: " + err.Error()}
	}
	if _, isMap := tree.(map[string]any); !isMap {
		return Policy{}, &PolicyError{Path: "", Reason: "it is no document with keys and values"}
	}
	body, err := json.Marshal(tree)
	if err != nil {
		return Policy{}, &PolicyError{Path: "", Reason: "it cannot be written as JSON: " + err.Error()}
	}
	return decodePolicy(body)
}

func decodePolicy(body []byte) (Policy, error) {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	var p Policy
	err := decoder.Decode(&p)
	var mismatch *json.UnmarshalTypeError
	switch {
	case err == nil:
		return p, nil
	case errors.As(err, &mismatch):
		return p, &PolicyError{
			Path:   "/" + strings.ReplaceAll(mismatch.Field, ".", "/"),
			Reason: fmt.Sprintf("it is a %s where a %s belongs", mismatch.Value, mismatch.Type),
		}
	}
	return p, &PolicyError{Path: "", Reason: strings.TrimPrefix(err.Error(), "json: ")}
}

// WriteYAML writes the policy as people edit it, keys in the order of the types.
func (p Policy) WriteYAML(w io.Writer) error {
	body, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("writing policy %d: %w", p.Version, err)
	}
	// JSON is YAML, and reading it as a tree of nodes keeps the order of its keys.
	var tree yaml.Node
	if err := yaml.Unmarshal(body, &tree); err != nil {
		return fmt.Errorf("writing policy %d: %w", p.Version, err)
	}
	blockStyle(&tree)
	encoder := yaml.NewEncoder(w)
	encoder.SetIndent(2)
	if err := encoder.Encode(&tree); err != nil {
		return fmt.Errorf("writing policy %d: %w", p.Version, err)
	}
	return encoder.Close()
}

// blockStyle puts each key on a line of its own; what holds only single values stays in one.
func blockStyle(n *yaml.Node) {
	n.Style &^= yaml.FlowStyle | yaml.DoubleQuotedStyle
	if flat(n) && len(n.Content) > 0 && (n.Kind == yaml.SequenceNode || len(n.Content) <= 4) {
		n.Style |= yaml.FlowStyle
	}
	for _, child := range n.Content {
		blockStyle(child)
	}
}

func flat(n *yaml.Node) bool {
	for _, child := range n.Content {
		if child.Kind != yaml.ScalarNode {
			return false
		}
	}
	return n.Kind == yaml.SequenceNode || n.Kind == yaml.MappingNode
}

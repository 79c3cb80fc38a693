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

// ReadPolicy reads a policy document in YAML or JSON, which is YAML too. All that does not
// belong in one is told as PolicyErrors, with lines. The policy still has to be validated.
func ReadPolicy(document []byte) (Policy, error) {
	p, _, err := readPolicy(document)
	return p, err
}

// CheckPolicy reads a policy document and validates it. All that is wrong is told as
// PolicyErrors, with lines.
func CheckPolicy(document []byte) (Policy, error) {
	p, root, err := readPolicy(document)
	if err != nil {
		return p, err
	}
	err = p.Validate()
	var all PolicyErrors
	if errors.As(err, &all) {
		for _, wrong := range all {
			wrong.Line = lineOf(root, wrong.Path)
		}
	}
	return p, err
}

func readPolicy(document []byte) (Policy, *yaml.Node, error) {
	var tree any
	if err := yaml.Unmarshal(document, &tree); err != nil {
		return Policy{}, nil, PolicyErrors{{Reason: "it is neither YAML nor JSON: " + err.Error()}}
	}
	if _, isMap := tree.(map[string]any); !isMap {
		return Policy{}, nil, PolicyErrors{{Reason: "it is no document with keys and values"}}
	}
	var root yaml.Node
	if err := yaml.Unmarshal(document, &root); err != nil {
		return Policy{}, nil, PolicyErrors{{Reason: "it is neither YAML nor JSON: " + err.Error()}}
	}
	if wrong := misfits(&root); len(wrong) > 0 {
		return Policy{}, &root, wrong
	}
	body, err := json.Marshal(tree)
	if err != nil {
		return Policy{}, &root, PolicyErrors{{Reason: "it cannot be written as JSON: " + err.Error()}}
	}
	p, err := decodePolicy(body)
	return p, &root, err
}

func decodePolicy(body []byte) (Policy, error) {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	var p Policy
	if err := decoder.Decode(&p); err != nil {
		return p, PolicyErrors{{Reason: strings.TrimPrefix(err.Error(), "json: ")}}
	}
	return p, nil
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

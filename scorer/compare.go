package scorer

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// PolicyChange is one value that differs between two policies. An absent one is "".
type PolicyChange struct {
	Path string `json:"path"` // JSON pointer
	From string `json:"from"`
	To   string `json:"to"`
}

// ComparePolicies lists what differs in what two policies say, by path. Version, comment
// and publication are no part of that.
func ComparePolicies(from, to Policy) ([]PolicyChange, error) {
	before, err := leavesOf(from)
	if err != nil {
		return nil, err
	}
	after, err := leavesOf(to)
	if err != nil {
		return nil, err
	}
	paths := slices.Collect(maps.Keys(before))
	for path := range after {
		if _, known := before[path]; !known {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	changes := []PolicyChange{}
	for _, path := range paths {
		if before[path] != after[path] {
			changes = append(changes, PolicyChange{Path: path, From: before[path], To: after[path]})
		}
	}
	return changes, nil
}

// leavesOf is the values of a policy by their JSON pointers.
func leavesOf(p Policy) (map[string]string, error) {
	body, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("comparing policy %d: %w", p.Version, err)
	}
	var tree map[string]any
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if err := decoder.Decode(&tree); err != nil {
		return nil, fmt.Errorf("comparing policy %d: %w", p.Version, err)
	}
	for _, key := range []string{"version", "comment", "published_at", "published_by", "proposed_by"} {
		delete(tree, key)
	}
	leaves := make(map[string]string)
	gatherLeaves(leaves, "", tree)
	return leaves, nil
}

func gatherLeaves(leaves map[string]string, path string, node any) {
	switch node := node.(type) {
	case map[string]any:
		for key, child := range node {
			gatherLeaves(leaves, path+"/"+escape(key), child)
		}
	case []any:
		for i, child := range node {
			gatherLeaves(leaves, path+"/"+strconv.Itoa(i), child)
		}
	default:
		leaves[path] = fmt.Sprint(node)
	}
}

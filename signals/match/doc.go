// Package match tells whose notice a notice is: which customers a text names, and in
// which role.
//
// A substring is no answer. 国电 stands in 中国电信, 北京大学 in 北京|大学生, 安琪酵母 in
// 安琪酵母（赤峰）有限公司. So all names of all customers are found in one pass
// (automaton.go), and each hit is then widened to the whole organisation name around it
// and judged as that (organisation.go): the entity itself, a branch of it, or somebody
// else. Short names need a second sign. What is left in doubt keeps a low confidence
// and goes to a person.
package match

// Package gen is the server's side of api/openapi.yaml, written by oapi-codegen. Change
// the description and run "go generate ./api/gen".
package gen

//go:generate go tool oapi-codegen -config config.yaml ../openapi.yaml

# The commands of everyday work. `make` lists them.
SHARED ?= ../shared

.PHONY: crash soak scale profile help build test race lint generate fuzz corpus bench ci

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | column -t -s "$$(printf '\t')"

build: ## one static binary, bin/dealvitals
	CGO_ENABLED=0 go build -trimpath -o bin/dealvitals .

test: ## all tests
	go test ./...

race: ## all tests with the race detector
	go test -race -short ./...

lint: ## formatting, vet and staticcheck
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || (gofmt -l $$(git ls-files '*.go'); exit 1)
	go vet ./...
	go tool staticcheck ./...

generate: ## the API code from api/openapi.yaml
	go generate ./...

fuzz: ## every fuzz target for 20 seconds
	.ci/fuzz 20s

corpus: build ## accuracy on captured pages, back-tests of public deals, in $(SHARED)/corpus
	bench/corpus $(SHARED)/corpus bin/dealvitals

bench: ## the benchmarks behind docs/performance.md
	go test -run '^$$' -bench . -benchmem ./...

profile: ## default.pgo, by which the compiler optimises, from the crawl's benchmark
	go test ./crawler -run '^$$' -bench Run -benchtime 8s -cpuprofile default.pgo -o /dev/null

crash: ## 200 random kills of the real binary, then verify and a comparison (10 in CI)
	DEALVITALS_CRASH_ROUNDS=200 go test ./e2e -run KilledCommands -v -timeout 60m

soak: ## 2 000 targets for 20 minutes: memory, goroutines and file handles stay flat
	DEALVITALS_SOAK=20m go test ./e2e -run Soak -v -timeout 40m

scale: ## 10 000 targets on 5 000 hosts, due in one minute: time, memory, and that none holds up the others
	DEALVITALS_SCALE=1s go test ./e2e -run TenThousand -v -timeout 60m

ci: ## everything that a submission must pass
	.ci/run

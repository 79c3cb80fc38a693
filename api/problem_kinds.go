package api

import "net/http"

// problemKind is one kind of problem: what its name, status and next step are.
type problemKind struct {
	name     string // below /problems/
	status   int
	title    string
	nextStep string
}

// The kinds of problem. Their names are part of the contract and never change.
var (
	badParameterProblem = problemKind{"bad-parameter", http.StatusBadRequest, "A parameter is wrong", "Correct the parameter as /openapi.yaml describes it. In a query a + has to be written as %2B."}
	badBodyProblem      = problemKind{"bad-body", http.StatusBadRequest, "The body is not what is expected", "Correct what `problems` names; /openapi.yaml describes the body."}
	futureProblem       = problemKind{"not-yet", http.StatusBadRequest, "That instant has not come", "Ask for an instant that is over, or leave as_of out to ask for now."}
	unauthorizedProblem = problemKind{"unauthorized", http.StatusUnauthorized, "No valid key", "Send `Authorization: Bearer dv_…` with a key made by `dealvitals keys create`."}
	forbiddenProblem    = problemKind{"forbidden", http.StatusForbidden, "The key's role does not allow this", "Use a key with one of the roles named, or ask an administrator for one."}
	notFoundProblem     = problemKind{"not-found", http.StatusNotFound, "There is no such thing", "Check the id; the list operations show what is there."}
	removedProblem      = problemKind{"evidence-removed", http.StatusGone, "The captured page was removed for its age", "Nothing rested on it. GET /v1/evidence/{hash} tells what it was; an older backup of the evidence folder may still hold it."}
	noRouteProblem      = problemKind{"no-such-path", http.StatusNotFound, "There is no such path", "See /docs for every path."}
	methodProblem       = problemKind{"method-not-allowed", http.StatusMethodNotAllowed, "This path does not take this method", "See /docs for the methods of each path."}
	existsProblem       = problemKind{"exists", http.StatusConflict, "The id is taken", "Change the existing one with PUT, or choose another id."}
	runningProblem      = problemKind{"run-in-progress", http.StatusConflict, "A run of this target is in progress", "Wait for the run to end, then start another."}
	pausedProblem       = problemKind{"target-paused", http.StatusConflict, "The target is paused", "Resume it (POST /v1/targets/{id}/resume), then start the run."}
	waitsProblem        = problemKind{"target-waits", http.StatusConflict, "The target has to wait", "Start the run after the time named; the schedule does so by itself. Quiet hours are the target's own (politeness.quiet_hours), the budget is crawler.host_budget."}
	actionProblem       = problemKind{"not-possible-now", http.StatusConflict, "The deal's state does not allow this", "Read the deal's decisions to see where it stands."}
	closedProblem       = problemKind{"period-closed", http.StatusConflict, "That period cannot be locked any more", "GET /v1/periods shows which are locked. What is learnt later becomes an adjustment in the next one."}
	secondPersonProblem = problemKind{"second-person-needed", http.StatusConflict, "The policy asks for a second person", "Propose a draft with POST /v1/policy-drafts, and let another administrator publish it."}
	endedDraftProblem   = problemKind{"draft-ended", http.StatusConflict, "The draft was published or withdrawn already", "GET /v1/policy-drafts shows the drafts that are open. Propose another one."}
	conflictProblem     = problemKind{"conflict", http.StatusConflict, "Somebody else changed it at the same time", "Read it again, then decide again."}
	staleProblem        = problemKind{"stale", http.StatusPreconditionFailed, "It has changed since you read it", "Read it again, and send its new ETag in If-Match if you still want the change."}
	tooLargeProblem     = problemKind{"too-large", http.StatusRequestEntityTooLarge, "The body is too large", "Send it in several smaller requests."}
	mediaTypeProblem    = problemKind{"media-type", http.StatusUnsupportedMediaType, "The body's type is not one that is read here", "Send one of the types that /openapi.yaml names for this operation in Content-Type."}
	invalidProblem      = problemKind{"invalid", http.StatusUnprocessableEntity, "What was sent cannot be taken", "Correct what `problems` names and send it again. Nothing was stored."}
	badTableProblem     = problemKind{"bad-table", http.StatusUnprocessableEntity, "The table has bad rows", "Correct the rows that `problems` names, or send partial=true to store the others. Nothing was stored."}
	badFileProblem      = problemKind{"unreadable-table", http.StatusUnprocessableEntity, "The table cannot be read", "Send a CSV or XLSX table as `dealvitals import template` writes it."}
	noSecretKeyProblem  = problemKind{"no-secret-key", http.StatusConflict, "There is no key to seal the secret with", "Make a key with `dealvitals secrets keygen FILE`, set secrets.key_file, start the program again, and send it again. Nothing was stored."}
	reusedKeyProblem    = problemKind{"idempotency-key-reused", http.StatusUnprocessableEntity, "The Idempotency-Key was used for another request", "Take a new key for each new request."}
	preconditionProblem = problemKind{"if-match-needed", http.StatusPreconditionRequired, "If-Match is missing", "Read it first, and send its ETag in If-Match."}
	brokenProblem       = problemKind{"internal", http.StatusInternalServerError, "The server failed", "Try again. If it stays, give the request_id to the administrator, who finds the cause in the log."}
	noSpaceProblem      = problemKind{"no-space", http.StatusInsufficientStorage, "There is no room on the disk", "Make room on the disk of the store, then send it again: nothing of it was stored, and work goes on by itself."}
	clockProblem        = problemKind{"clock-wrong", http.StatusServiceUnavailable, "The machine's clock is not to be believed", "Set the clock of the machine right; where it is right, start the program again. Until then nothing is crawled, decided or stored."}
	unavailableProblem  = problemKind{"unavailable", http.StatusServiceUnavailable, "Not available now", "Try again in a few seconds."}
)

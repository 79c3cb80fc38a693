package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"dealvitals/api/desk"
	"dealvitals/api/gen"
	"dealvitals/evidence"
	"dealvitals/imports"
	"dealvitals/scorer"
	"dealvitals/secrets"
	"dealvitals/store"
	"dealvitals/webhooks"
	"dealvitals/wecom"
	"dealvitals/wecom/collect"

	"github.com/labstack/echo/v4"
)

// problemOf says which kind of problem an error is, and what may be told of it. What
// it does not know is the server's own failure, of which the log tells more than the answer.
func problemOf(err error) (kind problemKind, detail string, faults []desk.Fault) {
	var (
		badRequest   *badRequestError
		unauthorized *unauthorizedError
		forbidden    *forbiddenError
		exists       *existsError
		precondition *preconditionError
		reused       *reusedKeyError
		future       *desk.FutureError
		period       *desk.PeriodError
		closed       *desk.PeriodClosedError
		stale        *desk.StaleError
		invalid      *desk.InvalidError
		badTable     *desk.BadTableError
		badFile      *imports.FileError
		span         *imports.SpanError
		action       *scorer.ActionError
		policy       scorer.PolicyErrors
		two          *store.SecondPersonError
		ended        *store.DraftEndedError
		running      *store.RunInProgressError
		paused       *store.TargetPausedError
		waits        *store.TargetWaitsError
		conflict     *store.ConflictError
		clock        *store.ClockError
		refused      *store.InvalidError
		tooLarge     *http.MaxBytesError
		removed      *evidence.RemovedError
		noKey        *secrets.NoKeyError
		closedSecret *secrets.OpenError
		endpoint     *webhooks.InvalidError
		missing      *collect.PagesMissingError
		unreadable   *wecom.LineError
		route        *echo.HTTPError
	)
	switch {
	case errors.As(err, &tooLarge):
		return tooLargeProblem, fmt.Sprintf("the body is larger than %d bytes", tooLarge.Limit), nil
	case errors.As(err, &badRequest):
		return badRequest.problem, badRequest.detail, badRequest.faults
	case errors.As(err, &unauthorized):
		return unauthorizedProblem, unauthorized.Error(), nil
	case errors.As(err, &forbidden):
		return forbiddenProblem, forbidden.Error(), nil
	case errors.As(err, &exists):
		return existsProblem, exists.Error(), nil
	case errors.As(err, &precondition):
		return preconditionProblem, precondition.Error(), nil
	case errors.As(err, &reused):
		return reusedKeyProblem, reused.Error(), nil
	case errors.As(err, &future):
		return futureProblem, future.Error(), nil
	case errors.As(err, &period):
		return badParameterProblem, period.Error(), nil
	case errors.As(err, &closed):
		return closedProblem, closed.Error(), nil
	case errors.As(err, &stale):
		return staleProblem, stale.Error(), nil
	case errors.As(err, &endpoint):
		return invalidProblem, "the endpoint cannot be taken", faultsOf(endpoint)
	case errors.As(err, &invalid):
		return invalidProblem, invalid.Error(), invalid.Faults
	case errors.As(err, &badTable):
		return badTableProblem, badTable.Error(), badTable.Problems
	case errors.As(err, &badFile):
		return badFileProblem, badFile.Error(), nil
	case errors.As(err, &span):
		return badParameterProblem, span.Error(), nil
	case errors.As(err, &action):
		return problemOfAction(action)
	case errors.As(err, &policy):
		return invalidProblem, "the policy cannot be published", policyFaults(policy)
	case errors.As(err, &two):
		return secondPersonProblem, two.Error(), nil
	case errors.As(err, &ended):
		return endedDraftProblem, ended.Error(), nil
	case errors.As(err, &refused):
		return invalidProblem, refused.Error(), nil
	case errors.As(err, &removed):
		return removedProblem, removed.Error(), nil
	case errors.As(err, &noKey):
		return noSecretKeyProblem, noKey.Error(), nil
	case errors.As(err, &closedSecret):
		return invalidProblem, closedSecret.Error(), nil
	case errors.As(err, &missing):
		return conflictProblem, missing.Error(), nil
	case errors.As(err, &unreadable):
		return badBodyProblem, unreadable.Error(), nil
	case errors.As(err, &paused):
		return pausedProblem, paused.Error(), nil
	case errors.As(err, &waits):
		return waitsProblem, waits.Error(), nil
	case errors.As(err, &running):
		return runningProblem, running.Error(), nil
	case errors.As(err, &conflict):
		return conflictProblem, conflict.Error(), nil
	case errors.As(err, &clock):
		return clockProblem, clock.Error(), nil
	case errors.Is(err, store.ErrNoSpace):
		return noSpaceProblem, store.ErrNoSpace.Error(), nil
	case errors.Is(err, store.ErrNotFound):
		return notFoundProblem, err.Error(), nil
	case errors.Is(err, ErrUnavailable), errors.Is(err, desk.ErrBusy):
		return unavailableProblem, err.Error(), nil
	case errors.Is(err, context.DeadlineExceeded):
		return unavailableProblem, "the answer took too long", nil
	case errors.As(err, &route):
		return problemOfRoute(route)
	}
	return brokenProblem, "the server could not do it", nil
}

func policyFaults(all scorer.PolicyErrors) []desk.Fault {
	faults := make([]desk.Fault, 0, len(all))
	for _, wrong := range all[:min(len(all), maxFaults)] {
		faults = append(faults, desk.Fault{Pointer: wrong.Path, Detail: wrong.Reason})
	}
	return faults
}

// problemOfAction tells a decision that lacks something from one that the deal's state
// does not allow.
func problemOfAction(err *scorer.ActionError) (problemKind, string, []desk.Fault) {
	pointers := map[scorer.Problem]string{
		scorer.ProblemReasonMissing:  "/reason",
		scorer.ProblemReviewer:       "/reviewer",
		scorer.ProblemUntilPassed:    "/until",
		scorer.ProblemUntilMisplaced: "/until",
	}
	if pointer, found := pointers[err.Reason]; found {
		return invalidProblem, "the decision cannot be taken", []desk.Fault{{Pointer: pointer, Detail: err.Error()}}
	}
	return actionProblem, err.Error(), nil
}

// problemOfRoute tells what Echo itself refuses.
func problemOfRoute(err *echo.HTTPError) (problemKind, string, []desk.Fault) {
	switch err.Code {
	case http.StatusNotFound:
		return noRouteProblem, "this server has nothing at this path", nil
	case http.StatusMethodNotAllowed:
		return methodProblem, "the path is there, but not for this method", nil
	case http.StatusUnsupportedMediaType:
		return mediaTypeProblem, "the body's Content-Type is not read here", nil
	case http.StatusBadRequest:
		return badBodyProblem, fmt.Sprint(err.Message), nil
	}
	return brokenProblem, "the server could not do it", nil
}

// writeProblem answers with an error.
func (s *server) writeProblem(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	kind, detail, faults := problemOf(err)
	problem := gen.Problem{
		Type: "/problems/" + kind.name, Title: kind.title, Status: kind.status,
		Detail: detail, NextStep: kind.nextStep, RequestId: requestID(c),
	}
	if len(faults) > 0 {
		problem.Problems = &faults
	}
	if kind.status == http.StatusUnauthorized {
		c.Response().Header().Set("WWW-Authenticate", `Bearer realm="dealvitals"`)
	}
	if kind.status == http.StatusServiceUnavailable {
		c.Response().Header().Set("Retry-After", "5")
	}
	body, err := json.Marshal(problem)
	if err == nil {
		err = c.Blob(kind.status, "application/problem+json", append(body, '\n'))
	}
	if err != nil {
		s.Logger.WarnContext(c.Request().Context(), "an error could not be told", "request", problem.RequestId, "problem", err)
	}
}

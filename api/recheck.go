package api

import (
	"context"
	"fmt"

	"dealvitals/api/gen"
)

// RecheckFreezes answers GET /v1/freeze-recheck.
func (s *server) RecheckFreezes(ctx context.Context, r gen.RecheckFreezesRequestObject) (gen.RecheckFreezesResponseObject, error) {
	lang := gen.RecheckFreezesParamsLangZh
	if r.Params.Lang != nil {
		lang = *r.Params.Lang
	}
	found, err := s.Desk.Recheck(ctx, string(lang))
	if err != nil {
		return nil, err
	}
	if len(found.Changed) > 0 {
		if err := s.Reads.NoteRead(ctx, callerOf(ctx).Name, "explanation", found.Subjects(), s.Clock()); err != nil {
			return nil, fmt.Errorf("noting who asked: %w", err)
		}
	}
	return gen.RecheckFreezes200JSONResponse(found), nil
}

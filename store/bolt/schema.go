package bolt

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"dealvitals/store"

	"go.etcd.io/bbolt"
)

// bucket is a named part of the file.
type bucket string

// in opens the bucket. Migrations make every bucket, so it is always there.
func (b bucket) in(tx *bbolt.Tx) *bbolt.Bucket { return tx.Bucket([]byte(b)) }

// The buckets of the present schema. Behind each stands how its keys are made; a comma
// separates parts (see keys.go).
const (
	bucketMeta bucket = "meta" // name

	bucketCustomers        bucket = "customers"         // id: newest version
	bucketCustomerVersions bucket = "customer_versions" // id, stamp: earlier versions
	bucketDeals            bucket = "deals"
	bucketDealVersions     bucket = "deal_versions"
	bucketDealsByCustomer  bucket = "deals_by_customer" // customer, deal, where any version of the deal has it
	bucketDealsByContact   bucket = "deals_by_contact"  // contact, deal
	bucketContacts         bucket = "contacts"
	bucketContactVersions  bucket = "contact_versions"
	bucketContactsByWeCom  bucket = "contacts_by_wecom" // WeCom id, contact
	bucketTargets          bucket = "targets"
	bucketTargetVersions   bucket = "target_versions"
	bucketTargetsByParty   bucket = "targets_by_customer" // customer or "", target

	bucketRuns         bucket = "runs"          // run: what is known of it
	bucketRunsByTarget bucket = "runs_by_start" // target, start, run
	bucketJournal      bucket = "journal"       // target: the run in progress
	bucketSummaries    bucket = "run_summaries" // target, number of the run
	bucketPages        bucket = "pages"         // target, URL
	bucketEvidence     bucket = "evidence"      // hash
	bucketPostings     bucket = "postings"      // target, posting
	bucketOpen         bucket = "open_postings" // target, posting: while it is open

	bucketNotices         bucket = "notices"         // target, notice: newest version
	bucketNoticeVersions  bucket = "notice_versions" // target, notice, stamp: earlier versions
	bucketNoticeSightings bucket = "notice_sightings"
	bucketNoticesByDay    bucket = "notices_by_day"      // day, target, notice
	bucketMatches         bucket = "matches"             // target, notice, customer, number: every version
	bucketMatchesByParty  bucket = "matches_by_customer" // customer, target, notice
	bucketReview          bucket = "matches_to_review"   // target, notice, customer

	bucketInteractions   bucket = "interactions"     // contact, time, hash of source and id
	bucketInteractionIDs bucket = "interaction_ids"  // source, id
	bucketDealTalk       bucket = "contacts_of_deal" // deal, contact: named together by an interaction or a coverage
	bucketCoverage       bucket = "coverage"         // contact, end, hash of the rest

	bucketPolicies      bucket = "policies"          // version
	bucketDrafts        bucket = "policy_drafts"     // draft
	bucketCohorts       bucket = "cohorts"           // policy version, stamp
	bucketDecisions     bucket = "decisions"         // seq
	bucketDealDecisions bucket = "decisions_of_deal" // deal, seq
	bucketEvaluations   bucket = "evaluations"       // deal, stamp, number

	bucketPeriods     bucket = "periods"      // period
	bucketPeriodLines bucket = "period_lines" // period, deal

	bucketOutcomes        bucket = "outcomes"         // deal: newest version
	bucketOutcomeVersions bucket = "outcome_versions" // deal, stamp: earlier versions

	bucketEvents     bucket = "events"            // seq
	bucketEndpoints  bucket = "endpoints"         // endpoint
	bucketCursors    bucket = "endpoint_cursors"  // endpoint: seq of the newest event that was looked at
	bucketDeliveries bucket = "deliveries"        // endpoint, lane, seq: what waits
	bucketDue        bucket = "deliveries_due"    // endpoint, time, seq: the lane, for the first in each lane
	bucketDead       bucket = "dead_letters"      // endpoint, seq
	bucketAttempts   bucket = "delivery_attempts" // endpoint, number

	bucketAudit       bucket = "audit" // seq
	bucketKeys        bucket = "keys"  // id
	bucketKeysByHash  bucket = "keys_by_hash"
	bucketMarks       bucket = "marks"           // id
	bucketReplies     bucket = "replies"         // key
	bucketRepliesTime bucket = "replies_by_time" // time, key
)

// schemaKey is where the file's schema version is kept, as 8 bytes.
const schemaKey = "schema"

// migration brings a file from one schema version to the next. Its place in the list,
// counted from 1, is the version that it leads to. A migration that was released is
// never changed.
type migration func(tx *bbolt.Tx) error

func migrations() []migration {
	return []migration{createBuckets, createPeriods, createOutcomes, createUnread, createDrafting, createEvents, createSearches, createDealIndex, createMergeIndex}
}

// createBuckets is schema version 1.
func createBuckets(tx *bbolt.Tx) error {
	for _, b := range []bucket{
		bucketCustomers, bucketCustomerVersions, bucketDeals, bucketDealVersions, bucketDealsByCustomer, bucketDealsByContact,
		bucketContacts, bucketContactVersions, bucketContactsByWeCom, bucketTargets, bucketTargetVersions, bucketTargetsByParty,
		bucketRuns, bucketRunsByTarget, bucketJournal, bucketSummaries, bucketPages, bucketEvidence, bucketPostings, bucketOpen,
		bucketNotices, bucketNoticeVersions, bucketNoticeSightings, bucketNoticesByDay, bucketMatches, bucketMatchesByParty, bucketReview,
		bucketInteractions, bucketInteractionIDs, bucketDealTalk, bucketCoverage,
		bucketPolicies, bucketDecisions, bucketDealDecisions, bucketEvaluations,
		bucketAudit, bucketKeys, bucketKeysByHash, bucketMarks, bucketReplies, bucketRepliesTime,
	} {
		if _, err := tx.CreateBucket([]byte(b)); err != nil {
			return fmt.Errorf("making bucket %s: %w", b, err)
		}
	}
	return writeFirstPolicy(tx)
}

var errForeign = errors.New("the file holds a bbolt database, but not one of dealvitals")

// schemaOf reads the version of a file's schema, 0 for an empty file.
func schemaOf(tx *bbolt.Tx) (int, error) {
	meta := bucketMeta.in(tx)
	if meta == nil {
		if name, _ := tx.Cursor().First(); name != nil {
			return 0, errForeign
		}
		return 0, nil
	}
	value := meta.Get([]byte(schemaKey))
	if len(value) != 8 {
		return 0, errForeign
	}
	return int(binary.BigEndian.Uint64(value)), nil
}

// migrate brings the file up to date, one transaction a step.
func (db *DB) migrate(steps []migration) error {
	for {
		done := false
		err := db.file.Update(func(tx *bbolt.Tx) error {
			has, err := schemaOf(tx)
			if err != nil {
				return err
			}
			if has > len(steps) {
				return &store.NewerFileError{Path: db.path, Has: has, Knows: len(steps)}
			}
			if has == len(steps) {
				done = true
				return nil
			}
			return step(tx, has+1, steps[has])
		})
		if err != nil {
			return fmt.Errorf("opening %s: %w", db.path, err)
		}
		if done {
			return nil
		}
	}
}

func step(tx *bbolt.Tx, to int, m migration) error {
	if err := m(tx); err != nil {
		return fmt.Errorf("migrating to schema %d: %w", to, err)
	}
	meta, err := tx.CreateBucketIfNotExists([]byte(bucketMeta))
	if err != nil {
		return err
	}
	return meta.Put([]byte(schemaKey), binary.BigEndian.AppendUint64(nil, uint64(to)))
}

// checkSchema tells whether the file can be read as it is.
func (db *DB) checkSchema() error {
	return db.file.View(func(tx *bbolt.Tx) error {
		has, err := schemaOf(tx)
		if err != nil {
			return fmt.Errorf("opening %s: %w", db.path, err)
		}
		wanted := len(migrations())
		if has > wanted {
			return &store.NewerFileError{Path: db.path, Has: has, Knows: wanted}
		}
		if has < wanted {
			return &store.OlderFileError{Path: db.path, Has: has, Wanted: wanted}
		}
		return nil
	})
}

// epoch is the stamp of what was known from the beginning.
func epoch() time.Time { return time.Unix(0, 0).UTC() }

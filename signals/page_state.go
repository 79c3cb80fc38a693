package signals

import "time"

// PageState is what is remembered of a target's page between runs, so that an
// unchanged page costs neither extraction nor storage.
type PageState struct {
	TargetID     string    `json:"target_id"`
	URL          string    `json:"url"` // with method and body where it is not a plain GET
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"last_modified,omitempty"`
	Hash         string    `json:"hash"`   // of the body that was read
	Reader       string    `json:"reader"` // version of the extractors and settings that read it: another one reads again
	Outcome      Outcome   `json:"outcome"`
	Extractor    string    `json:"extractor"`
	Items        []string  `json:"items,omitempty"` // ids of the records on it, in order
	AllDated     bool      `json:"all_dated,omitempty"`
	Total        *int      `json:"total,omitempty"`  // records of the whole list, as the page states it
	Next         string    `json:"next,omitempty"`   // the next request, as the crawler wrote it
	More         string    `json:"more,omitempty"`   // what a control says that loads the rest of the list, whose address nobody knows
	Pager        string    `json:"pager,omitempty"`  // what says that the list has several pages, where no address of the next one was recognised
	Feed         bool      `json:"feed,omitempty"`   // a feed: it shows only what is newest
	Oldest       *Date     `json:"oldest,omitempty"` // oldest publication of its notices; nil where one does not say
	Newest       *Date     `json:"newest,omitempty"` // newest publication of them; nil where one does not say
	Barred       []string  `json:"barred,omitempty"` // links on it that a run would follow, but that it asks not to be followed
	CheckedAt    time.Time `json:"checked_at"`
	ChangedAt    time.Time `json:"changed_at"`
}

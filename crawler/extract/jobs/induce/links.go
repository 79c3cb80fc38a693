package induce

import (
	"net/url"
	"strings"

	"dealvitals/crawler/extract/anyof"
	"dealvitals/crawler/extract/casing"
	"dealvitals/crawler/extract/page"
)

// linkKind is what an address tells of where it leads.
type linkKind int8

const (
	noLink    linkKind = iota // none, or one that leads nowhere: #, javascript:, mailto:
	otherLink                 // some page
	jobsLink                  // jobs, but no single one
	jobLink                   // one job
)

// kindOf is kindOfLink, worked out once for each address of the page.
func (v *view) kindOf(href string) linkKind {
	if href == "" {
		return noLink
	}
	kind, ok := v.kinds[href]
	if !ok {
		kind = kindOfLink(href)
		v.kinds[href] = kind
	}
	return kind
}

// kindOfLink reads an address for the signs of a single job's page.
func kindOfLink(href string) linkKind {
	if href == "" || len(href) > 2000 {
		return noLink
	}
	low := casing.Lower(href)
	if strings.HasPrefix(low, "#/") || strings.HasPrefix(low, "#!/") { // a route of a page that a script runs
		low = low[1:]
	}
	for _, p := range []string{"#", "javascript:", "mailto:", "tel:", "data:", "about:"} {
		if strings.HasPrefix(low, p) {
			return noLink
		}
	}
	path, query, _ := strings.Cut(low, "?")
	if i := strings.IndexByte(query, '#'); i >= 0 && !strings.Contains(query[i:], "/") {
		query = query[:i]
	}
	if jobParams.In(query) {
		return jobLink
	}
	if i := strings.Index(path, "://"); i >= 0 {
		path = path[i+3:]
	}
	at := jobPathWords.Last(path)
	if at < 0 {
		return otherLink
	}
	return afterJobWord(path[at:], query)
}

var jobParams = anyof.Of("jobid=", "job_id=", "positionid=", "gh_jid=", "jid=", "postid=", "job=", "vacancyid=", "jobadid=", "requisitionid=", "zwid=", "jobadvertid=", "reqid=", "jobkey=", "jk=", "currentjobid=", "position_id=", "post_id=", "recruitid=")

var jobPathWords = anyof.Of("job", "position", "career", "vacanc", "opening", "posting", "recruit", "zhaopin", "requisition", "zhiwei", "gangwei", "stellen", "opportunit", "employment", "hr/", "/hr", "join", "rencai", "/zp", "/o/", "/offre", "/emploi", "vacature", "/roles/", "/role/", "/apply/", "/yanfa", "/social", "/campus", "zpxx", "/viewjob", "greenhouse.io", "lever.co", "ashbyhq.com", "workable.com", "myworkdayjobs", "smartrecruiters.com", "/hiring/", "/work/", "/talent")

// afterJobWord tells a single job by what follows the word: a number, a slug, an id.
func afterJobWord(rest, query string) linkKind {
	rest = strings.Trim(rest, "/")
	digits := 0
	for i := 0; i < len(rest); i++ {
		if rest[i] >= '0' && rest[i] <= '9' {
			digits++
		}
	}
	_, slug, more := strings.Cut(rest, "/")
	if facet, _, _ := strings.Cut(slug, "/"); facets[facet] {
		return jobsLink
	}
	last := slug
	if i := strings.LastIndexByte(slug, '/'); i >= 0 {
		last = slug[i+1:]
	}
	switch {
	case listPage[last] || listPage[rest]:
		return jobsLink
	case strings.HasSuffix(rest, ".pdf") || strings.HasSuffix(rest, ".doc") || strings.HasSuffix(rest, ".docx"):
		return jobLink
	case digits >= 2 && (!strings.Contains(rest, "list") || more), digits == 1 && more:
		return jobLink
	case more && (strings.Count(last, "-") >= 1 || strings.Count(last, "_") >= 1 || len(last) >= 12):
		return jobLink
	case strings.Contains(rest, "detail") || strings.Contains(rest, "view") || strings.Contains(rest, "show") || strings.Contains(rest, "info"):
		return jobLink
	case strings.HasPrefix(query, "id=") || strings.Contains(query, "&id="):
		return jobLink
	case more && len(last) >= 4 && !strings.HasPrefix(last, "page"):
		return jobLink
	}
	return jobsLink
}

// facets are parts of an address behind which a list is narrowed down.
var facets = wordSet("type types location locations category categories department departments city cities tag tags company companies skill skills industry industries in search team teams area areas function functions level levels region country by keyword")

var listPage = wordSet("list index search index.html index.php index.htm index.aspx index.jsp default.aspx list.html jobs careers openings all positions campus social intern school about benefits culture faq contact teams locations departments login register students interns apply life-at-acme")

func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// identity is what of an address tells the job, without tracking, fragments of the page
// and the query that only remembers the search.
func identity(address string) string {
	if plain, ok := plainIdentity(address); ok {
		return plain
	}
	return parsedIdentity(address)
}

// plainIdentity is parsedIdentity of an address that has nothing to leave out or to escape,
// as most have: a part of it.
func plainIdentity(address string) (string, bool) {
	rest, from := address, 0
	if after, ok := strings.CutPrefix(address, "https://"); ok {
		rest, from = after, len("https:")
	} else if after, ok := strings.CutPrefix(address, "http://"); ok {
		rest, from = after, len("http:")
	}
	path := strings.IndexByte(rest, '/')
	if path < 0 || (path == 0) != (from == 0) || from > 0 && !page.PlainHost(rest[:path]) || !page.PlainPath(rest[path:]) || strings.HasPrefix(rest, "//") {
		return "", false
	}
	return strings.TrimSuffix(address[from:], "/"), true
}

func parsedIdentity(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	if u.Fragment != "" && !strings.ContainsAny(u.Fragment, "/=") {
		u.Fragment = ""
	}
	q := u.Query()
	for k := range q {
		if trackingParam(casing.Lower(k)) {
			q.Del(k)
		}
	}
	u.RawQuery = q.Encode()
	u.Scheme, u.Path = "", strings.TrimSuffix(u.Path, "/")
	return u.String()
}

func trackingParam(k string) bool {
	if strings.HasPrefix(k, "utm_") {
		return true
	}
	switch k {
	case "ref", "refid", "source", "src", "from", "trackingid", "lang", "spm", "trk", "position", "pagenum", "page", "pg", "offset", "total", "so_source", "so_medium", "so", "_", "lid", "securityid", "ka", "sessionid", "jsessionid", "pos", "location", "city":
		return true
	}
	return false
}

// LeadsToJob tells an address that looks like that of a single job.
func LeadsToJob(address string) bool { return kindOfLink(address) == jobLink }

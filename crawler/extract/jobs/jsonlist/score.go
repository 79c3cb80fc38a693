package jsonlist

import (
	"strings"

	"dealvitals/crawler/extract/jobs/words"
)

// A list is taken for jobs from this score on. Measured on answers of job systems and of
// other things (see the fixtures): those of jobs score 6 to 20, others 3 at most.
const enough = 5

// sampleSize is how many records of a list are looked at to tell what it is.
const sampleSize = 24

// rated is a list with what its score was made of.
type rated struct {
	*list
	score    int
	titleKey string // the field most titles stand in
	own      bool   // titleKey names jobs and nothing else
	jobLike  int    // how much the sampled titles read like jobs, 0 to 100
	named    bool   // its place in the document names it a list of jobs
}

// jobNames are the names under which answers put their jobs.
var jobNames = set(
	"jobs", "joblist", "jobslist", "positions", "positionlist", "postings", "jobpostings", "jobpostlist", "jobpostings", "vacancies", "vacancylist", "openings", "jobopenings", "offers", "joboffers", "requisitions", "requisitionlist",
	"opportunities", "careers", "postlist", "jobads", "jobadlist", "jobsearchresults", "jobresults", "positioninfos", "positionresult", "recruitlist", "recruits", "recruitments", "recruitment", "alljobs", "openpositions", "openroles", "roles", "jobdata", "jobitems", "stellen", "stellenangebote", "offres", "emplois", "ofertas", "empleos", "vacantes", "vagas", "vacatures",
	"jobrequisitions", "jobreqs", "jobinfos", "jobinfolist", "jobcards", "jobcardlist", "stations", "hotjobs", "zpdata", "sojobitems", "searchresults", "eagerloadrefinesearch", "jobboardlist", "jobseekers", "岗位", "职位", "岗位列表", "职位列表",
)

// isJobName tells the name of a list of jobs: one of jobNames, or one made of such a word
// and a plural ("recruitJobAdList", "position_infos").
func isJobName(name string) bool {
	if jobNames[name] {
		return true
	}
	if otherNames[name] || containsAny(name, notJobParts) {
		return false
	}
	for _, part := range jobParts {
		if i := strings.LastIndex(name, part); i >= 0 && jobTails[name[i+len(part):]] {
			return true
		}
	}
	return false
}

// jobTails are what follows the word in the name of a list.
var jobTails = wordsOf("s list lists adlist ads adpagelist info infos infolist item items data datas result results resultlist record records post posts postlist cards cardlist offers page vos volist dtos dtolist array arr rows ies inglist 列表 信息 数据")

func wordsOf(list string) map[string]bool { return set(strings.Fields(list)...) }

// company tells the name of a company.
func company(title string) bool {
	low := strings.ToLower(strings.TrimRight(title, ". "))
	for _, end := range []string{" limited", " ltd", " inc", " llc", " gmbh", " ag", " plc", " corp", " corporation", " s.a", " b.v", "有限公司", "有限责任公司", "股份公司", "集团"} {
		if strings.HasSuffix(low, end) {
			return true
		}
	}
	return false
}

// notice tells the title of a notice of procurement, which lists like those of jobs hold.
func notice(title string) bool {
	return containsAny(title, []string{"公告", "公示", "招标", "中标", "采购项目", "成交结果", "竞争性", "询价", "磋商"}) && !containsAny(title, []string{"招聘", "专员", "经理", "工程师"})
}

var (
	jobParts    = []string{"job", "position", "vacanc", "posting", "requisition", "recruit", "opening", "岗位", "职位"}
	notJobParts = []string{"categor", "type", "count", "famil", "group", "function", "level", "filter", "location", "alert", "status", "option", "config", "setting", "tag", "city", "area", "seeker", "facet", "title", "page"}
)

func containsAny(s string, parts []string) bool {
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

// otherNames are the names of lists that stand beside jobs in their answers.
var otherNames = set(
	"departments", "offices", "locations", "locationlist", "cities", "citylist", "areas", "regions", "countries", "categories", "categorylist", "tags", "taglist", "labels", "filters", "facets", "aggregations", "aggs", "buckets", "options", "dict", "dictionary", "enums",
	"benefits", "perks", "welfare", "welfarelist", "teams", "news", "newslist", "articles", "blog", "blogs", "products", "productlist", "goods", "banners", "banner", "menu", "menus", "nav", "navigation", "links", "breadcrumbs", "events", "faq", "faqs", "testimonials", "employees", "people", "members", "users", "companies", "companylist",
	"metadata", "questions", "images", "photos", "videos", "languages", "skills", "skilllist", "translations", "themes", "pages", "steps", "cookies", "industries", "industrylist", "jobcategories", "jobtypes", "jobtypelist", "positiontypes", "searchconditions", "criteria", "companysizes", "subjects", "staticroutes", "routes", "notices", "schools",
)

// sideNames are lists of jobs that are not the answer's own: suggestions, look-alikes, ads.
var sideNames = []string{"recommend", "similar", "related", "suggest", "guess", "recently", "viewed", "history", "favorite", "collected", "applied", "adpositions"}

func rate(l *list) rated {
	r := rated{list: l}
	sample := l.records[:min(len(l.records), sampleSize)]
	l.fields = make([]record, 0, len(l.records))
	for _, m := range sample {
		l.fields = append(l.fields, fieldsOf(m))
	}
	r.titleKey, r.own = titleKeyOf(l.fields)
	if r.titleKey == "" {
		return r
	}
	like, titled := 0, 0
	for _, f := range l.fields {
		t := text(f.own[r.titleKey])
		if isTitle(t) {
			titled++
		}
		if notice(t) || company(t) {
			like -= 2
		}
		like += int(words.LooksTitle(t))
	}
	if titled*2 < len(sample) {
		return r
	}
	r.jobLike = max(0, like) * 50 / len(sample)
	r.score = r.weigh(sample)
	return r
}

// titleKeyOf is the field that holds most titles.
func titleKeyOf(sample []record) (string, bool) {
	for i, keys := range [][]string{ownTitles, anyTitles} {
		count := map[string]int{}
		for _, f := range sample {
			if _, k := f.named(keys); k != "" {
				count[k]++
			}
		}
		best := ""
		for _, k := range keys {
			if count[k] > count[best] {
				best = k
			}
		}
		if best != "" && count[best]*2 >= len(sample) {
			return best, i == 0
		}
	}
	return "", false
}

func (r *rated) weigh(sample []map[string]any) int {
	var place, date, change, link, job, other int
	for _, f := range r.fields {
		place += one(f.hasAny(placeRank))
		date += one(f.hasAny(publishedRank))
		change += one(f.hasAny(updatedRank))
		link += one(f.hasAny(linkRank))
		job += min(4, f.countIn(jobFields))
		other += min(3, f.countIn(otherFields))
	}
	n := len(r.fields)
	score := job/n - 2*other/n
	if r.own {
		score += 4
	} else {
		score++
	}
	score += 2*most(place, n) + most(date, n) + most(change, n) + most(link, n)
	if r.saysJob() {
		score += 5
	}
	last, above := r.tail()
	r.named = isJobName(last) || isJobName(above)
	switch {
	case r.jobLike >= 50:
		score += 2
	case r.jobLike >= 20:
	case r.own || r.named || job/n >= 3: // titles of a language that is not known
		score -= 2
	default:
		score -= 4
	}
	if place == 0 && job == 0 && (r.jobLike == 0 || !r.own && !r.named && !r.saysJob()) {
		score -= 3 // nothing but a title, and maybe a date
	}
	if r.named {
		score += 3
	}
	if otherNames[last] {
		score -= 4
	}
	if onlyOptions(sample) {
		score -= 4
	}
	return score
}

// saysJob tells records that name their own kind: "type": "job_listing" of WordPress,
// "@type": "JobPosting".
func (r *rated) saysJob() bool {
	n := 0
	for _, f := range r.fields {
		for _, k := range []string{"type", "posttype", "contenttype", "objecttype", "typename"} {
			s, _ := f.own[k].(string)
			if i := strings.LastIndex(s, "--"); i >= 0 { // Drupal's node--job
				s = s[i+2:]
			}
			if jobTypes[plain(s)] {
				n++
				break
			}
		}
	}
	return n*2 > len(r.fields)
}

var jobTypes = set("job", "jobs", "joblisting", "jobpost", "jobposting", "jobpostings", "joboffer", "jobopening", "career", "careers", "vacancy", "vacancies", "position", "positions", "jobad", "stelle", "stellenangebot", "stellenangebote", "awsmjobopenings", "jobbnmpost", "openposition", "jobposition", "emplois", "offre", "vacature")

// tail is the last name on a list's path that is no mere container, and the one above.
func (r *rated) tail() (string, string) {
	last, above := "", ""
	for i := len(r.path) - 1; i >= 0; i-- {
		if containerNames[r.path[i]] {
			continue
		}
		if last == "" {
			last = r.path[i]
			continue
		}
		above = r.path[i]
		break
	}
	return last, above
}

// containerNames say nothing of what they hold.
var containerNames = set("data", "list", "rows", "items", "results", "result", "content", "contents", "records", "hits", "edges", "nodes", "datas", "values", "value", "entries", "elements", "payload", "response", "body", "d", "page", "pagedata", "datalist", "lists", "obj", "json", "array", "retvalue", "resultbody", "returnvalue", "resultdata", "resp", "rsp", "ret", "dataset", "bean", "model", "ergebnisse", "ergebnisliste", "resultats", "resultados", "risultati", "exdata", "pageform", "pagebean", "pagevo", "pageinfo", "pageresult", "zpdata")

// onlyOptions tells the entries of a drop-down: a name and an id or a count, no more.
func onlyOptions(sample []map[string]any) bool {
	for _, m := range sample {
		if len(m) > 3 {
			return false
		}
		for k, v := range m {
			p := plain(k)
			switch v.(type) {
			case map[string]any, []any:
				return false
			}
			if !optionFields[p] {
				return false
			}
		}
	}
	return true
}

var optionFields = set("id", "name", "label", "value", "key", "count", "code", "text", "title", "slug", "total", "num", "type", "selected", "enname", "parentid", "parentcode", "level", "order", "sort", "i18n", "doccount")

// sideList tells a list of suggestions by any name on its path.
func (r *rated) sideList() bool {
	for _, name := range r.path {
		if containsAny(name, sideNames) {
			return true
		}
	}
	return false
}

func (r record) hasAny(keys map[string]int) bool {
	for k, v := range r.own {
		if _, ok := keys[k]; ok && !blank(v) {
			return true
		}
	}
	return false
}

func (r record) countIn(keys map[string]bool) int {
	n := 0
	for k, v := range r.own {
		if keys[k] && !blank(v) {
			n++
		}
	}
	return n
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// most is 1 where at least half have it.
func most(have, of int) int { return one(have*2 >= of && have > 0) }

var (
	placeRank     = rank(places)
	publishedRank = rank(published)
	updatedRank   = rank(updated)
	linkRank      = rank(links)
)

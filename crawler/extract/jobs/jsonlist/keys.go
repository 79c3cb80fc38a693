package jsonlist

import "strings"

// The names that fields of job records go by in the wild, in lower case without
// separators: "job_title", "jobTitle" and "Job Title" are all "jobtitle". Order is
// preference: the first field that holds a value is taken.

// ownTitles name a job and nothing else, so that a list of them is a list of jobs.
var ownTitles = []string{
	"jobtitle", "positiontitle", "positionname", "jobname", "postname", "recruitpostname", "postingtitle", "jobpostingtitle", "jobpostingname",
	"requisitiontitle", "requisitionname", "jobadtitle", "jobadname", "jobopeningname", "vacancytitle", "vacancyname", "openingtitle", "jobpositionname",
	"recruitpositionname", "recruitpostionname", "externaljobtitle", "externalpositionname", "recruittitle", "recruitname", "recruitmenttitle",
	"stationname", "zwname", "zwmc", "gwmc", "gangwei", "zhiwei", "zhiweiname", "positionnamecn", "jobnamecn", "jobnameen", "nameofjob", "roletitle",
	"stellenangebotstitel", "stellentitel", "stellenbezeichnung", "jobbezeichnung", "intitule", "intituleposte", "titreposte", "puesto", "cargo", "vaga", "functietitel", "vacaturetitel",
	"职位", "岗位", "职位名称", "岗位名称", "招聘岗位", "招聘职位", "职位名", "岗位名", "应聘岗位", "岗位标题", "职位标题", "職缺名稱", "職務名稱", "職位名稱",
}

// anyTitles name a job only where the rest of the record or its place in the document says so.
var anyTitles = []string{"title", "name", "text", "position", "role", "job", "post", "subject", "label", "designation", "displayname", "headline", "titel", "titre", "titulo", "título", "beruf", "bezeichnung", "libelle", "nome", "nombre", "标题", "名称"}

var places = []string{
	"location", "locationname", "locations", "locationstext", "joblocation", "joblocations", "primarylocation", "worklocation", "worklocations", "worklocationname",
	"workinglocation", "workinglocations", "workingaddress", "workingaddresses", "workingnewaddresses", "workingplace", "workplace", "workplacename", "workplaces", "workcity", "workcityname", "workcities", "city", "cityname", "citynames", "citylist", "cities", "cityinfo", "locationlist", "locationnames",
	"fulllocation", "formattedlocation", "locationstring", "locationtext", "locationdisplay", "shortlocation", "joblocationname", "jobcity", "jobcityname", "jobarea", "jobareastring",
	"jobaddress", "workaddress", "workadd", "workarea", "workareaname", "workaddr", "workplacedesc", "placename", "jobplace", "place", "areaname", "area", "dq", "address", "addresses", "region", "regionname",
	"province", "provincename", "country", "countryname", "office", "offices", "officename", "site", "base", "gzdd", "worklocationdicts", "requirementvolist", "workcityvolist", "workcitylist", "worklocationlist", "districtlist", "district", "areacn", "positionlocation", "positionworkcity", "jobareaname", "workareas", "locnames", "locname", "candidaterequiredlocation", "joblocationdisplay", "positionlocationdisplay", "locationrestrictions", "workplaceaddress", "arbeitsort", "arbeitsorte", "stellenlokationen", "einsatzort", "standort", "standorte", "ort", "lieutravail", "lieu", "ville", "localisation", "ubicacion", "ciudad", "localidad", "cidade", "local", "sede", "plaats", "municipality",
	"工作地点", "工作城市", "地点", "城市", "工作地址", "所在地", "地区", "工作区域", "工作地區", "上班地點",
}

// published are the fields of the day that a posting was opened.
var published = []string{
	"firstpublished", "firstpublishedat", "firstpublicationdate", "publishedat", "publisheddate", "publishdate", "publishdatetime", "publishtime", "publishedon", "published", "publishedtime", "publicationdate", "publicationstartdate",
	"datepublished", "publishedtimestamp", "pubdate", "pubtime", "postingdate", "postingstartdate", "postingstarttimestamp", "postingstarttimestamputc", "externalpostingstartdate", "dateposted", "posteddate", "posteddatetime", "postedat", "postedon", "postdate", "posttime", "posteddateraw", "posted",
	"postedtime", "postedtimestamp", "postingpublishtime", "jobposteddate", "originalposteddate", "listedat", "originallistedat", "listdate", "releasedate", "releaseddate", "releasetime", "releasedat",
	"pushtime", "pushdate", "positionpublishtime", "issuedate", "issuedatestring", "issuetime", "issuedtime", "opendate", "openedat", "openingdate", "dateopened", "openeddate", "onlinetime", "onlinedate", "golivedate", "activationdate", "activatedat", "startpublishdate", "firstpublishtime", "firstpublishdate",
	"createdat", "createdon", "createddate", "createdatetime", "createddatetime", "createdtime", "createdate", "createtime", "creationdate", "creationtime", "datecreated", "created", "tcreate", "ctime", "gmtcreate", "dateadded", "addedat", "addtime", "adddate", "insertdate", "inputdate", "inserttime",
	"datumersteveroeffentlichung", "veroeffentlichungsdatum", "aktuelleveroeffentlichungsdatum", "veroeffentlichtam", "datepublication", "datecreation", "fechapublicacion", "fecha", "datapublicacao", "publicadoem", "datum", "inserted", "fbsj", "fbrq", "fabushijian", "date", "datetime", "time", "发布时间", "发布日期", "发布日", "公布日期", "创建时间", "日期", "時間", "發布時間", "刊登日期",
}

// updated are the fields of a change or a refresh: no opening date.
var updated = []string{
	"updatedat", "updatedon", "updateddate", "updatedate", "updatetime", "updatedtime", "lastupdatetime", "lastupdate", "lastupdated", "lastupdatedat", "lastupdateddate", "lastupdatedate", "dateupdated", "updated", "tupdate", "utime", "mtime",
	"refreshtime", "refreshdate", "refreshedat", "lastrefreshtime", "freshtime", "modifytime", "modifydate", "modifiedat", "modifiedon", "modified", "modifieddate", "modifiedtime", "lastmodified", "lastmodifieddate", "lastmodifiedtime", "lastpublicationdate", "datemodified",
	"gmtmodified", "edittime", "editedat", "lastedit", "activetime", "lastactivetime", "updatedatetime", "appeardate", "modifikationstimestamp", "dateactualisation", "datemiseajour", "gxsj", "更新时间", "更新日期", "刷新时间", "最近更新", "更新日期时间", "更新時間",
}

var identifiers = []string{
	"id", "jobid", "jobpostingid", "positionid", "postid", "postingid", "requisitionid", "reqid", "jobreqid", "jobrequisitionid", "vacancyid", "openingid", "jobadid", "advid", "jobadvertid", "recruitid", "recruitpostid", "jobunionid",
	"atsjobid", "externalid", "uuid", "guid", "shortcode", "slug", "code", "jobcode", "positioncode", "positionno", "jobno", "jobnumber", "number", "encryptjobid", "positionnumber", "jobseqno", "publicid", "publishid", "idrecruitposition", "displayjobid", "ref", "refnumber", "reference", "key", "fsguid", "pkid", "岗位编号", "职位编号",
}

var links = []string{
	"absoluteurl", "hostedurl", "joburl", "positionurl", "posturl", "postingurl", "detailurl", "detailsurl", "careersurl", "jobposturl", "jobdetailurl", "jobhref", "positiondetailurl", "positionuri", "canonicalpositionurl", "canonicalurl", "shortlink", "publicurl",
	"jobopeningurl", "url", "link", "href", "permalink", "joblink", "weburl", "alternateurl", "externalurl", "externalpath", "seourl", "path", "jobpath", "applyurl", "applicationurl", "applylink", "applicationlink", "externeurl", "guid", "链接", "网址", "详情链接",
}

var headcounts = []string{
	"headcount", "recruitnum", "recruitnumber", "recruitcount", "recruitmentnumber", "recruitingnumber", "hirenum", "hirecount", "hiringcount", "numberofopenings", "openings", "numberofvacancies", "vacancies", "positionnum", "neednum", "needcount", "neednumber", "demandnum",
	"personnum", "peoplenum", "jobnum", "zprs", "renshu", "recruitpeople", "recruitpersonnum", "people", "peoplecount", "nums", "hirenumber", "planpeople", "招聘人数", "人数", "需求人数", "招聘数量",
}

// jobFields are what records of jobs have and records of other things hardly do.
var jobFields = set(
	"department", "departments", "departmentname", "dept", "deptname", "team", "teamname", "organization", "orgname", "businessunit", "division", "bgname", "category", "categories", "categoryname", "jobcategory", "jobcategoryname", "jobfamily", "jobfunction", "positiontype", "postiontype", "positiontypename", "jobtypename", "function",
	"employment", "employmenttype", "employmenttypename", "jobtype", "jobtypes", "worktype", "workplacetype", "workmodel", "worknature", "jobnature", "commitment", "contracttype", "typeofemployment", "timetype", "remote", "isremote", "remotetype", "schedule", "jobschedule", "recruittype", "recruittypename", "kind",
	"salary", "salarymin", "minsalary", "maxsalary", "salarymax", "salaryrange", "salarydesc", "salarystring", "provideSalaryString", "providesalarystring", "compensation", "pay", "payrange", "wage", "xinzi", "monthlysalary",
	"education", "educationname", "degree", "degreename", "degreestring", "edulevel", "educationlevel", "xueli", "requireeducation", "experience", "experiencelevel", "workyear", "workyears", "workyearstring", "workexperience", "requireworkyearsname", "workexp", "seniority",
	"responsibility", "responsibilities", "requirement", "requirements", "qualifications", "jobdescription", "jobdesc", "jobduty", "duty", "duties", "workcontent", "jobrequire", "jobrequirement", "jobresponsibility", "positiondescription", "positiondesc", "servicecondition",
	"applyurl", "applicationurl", "applylink", "hostedurl", "applyby", "requisitionid", "reqid", "jobreqid", "requisitionnumber", "internaljobid", "jobid", "positionid", "postid", "jobpostingid", "jobcode", "jobnumber", "joblevel", "hiringmanager", "hiringorganization",
	"部门", "薪资", "薪资范围", "学历", "学历要求", "经验", "工作经验", "岗位职责", "任职要求", "职位描述", "职位类别", "岗位类别", "招聘类型", "工作性质",
)

// otherFields are what products, articles, people, events and menus have, and jobs do not.
var otherFields = set(
	"price", "amount", "stagename", "probability", "accountname", "sku", "brand", "stock", "cart", "saleprice", "currencyid", "productid", "goodsid", "goodsname", "goods", "productname",
	"author", "authorname", "readcount", "viewcount", "likecount", "newstype", "newsid", "articleid", "articletype", "excerpt", "commentcount", "episode", "duration", "artist", "album",
	"firstname", "lastname", "avatar", "username", "nickname", "birthday", "linkedinurl", "biography", "bio",
	"venue", "eventdate", "starttime", "endtime", "speaker", "speakers", "question", "answer", "rating", "stars", "bedrooms", "hotelname", "latitude", "openinghours", "filesize", "mimetype",
	"children", "childlist", "subcategories", "menuid", "parentid", "sublist", "jobcount", "positioncount", "count", "doccount", "icon", "component",
	"tendertype", "bidno", "biddingtime", "noticetype", "purchaser", "winbidder",
)

func set(keys ...string) map[string]bool {
	m := make(map[string]bool, len(keys))
	for _, k := range keys {
		m[plain(k)] = true
	}
	return m
}

func rank(keys []string) map[string]int {
	m := make(map[string]int, len(keys))
	for i, k := range keys {
		if _, twice := m[k]; !twice {
			m[k] = i
		}
	}
	return m
}

// plain is a key in lower case without separators.
func plain(key string) string {
	clean := true
	for i := 0; i < len(key); i++ {
		if c := key[i]; c >= 'A' && c <= 'Z' || c == '_' || c == '-' || c == ' ' || c == '.' || c == ':' || c == '@' || c == '$' {
			clean = false
			break
		}
	}
	if clean {
		return key
	}
	var b strings.Builder
	b.Grow(len(key))
	for i := 0; i < len(key); i++ {
		switch c := key[i]; {
		case c >= 'A' && c <= 'Z':
			b.WriteByte(c + 'a' - 'A')
		case c == '_' || c == '-' || c == ' ' || c == '.' || c == ':' || c == '@' || c == '$':
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

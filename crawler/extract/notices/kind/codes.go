package kind

import "dealvitals/signals"

// codes are the notice codes of structured sources, in lower case.
//
// TED: eForms notice types (Commission Implementing Regulation (EU) 2019/1780, codelist
// notice-type) and the forms of R2.0.9. SAM.gov: opportunity types of the public API v2.
// OCDS: release tags (standard.open-contracting.org, 1.1 codelist releaseTag).
// ccgp: directory of the notice's address. Contracts Finder: notice types of its API v2.
var codes = map[string]signals.NoticeType{
	"pin-buyer": signals.NoticeIntention, "pin-only": signals.NoticeIntention, "pin-rtl": signals.NoticeIntention, "pin-tran": signals.NoticeIntention,
	"pmc": signals.NoticeIntention, "qu-sy": signals.NoticePrequalification,
	"pin-cfc-standard": signals.NoticeTender, "pin-cfc-social": signals.NoticeTender, "pin-cfc": signals.NoticeTender,
	"cn-standard": signals.NoticeTender, "cn-social": signals.NoticeTender, "cn-desg": signals.NoticeTender, "subco": signals.NoticeTender,
	"can-standard": signals.NoticeAward, "can-social": signals.NoticeAward, "can-desg": signals.NoticeAward, "can-tran": signals.NoticeAward,
	"can-modif": signals.NoticeContract, "veat": signals.NoticeSingleSource, "corr": signals.NoticeCorrection, "compl": signals.NoticeContract,

	"f01": signals.NoticeIntention, "f02": signals.NoticeTender, "f03": signals.NoticeAward, "f04": signals.NoticeIntention, "f05": signals.NoticeTender,
	"f06": signals.NoticeAward, "f07": signals.NoticePrequalification, "f08": signals.NoticeOther, "f12": signals.NoticeTender, "f13": signals.NoticeAward,
	"f14": signals.NoticeCorrection, "f15": signals.NoticeSingleSource, "f20": signals.NoticeContract, "f21": signals.NoticeTender, "f22": signals.NoticeTender,
	"f23": signals.NoticeTender, "f24": signals.NoticeTender, "f25": signals.NoticeAward,

	"o": signals.NoticeTender, "k": signals.NoticeTender, "p": signals.NoticeIntention, "r": signals.NoticeIntention, "s": signals.NoticeOther,
	"a": signals.NoticeAward, "u": signals.NoticeSingleSource, "j": signals.NoticeSingleSource, "g": signals.NoticeOther, "i": signals.NoticeOther,
	"solicitation": signals.NoticeTender, "combined synopsis/solicitation": signals.NoticeTender, "presolicitation": signals.NoticeIntention,
	"sources sought": signals.NoticeIntention, "special notice": signals.NoticeOther, "award notice": signals.NoticeAward, "sale of surplus property": signals.NoticeOther,
	"justification": signals.NoticeSingleSource, "justification (j&a)": signals.NoticeSingleSource, "intent to bundle requirements (dod-funded)": signals.NoticeIntention,

	"planning": signals.NoticeIntention, "planningupdate": signals.NoticeIntention, "tender": signals.NoticeTender, "tenderupdate": signals.NoticeTender,
	"tenderamendment": signals.NoticeCorrection, "tendercancellation": signals.NoticeTermination, "award": signals.NoticeAward, "awardupdate": signals.NoticeAward,
	"awardcancellation": signals.NoticeTermination, "contract": signals.NoticeContract, "contractupdate": signals.NoticeContract,
	"contractamendment": signals.NoticeContract, "contracttermination": signals.NoticeTermination, "implementation": signals.NoticeContract,
	"implementationupdate": signals.NoticeContract,

	"pipeline": signals.NoticeIntention, "preprocurement": signals.NoticeIntention, "contractawarded": signals.NoticeAward,
	"opportunity": signals.NoticeTender, "futureopportunity": signals.NoticeIntention, "earlyengagement": signals.NoticeIntention,

	"gkzb": signals.NoticeTender, "yqzb": signals.NoticeTender, "jzxtp": signals.NoticeTender, "jzxtpgg": signals.NoticeTender, "jzxcs": signals.NoticeTender,
	"xjgg": signals.NoticeInquiry, "zbgg": signals.NoticeAward, "cjgg": signals.NoticeAward, "gzgg": signals.NoticeCorrection,
	"dylygg": signals.NoticeSingleSource, "dylyzb": signals.NoticeSingleSource, "zgysgg": signals.NoticePrequalification, "zgys": signals.NoticePrequalification,
	"fblbgg": signals.NoticeTermination, "zzgg": signals.NoticeTermination, "htgg": signals.NoticeContract, "cgyx": signals.NoticeIntention,
	// BOAMP: nature of a notice (boamp.fr, schema of 2024).
	"appel_offre": signals.NoticeTender, "attribution": signals.NoticeAward, "rectificatif": signals.NoticeCorrection, "annulation": signals.NoticeTermination,
	"pre-information": signals.NoticeIntention, "intention_conclure": signals.NoticeSingleSource, "modification": signals.NoticeContract,
	// Doffin (doffin.no), TenderNed (tenderned.nl).
	"announcement_of_competition": signals.NoticeTender, "announcement_of_conclusion_of_contract": signals.NoticeAward, "announcement_of_intent": signals.NoticeIntention,
	"aankondiging van een opdracht": signals.NoticeTender, "aankondiging van een gegunde opdracht": signals.NoticeAward,
	"avis de marché": signals.NoticeTender, "résultat de marché": signals.NoticeAward, "edital": signals.NoticeTender,

	"qtgg": signals.NoticeOther, "bxlx007": signals.NoticeAward,
}

package tree

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// nature is what kinds an element belongs to.
type nature uint32

const (
	void       nature = 1 << iota // it has no content
	headVoid                      // void, and belonging to the head
	raw                           // its content is text up to its end tag
	escapable                     // raw, with character references
	headRaw                       // raw, and belonging to the head
	block                         // its start tag ends a paragraph, its end tag what is open inside
	blockEnd                      // only its end tag does that
	heading                       // h1 to h6
	formatting                    // §13.2.4.3
	special                       // §13.2.4.2
	implied                       // its end tag may be left out (§13.2.6.3)
	scopeEnd                      // §13.2.4.2, "has an element in scope"
	marker                        // formatting inside ends with it
	tablePart                     // has a place in tables only
	hard                          // not handled here
)

// known are the elements that the rules name.
var known = knownElements()

// element is what is known of a name.
type element struct {
	atom atom.Atom
	name string
	is   nature
}

func knownElements() map[string]element {
	all := make(map[string]element)
	for names, is := range map[string]nature{
		"area br embed img keygen wbr param source track":                  void,
		"base basefont bgsound link meta":                                  headVoid,
		"noframes script style title":                                      headRaw,
		"noframes script style title noscript textarea xmp iframe noembed": raw,
		"title textarea": escapable,
		"address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer header hgroup main menu nav ol search section summary ul": block,
		"p pre listing button select":                                    0,
		"pre listing button select":                                      blockEnd,
		"h1 h2 h3 h4 h5 h6":                                              heading,
		"a b big code em font i s small strike strong tt u nobr":         formatting,
		"dd dt li optgroup option p rb rp rt rtc":                        implied,
		"applet caption html table td th marquee object template select": scopeEnd,
		"applet caption td th marquee object":                            marker,
		"caption col colgroup frame head tbody td tfoot th thead tr":     tablePart,
		"template math frameset plaintext image":                         hard,
		"hr input form body svg ruby":                                    0,
		specialNames:                                                     special,
	} {
		for name := range strings.FieldsSeq(names) {
			all[name] = element{atom.Lookup([]byte(name)), name, all[name].is | is}
		}
	}
	return all
}

// slots is the size of a hash table of the known elements: so many that few collide.
const slots = 1024

// table finds the known elements faster than a map does, which a page asks for each tag.
var table = tableOf(known)

func tableOf(all map[string]element) *[slots]element {
	var t [slots]element
	for name, e := range all {
		at := slotOf(name)
		for t[at].name != "" {
			at = (at + 1) % slots
		}
		t[at] = e
	}
	return &t
}

func slotOf(name string) uint {
	last := len(name) - 1
	return (uint(name[0])*7 + uint(name[last/2])*31 + uint(name[last])*131 + uint(last)*257) % slots
}

// find is the known element of a name in lower case.
func find(name string) (*element, bool) {
	for at := slotOf(name); table[at].name != ""; at = (at + 1) % slots {
		if table[at].name == name {
			return &table[at], true
		}
	}
	return nil, false
}

// specialNames are the special elements as x/net/html knows them.
const specialNames = `address applet area article aside base basefont bgsound blockquote body br button caption center col
	colgroup dd details dir div dl dt embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head
	header hgroup hr html iframe img input keygen li link listing main marquee menu meta nav noembed noframes noscript
	object ol p param plaintext pre script section select source style summary table tbody td template textarea tfoot th
	thead title tr track ul wbr xmp`

package tree

import "golang.org/x/net/html/atom"

// start takes a start tag (§13.2.6.4).
func (b *builder) start(t tag) {
	if t.is&hard != 0 {
		b.odd = true
		return
	}
	again := true
	for again && !b.odd {
		again = b.startIn(t)
	}
}

// startIn takes a start tag in the present mode. It tells whether the tag is to be taken
// once more, in the mode that it led to.
func (b *builder) startIn(t tag) (again bool) {
	switch b.mode {
	case initial, beforeHTML, beforeHead, inHead, afterHead:
		return b.startBeforeBody(t)
	case inTable, inTableBody, inRow, inCell, inCaption, inColumns:
		return b.startInTable(t)
	case afterBody, afterAfterBody:
		b.odd = t.atom == atom.Html
		b.mode = inBody
		return true
	}
	b.startInBody(t)
	return false
}

func (b *builder) startBeforeBody(t tag) (again bool) {
	switch {
	case b.mode <= beforeHTML:
		b.mode = beforeHead
		if t.atom == atom.Html {
			b.push(t)
			return false
		}
		b.imply(atom.Html)
		return true
	case t.atom == atom.Html:
		b.odd = true
		return false
	case b.mode == beforeHead:
		b.mode = inHead
		if t.atom == atom.Head {
			b.head = b.push(t)
			return false
		}
		b.imply(atom.Head)
		return true
	case t.atom == atom.Head:
		return false
	case t.is&headVoid != 0:
		b.element(b.head, t)
		return false
	case t.is&headRaw != 0, t.atom == atom.Noscript && b.mode == inHead:
		b.rawElement(b.head, t)
		return false
	case b.mode == inHead:
		b.pop()
		b.mode = afterHead
		return true
	case t.atom == atom.Body:
		b.push(t)
		b.mode = inBody
		return false
	}
	b.imply(atom.Body)
	b.mode = inBody
	return true
}

// endTag takes an end tag.
func (b *builder) endTag(t tag) {
	again := true
	for again && !b.odd {
		again = b.endIn(t)
	}
}

func (b *builder) endIn(t tag) (again bool) {
	switch b.mode {
	case initial, beforeHTML, beforeHead, inHead, afterHead:
		return b.endBeforeBody(t)
	case inTable, inTableBody, inRow, inCell, inCaption, inColumns:
		return b.endInTable(t)
	case afterBody:
		if t.atom == atom.Html {
			b.mode = afterAfterBody
			return false
		}
		b.mode = inBody
		return true
	case afterAfterBody:
		b.mode = inBody
		return true
	}
	b.endInBody(t)
	return false
}

func (b *builder) endBeforeBody(t tag) (again bool) {
	if t.atom == atom.Head && b.mode == inHead {
		b.pop()
		b.mode = afterHead
		return false
	}
	b.mode = max(b.mode, beforeHTML) // a doctype comes too late now
	ends := t.atom == atom.Body || t.atom == atom.Html
	switch {
	case t.atom == atom.Br, (ends || t.atom == atom.Head) && b.mode <= beforeHead:
		b.odd = true
	case ends && b.mode == inHead:
		b.pop()
		b.mode = afterHead
		return true
	case ends:
		b.imply(atom.Body)
		b.mode = inBody
		return true
	}
	return false
}

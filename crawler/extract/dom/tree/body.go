package tree

import (
	"slices"

	"golang.org/x/net/html/atom"
)

// startInBody takes a start tag in the body (§13.2.6.4.7).
func (b *builder) startInBody(t tag) {
	switch {
	case t.is&(headVoid|void) != 0:
		b.add(t)
	case t.is&block != 0:
		b.closeParagraph()
		b.push(t)
	case t.is&heading != 0:
		b.closeParagraph()
		if b.isTop(heading) {
			b.pop()
		}
		b.push(t)
	case t.is&formatting != 0:
		b.startFormatting(t)
	case t.is&raw != 0:
		if t.atom == atom.Xmp {
			b.closeParagraph()
		}
		b.rawElement(b.top(), t)
	default:
		b.startOther(t)
	}
}

// startFormatting opens formatting. Links do not nest, nor does nobr.
func (b *builder) startFormatting(t tag) {
	if t.atom == atom.A && b.openFormatting(atom.A) >= 0 || t.atom == atom.Nobr && b.inScope(named(atom.Nobr)) >= 0 {
		b.odd = true
	}
	b.pushFormatting(t)
}

// openFormatting is the highest open formatting element of a name that counts here, −1
// where there is none (§13.2.4.3).
func (b *builder) openFormatting(a atom.Atom) int {
	for i := len(b.stack) - 1; i >= 0 && b.stack[i].is&marker == 0; i-- {
		if b.stack[i].atom == a {
			return i
		}
	}
	return -1
}

// startOther takes the start tags that have rules of their own.
func (b *builder) startOther(t tag) {
	switch t.atom {
	case atom.Html, atom.Body:
		b.odd = len(t.attrs) > 0 // they would be added to those of the first
	case atom.P, atom.Pre, atom.Listing:
		b.closeParagraph()
		b.push(t)
	case atom.Form:
		if b.form == nil {
			b.closeParagraph()
			b.form = b.push(t)
		}
	case atom.Li:
		b.popItem(named(atom.Li))
		b.closeParagraph()
		b.push(t)
	case atom.Dd, atom.Dt:
		b.popItem(func(e open) bool { return e.atom == atom.Dd || e.atom == atom.Dt })
		b.closeParagraph()
		b.push(t)
	case atom.Button, atom.Select:
		b.odd = b.inScope(named(t.atom)) >= 0
		b.push(t)
	case atom.Table:
		b.odd = b.paragraph() >= 0 // what it does then depends on the doctype
		b.push(t)
		b.mode = inTable
	case atom.Input:
		b.odd = b.inSelect()
		b.add(t)
	case atom.Hr:
		b.rule(t)
	case atom.Option, atom.Optgroup:
		b.option(t)
	case atom.Rb, atom.Rtc, atom.Rp, atom.Rt:
		b.ruby(t)
	case atom.Svg:
		b.svg(t)
	case atom.Caption, atom.Col, atom.Colgroup, atom.Frame, atom.Head, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr:
		// They are nothing outside tables.
	default:
		b.push(t)
	}
}

func (b *builder) inSelect() bool { return b.inScope(named(atom.Select)) >= 0 }

// rule takes <hr>.
func (b *builder) rule(t tag) {
	if b.paragraph() >= 0 {
		b.popImplied(atom.P)
		if i := b.inScope(named(atom.P)); i >= 0 {
			b.popTo(i)
		}
	}
	if b.inSelect() {
		b.popImplied(0)
	}
	b.add(t)
}

func (b *builder) option(t tag) {
	switch top := b.stack[len(b.stack)-1]; {
	case b.inSelect() && t.atom == atom.Option:
		b.popImplied(atom.Optgroup)
	case b.inSelect():
		b.popImplied(0)
	case top.atom == atom.Option:
		b.pop()
	}
	b.push(t)
}

func (b *builder) ruby(t tag) {
	if b.inScope(named(atom.Ruby)) >= 0 {
		if t.atom == atom.Rp || t.atom == atom.Rt {
			b.popImplied(atom.Rtc)
		} else {
			b.popImplied(0)
		}
	}
	b.push(t)
}

// endInBody takes an end tag in the body.
func (b *builder) endInBody(t tag) {
	switch {
	case t.is&(block|blockEnd) != 0:
		if i := b.inScope(named(t.atom)); i >= 0 {
			b.popTo(i)
		}
	case t.is&heading != 0:
		if i := b.inScope(isHeading); i >= 0 {
			b.popTo(i)
		}
	case t.is&formatting != 0:
		b.endFormatting(t)
	default:
		b.endOfOther(t)
	}
}

// endFormatting closes formatting where no element stands between its tags that began
// inside it and goes on behind it.
func (b *builder) endFormatting(t tag) {
	i := b.openFormatting(t.atom)
	if i < 0 {
		return
	}
	for _, e := range b.stack[i+1:] {
		if e.is&(special|formatting) != 0 {
			b.odd = true
		}
	}
	b.stack = b.stack[:i]
}

// endOfOther takes the end tags that have rules of their own.
func (b *builder) endOfOther(t tag) {
	switch t.atom {
	case atom.Body, atom.Html:
		b.endOfPage(t)
	case atom.Form:
		b.endForm()
	case atom.P:
		if i := b.paragraph(); i >= 0 {
			b.popTo(i)
		} else {
			b.add(t.bare())
		}
	case atom.Li:
		if i := b.inScope(named(atom.Li), atom.Ol, atom.Ul); i >= 0 {
			b.popTo(i)
		}
	case atom.Dd, atom.Dt:
		if i := b.inScope(named(t.atom)); i >= 0 {
			b.popTo(i)
		}
	case atom.Applet, atom.Marquee, atom.Object:
		if i := b.inScope(named(t.atom)); i >= 0 {
			b.popMarker(i)
		}
	case atom.Br:
		b.odd = true
	default:
		b.endNamed(t)
	}
}

// bare is a tag without attributes.
func (t tag) bare() tag {
	t.attrs = nil
	return t
}

func (b *builder) endOfPage(t tag) {
	if b.inScope(named(atom.Body)) < 0 {
		return
	}
	b.mode = afterBody
	if t.atom == atom.Html {
		b.mode = afterAfterBody
	}
}

// endForm closes the form that is open, wherever it stands on the stack.
func (b *builder) endForm() {
	form := b.form
	b.form = nil
	i := b.inScope(named(atom.Form))
	if form == nil || i < 0 || b.stack[i].node != form {
		return
	}
	b.popImplied(0)
	b.stack = slices.Delete(b.stack, i, i+1)
}

// endNamed closes an element by its name, unless a special one stands before it.
func (b *builder) endNamed(t tag) {
	for i := len(b.stack) - 1; i >= 0; i-- {
		e := b.stack[i]
		if e.atom == t.atom && (t.atom != 0 || e.node.Data == t.name) {
			b.popTo(i)
			return
		}
		if e.is&special != 0 {
			return
		}
	}
}

package tree

import "golang.org/x/net/html/atom"

// inScope is the highest open element that is one of some, −1 where there is none or where
// what ends the default scope, or one of more, stands before it (§13.2.4.2).
func (b *builder) inScope(is func(open) bool, more ...atom.Atom) int {
	for i := len(b.stack) - 1; i >= 0; i-- {
		e := b.stack[i]
		if is(e) {
			return i
		}
		if e.is&scopeEnd != 0 {
			return -1
		}
		for _, m := range more {
			if e.atom == m {
				return -1
			}
		}
	}
	return -1
}

// inTableScope is the highest open element of some, −1 where there is none inside the
// table.
func (b *builder) inTableScope(some ...atom.Atom) int {
	for i := len(b.stack) - 1; i >= 0; i-- {
		a := b.stack[i].atom
		for _, s := range some {
			if a == s {
				return i
			}
		}
		if a == atom.Table || a == atom.Html {
			return -1
		}
	}
	return -1
}

func named(a atom.Atom) func(open) bool { return func(e open) bool { return e.atom == a } }

func isHeading(e open) bool { return e.is&heading != 0 }

// popTo closes the open elements from a place on. Formatting that is closed without its
// end tag would be taken up again, which is not done here.
func (b *builder) popTo(i int) {
	for _, e := range b.stack[i:] {
		if e.is&(formatting|marker) != 0 {
			b.odd = true
		}
	}
	b.stack = b.stack[:i]
}

// popMarker closes an element with which formatting inside it ends.
func (b *builder) popMarker(i int) {
	for _, e := range b.stack[i+1:] {
		if e.is&marker != 0 {
			b.odd = true
		}
	}
	b.stack = b.stack[:i]
}

// popImplied closes the elements whose end tags may be left out, but for one kind.
func (b *builder) popImplied(but atom.Atom) {
	i := len(b.stack)
	for i > 0 && b.stack[i-1].is&implied != 0 && b.stack[i-1].atom != but {
		i--
	}
	b.stack = b.stack[:i]
}

// paragraph is the paragraph in button scope, −1 where there is none.
func (b *builder) paragraph() int {
	for i := len(b.stack) - 1; i >= 0; i-- {
		switch e := &b.stack[i]; {
		case e.atom == atom.P:
			return i
		case e.is&scopeEnd != 0, e.atom == atom.Button:
			return -1
		}
	}
	return -1
}

// closeParagraph ends a paragraph in button scope.
func (b *builder) closeParagraph() {
	if i := b.paragraph(); i >= 0 {
		b.popTo(i)
	}
}

// popItem closes the item of a list in which another one begins.
func (b *builder) popItem(item func(open) bool) {
	for i := len(b.stack) - 1; i >= 0; i-- {
		e := b.stack[i]
		if item(e) {
			b.popTo(i)
			return
		}
		if e.is&special != 0 && e.atom != atom.Address && e.atom != atom.Div && e.atom != atom.P {
			return
		}
	}
}

// backTo closes elements until one of some is the current one (§13.2.6.4.9, "clear the
// stack back to a table context").
func (b *builder) backTo(some ...atom.Atom) {
	for i := len(b.stack) - 1; i >= 0; i-- {
		a := b.stack[i].atom
		if a == atom.Html {
			b.popTo(i + 1)
			return
		}
		for _, s := range some {
			if a == s {
				b.popTo(i + 1)
				return
			}
		}
	}
}

package tree

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// svg reads a drawing to its end tag (§13.2.6.5). In one whose tags do not nest, or that
// HTML stands in, they may close what stands around it: that is not done here.
func (b *builder) svg(t tag) {
	n := b.shape(b.top(), t)
	if t.whole {
		return
	}
	stack := []*html.Node{n}
	for len(stack) > 0 && !b.odd {
		stack = b.inDrawing(stack)
		b.odd = b.odd || len(b.stack)+len(stack) > maxOpen
	}
}

// inDrawing takes the next text or tag of a drawing, whose open elements are given.
func (b *builder) inDrawing(stack []*html.Node) []*html.Node {
	top := stack[len(stack)-1]
	at := nextMarkup(b.text, b.pos)
	if at > b.pos {
		b.textBelow(top, plainText(b.text[b.pos:at]))
		b.pos = at
		return stack
	}
	end := strings.HasPrefix(b.text[at:], "</")
	at++
	if end {
		at++
	}
	if at >= len(b.text) || !isLetter(b.text[at]) {
		b.odd = true
		return stack
	}
	t, ok := b.tag(at)
	switch {
	case !ok:
	case end:
		b.odd = !strings.EqualFold(t.name, top.Data)
		return stack[:len(stack)-1]
	case breaksOut[t.name], t.atom == atom.Font, holdsHTML(top):
		b.odd = true
	case t.whole:
		b.shape(top, t)
	default:
		return append(stack, b.shape(top, t))
	}
	return stack
}

// shape makes an element of a drawing.
func (b *builder) shape(parent *html.Node, t tag) *html.Node {
	b.odd = b.odd || t.twice // x/net/html may take it for closed where it is not
	if name, ok := drawingTags[t.name]; ok {
		t.name, t.atom = name, atom.Lookup([]byte(name))
	}
	for i := range t.attrs {
		a := &t.attrs[i]
		if key, ok := drawingAttributes[a.Key]; ok {
			a.Key = key
		}
		if space, key, ok := strings.Cut(a.Key, ":"); ok && foreignAttributes[a.Key] {
			a.Namespace, a.Key = space, key
		}
	}
	n := b.element(parent, t)
	n.Namespace = "svg"
	return n
}

func holdsHTML(n *html.Node) bool {
	return n.Data == "foreignObject" || n.Data == "desc" || n.Data == "title"
}

// breaksOut are the elements of HTML that end a drawing.
var breaksOut = setOf(`b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu
	meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var`)

var foreignAttributes = setOf("xlink:actuate xlink:arcrole xlink:href xlink:role xlink:show xlink:title xlink:type xml:lang xml:space xmlns:xlink")

// drawingTags and drawingAttributes lead from lower case to the names as SVG spells them.
var (
	drawingTags = byLowerCase(`altGlyph altGlyphDef altGlyphItem animateColor animateMotion animateTransform clipPath feBlend feColorMatrix
	feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feFlood
	feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight
	feSpecularLighting feSpotLight feTile feTurbulence foreignObject glyphRef linearGradient radialGradient
	textPath`)
	drawingAttributes = byLowerCase(`attributeName attributeType baseFrequency baseProfile calcMode clipPathUnits diffuseConstant edgeMode
	filterUnits glyphRef gradientTransform gradientUnits kernelMatrix kernelUnitLength keyPoints keySplines
	keyTimes lengthAdjust limitingConeAngle markerHeight markerUnits markerWidth maskContentUnits maskUnits
	numOctaves pathLength patternContentUnits patternTransform patternUnits pointsAtX pointsAtY pointsAtZ
	preserveAlpha preserveAspectRatio primitiveUnits refX refY repeatCount repeatDur requiredExtensions
	requiredFeatures specularConstant specularExponent spreadMethod startOffset stdDeviation stitchTiles
	surfaceScale systemLanguage tableValues targetX targetY textLength viewBox viewTarget xChannelSelector
	yChannelSelector zoomAndPan`)
)

func setOf(names string) map[string]bool {
	set := make(map[string]bool)
	for name := range strings.FieldsSeq(names) {
		set[name] = true
	}
	return set
}

func byLowerCase(names string) map[string]string {
	spelled := make(map[string]string)
	for name := range strings.FieldsSeq(names) {
		spelled[strings.ToLower(name)] = name
	}
	return spelled
}

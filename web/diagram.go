package web

import (
	"fmt"
	"math"

	"dealvitals/scorer/backtest"
)

// diagram is a reliability diagram: across the health of deals, upwards the share of them
// that was won. Its measures are in pixels.
type diagram struct {
	Points []diagramPoint
	Base   float64 // height of the base rate's line
	Ticks  []diagramTick
}

// diagramPoint is the deals of one tenth of the health.
type diagramPoint struct {
	X, Y, Radius float64
	Top, Bottom  float64 // ends of the interval
	Text         string
}

type diagramTick struct {
	Percent int
	X, Y    float64
}

// The frame of the diagram, as in the template.
const (
	plotLeft = 50.0
	plotTop  = 16.0
	plotSide = 300.0
)

func plotX(percent float64) float64 { return round1(plotLeft + plotSide*percent/100) }
func plotY(percent float64) float64 { return round1(plotTop + plotSide*(1-percent/100)) }

func round1(x float64) float64 { return math.Round(x*10) / 10 }

func diagramOf(s backtest.Score) diagram {
	var d diagram
	for percent := 0; percent <= 100; percent += 20 {
		d.Ticks = append(d.Ticks, diagramTick{percent, plotX(float64(percent)), plotY(float64(percent))})
	}
	if s.BaseRate != nil {
		d.Base = plotY(100 * *s.BaseRate)
	}
	for _, b := range s.Reliability {
		d.Points = append(d.Points, diagramPoint{
			X: plotX(b.Mean), Y: plotY(100 * *b.Won.Value), Radius: round1(min(14, 3+math.Sqrt(float64(b.Won.Of))/2)),
			Top: plotY(100 * *b.Won.High), Bottom: plotY(100 * *b.Won.Low),
			Text: fmt.Sprintf("%g–%g: %d/%d = %s", b.From, b.To, b.Won.Hits, b.Won.Of, b.Won),
		})
	}
	return d
}

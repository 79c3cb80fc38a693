package match

import (
	_ "embed"
	"strings"
)

// placeList holds the provinces and prefecture-level cities of China by their short
// names (GB/T 2260), with the county-level cities that branches are often named after.
//
//go:embed places.txt
var placeList string

var places = newWords(strings.Fields(placeList))

// placeKinds are what may stand after the short name of a place.
var placeKinds = newWords(strings.Fields(`省 市 县 区 州 旗 盟 地区 自治区 自治州 自治县 特别行政区 新区
	壮族自治区 回族自治区 维吾尔自治区 维吾尔族自治区 镇 乡`))

// placeAt is the length of the place name that starts at i: a listed one with its kind,
// or any two to four letters before 省, 市, 县 and the like. 0 where there is none.
func placeAt(letters []rune, i int) int {
	if n := places.at(letters, i); n > 0 {
		return n + placeKinds.at(letters, i+n)
	}
	for n := 2; n <= 4 && i+n < len(letters); n++ {
		switch letters[i+n] {
		case '省', '市', '县', '区', '旗', '盟', '镇':
			return n + 1
		}
	}
	return 0
}

// placesBefore is where the run of place names that ends at end begins, end if none does.
func placesBefore(letters []rune, end int) int {
	begin := end
	for {
		next := placeBefore(letters, begin)
		if next == begin {
			return begin
		}
		begin = next
	}
}

func placeBefore(letters []rune, end int) int {
	for n := 8; n >= 2; n-- {
		if i := end - n; i >= 0 && places.at(letters, i) > 0 && places.at(letters, i)+placeKinds.at(letters, i+places.at(letters, i)) == n {
			return i
		}
	}
	if end >= 3 && strings.ContainsRune("省市县区旗盟", letters[end-1]) {
		return max(0, end-3)
	}
	return end
}

// placesAt is the length of the run of place names that starts at i.
func placesAt(letters []rune, i int) int {
	n := 0
	for {
		step := placeAt(letters, i+n)
		if step == 0 {
			return n
		}
		n += step
	}
}

// placesIn lists the listed places that a text names.
func placesIn(letters []rune) []string {
	var list []string
	for i := 0; i < len(letters); {
		n := places.at(letters, i)
		if n > 0 {
			list = append(list, string(letters[i:i+n]))
		}
		i += max(1, n)
	}
	return list
}

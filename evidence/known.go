package evidence

import "container/list"

// place is where a body is kept, with what a revisit record says of it.
type place struct {
	file           string
	offset, length int64
	url, date      string
}

// known remembers where the bodies kept last lie, at most limit of them: a body that was
// forgotten is stored once more, which costs space and nothing else.
type known struct {
	limit  int
	places map[string]*list.Element
	order  *list.List // of knownItem, the newest first
}

type knownItem struct {
	hash string
	at   place
}

func newKnown(limit int) *known {
	return &known{limit: limit, places: make(map[string]*list.Element), order: list.New()}
}

func (k *known) add(hash string, at place) {
	if old, ok := k.places[hash]; ok {
		k.order.MoveToFront(old)
		return
	}
	k.places[hash] = k.order.PushFront(knownItem{hash, at})
	if k.order.Len() > k.limit {
		last := k.order.Back()
		k.order.Remove(last)
		delete(k.places, last.Value.(knownItem).hash)
	}
}

func (k *known) find(hash string) (place, bool) {
	e, ok := k.places[hash]
	if !ok {
		return place{}, false
	}
	k.order.MoveToFront(e)
	return e.Value.(knownItem).at, true
}

// forget lets bodies be stored again that were recognised until now.
func (k *known) forget(which func(p place, hash string) bool) {
	for hash, element := range k.places {
		if which(element.Value.(knownItem).at, hash) {
			k.order.Remove(element)
			delete(k.places, hash)
		}
	}
}

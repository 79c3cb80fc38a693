package signals

// MaxID is the most bytes that the id of a record may have, in UTF-8: 200 Latin characters,
// 66 Chinese ones. Longer ones would be cut in the keys of the store's indexes, and two that
// begin alike would be one.
const MaxID = 200

package wecom

import "bytes"

// padBlock is the block size to which WeCom pads: twice that of AES, so the padding of
// ordinary libraries refuses good messages (path/90968).
const padBlock = 32

// pad appends PKCS #7 padding.
func pad(plain []byte) []byte {
	n := padBlock - len(plain)%padBlock
	return append(plain, bytes.Repeat([]byte{byte(n)}, n)...)
}

// unpad takes the padding off, and tells whether there was one.
func unpad(padded []byte) ([]byte, bool) {
	if len(padded) == 0 {
		return nil, false
	}
	n := int(padded[len(padded)-1])
	if n < 1 || n > padBlock || n > len(padded) {
		return nil, false
	}
	body, tail := padded[:len(padded)-n], padded[len(padded)-n:]
	if !bytes.Equal(tail, bytes.Repeat([]byte{byte(n)}, n)) {
		return nil, false
	}
	return body, true
}

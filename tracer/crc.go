package tracer

import "hash/crc32"

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// CRC is the Castagnoli CRC over a message's key and then its value. It joins a
// message to the record in the broker's log. It allocates nothing and is safe
// for concurrent use.
func CRC(key, value []byte) uint32 {
	return crc32.Update(crc32.Update(0, castagnoli, key), castagnoli, value)
}

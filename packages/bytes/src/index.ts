export { AceDecoder, type AceMethod } from './ace/ace.ts'
export { adcBlock } from './adc.ts'
export { adler32 } from './adler32.ts'
export { BrotliDecoder } from './brotli.ts'
export {
  type Bytes,
  BytesError,
  type BytesErrorCode,
  fileBytes,
  liesInMemory,
  MAX_VIEW,
  memoryBytes,
  sliceBytes,
  wholeOf,
} from './bytes.ts'
export { bareBzip2Stream, bzip2Stream } from './bzip2.ts'
export * from './cbor/index.ts'
export * from './cms/index.ts'
export { consistsOf } from './consists.ts'
export { BCRYPT_LANES, bcrypt } from './crypt/bcrypt.ts'
export { DES_LANES, desEncrypt } from './crypt/des.ts'
export {
  cryptRounds,
  MOST_ROUNDS_PASSWORD,
  ROUNDS_LANES,
  type RoundsDigest,
  type RoundsLane,
} from './crypt/rounds.ts'
export { yescrypt, yescryptMemory } from './crypt/yescrypt.ts'
export { type CsvBounds, type CsvProblem, type CsvRow, csvRows } from './csv/csv.ts'
export * from './der/index.ts'
export {
  DER_OCTETS,
  DER_SEQUENCE,
  DER_SET,
  type DerNode,
  derAt,
  derChildren,
  derHeader,
  derOid,
} from './der.ts'
export {
  arjFastDecompress,
  EFI_COMPRESSION_HEADER,
  type EfiCompressionHeader,
  type EfiVariant,
  efiCompressionHeader,
  efiDecompress,
  type LzhVariant,
  lzhDecompress,
} from './efi-compression.ts'
export { fillerFrom, fillerTo, pastFiller } from './filler.ts'
export { gzipMemberStream, gzipStream } from './gzip.ts'
export { inflateStream } from './inflate.ts'
export { isJoined, type JoinedBytes, joinedBytes } from './joined.ts'
export { Lens } from './lens.ts'
export { lz4Block, lzo1x, PartError } from './lz.ts'
export { lz4FrameStream } from './lz4-frame.ts'
export { lzfseBlock } from './lzfse.ts'
export { LZMA_ALONE_HEADER, type LzmaProperties, lzmaAloneBlock, lzmaRaw, propertiesOf } from './lzma.ts'
export { lzmaAloneStream } from './lzma-alone.ts'
export { type LzmaStream, lzmaStream } from './lzma-stream.ts'
export { lzms } from './lzms/lzms.ts'
export { lznt1 } from './lznt1.ts'
export { lzvnBlock } from './lzvn.ts'
export { createLzx, LZX_FRAME, type LzxDecoder, lzxChunk } from './lzx.ts'
export { type Extent, isMapped, type MappedBytes, mappedBytes } from './mapped.ts'
export { type NrvVariant, nrvDecompress } from './nrv.ts'
export * from './openpgp/index.ts'
export { type Packed, unpackBlock } from './packed-extent.ts'
export { inflate64Stream } from './pkzip/deflate64.ts'
export { explode, type ImplodeOptions } from './pkzip/implode.ts'
export { unshrink } from './pkzip/shrink.ts'
export { ppmdStream } from './ppmd/stream.ts'
export { createQuantum, type QuantumDecoder } from './quantum.ts'
export { rar3Decompress } from './rar/rar3.ts'
export { type RarPiece, rar5Decompress } from './rar/rar5.ts'
export { cString, type Endian, latin1, Reader } from './reader.ts'
export { createSearch } from './search.ts'
export * from './signatures/index.ts'
export * from './signify/index.ts'
export { DecodeError, type DecodeErrorCode, type StreamEnd } from './stream-end.ts'
export { stuffitArsenic } from './stuffit/arsenic.ts'
export { stuffitLzHuffman } from './stuffit/lz-huffman.ts'
export { forEachWindow } from './windows.ts'
export * from './x509/index.ts'
export { escapeXml } from './xml/escape.ts'
export { readXml, type XmlAttributes, XmlError, type XmlVisitor } from './xml/read.ts'
export { xpressHuffman } from './xpress.ts'
export { xzBlock } from './xz/block.ts'
export { dictionaryBytes, type Filter } from './xz/container.ts'
export { createFilterChain, type FilterChain } from './xz/filter-chain.ts'
export { type Unfilter, unfilter } from './xz/filters.ts'
export { lzma2Stream, xzStream } from './xz/stream.ts'
export { readForeignZip } from './zip/foreign.ts'
export { faultOfName } from './zip/names.ts'
export { readStrictZip, ZipFault, type ZipFaultCode, type ZipLimits } from './zip/read.ts'
export { writeZip, type ZipMember } from './zip/write.ts'
export { type BlockDecoder, inflateRaw, zlibBlock, zstdBehind, zstdBlock } from './zlib-blocks.ts'
export { zstdStream } from './zstd.ts'

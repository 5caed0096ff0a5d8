export { type Bytes, BytesError, type BytesErrorCode, fileBytes, MAX_VIEW, memoryBytes, sliceBytes, wholeOf } from './bytes.ts'
export { cString, type Endian, latin1, Reader } from './reader.ts'
export { DecodeError, type DecodeErrorCode, type StreamEnd } from './stream-end.ts'
export { forEachWindow } from './windows.ts'

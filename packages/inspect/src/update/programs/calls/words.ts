import type { Elf } from '@messlatte/unpack'
import { SEGMENT } from '@messlatte/unpack'

/** A call of an imported function, as far as the instructions right before it tell what it is given. */
export interface Call {
  readonly name: string
  /** Bytes from the start of the file. */
  readonly offset: number
  /** Constants by the number of the argument, from 0; what is no constant is not there. */
  readonly constants: ReadonlyMap<number, number>
}

/** Code that is loaded from the file. */
export interface Code {
  readonly view: DataView
  /** Of its first byte, in memory. */
  readonly address: number
  /** Bytes from the start of the file. */
  readonly offset: number
}

const EXECUTE = 1
/** Bytes; more code than programs of devices have. */
const MOST_CODE = 8 * 1024 * 1024

export function codeOf({ bytes, at, segments }: Elf): readonly Code[] {
  return segments
    .filter(({ type, flags }) => type === SEGMENT.load && (flags & EXECUTE) !== 0)
    .flatMap(({ offset, address, fileSize }) => {
      const length = Math.min(fileSize, MOST_CODE, bytes.size - at - offset)
      if (!(length > 0)) return []
      const data = bytes.view(at + offset, length)
      return [{ view: new DataView(data.buffer, data.byteOffset, data.byteLength), address, offset }]
    })
}

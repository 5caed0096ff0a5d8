import { DecodeError } from '../stream-end.ts'

/** Undoes what was done to a stretch before it was packed. */
export interface Undoing {
  add(chunk: Uint8Array): void
  /** The stretch ends. */
  end(): void
}

type Write = (chunk: Uint8Array) => void

/** What the last difference led to; the next stretch of differences goes on from it. */
export interface LastByte {
  value: number
}

/**
 * Of samples of `planes` bytes, those of one place stand together, as differences; blocks of `length` bytes.
 * @throws DecodeError
 */
export function createDelta(planes: number, length: number, last: LastByte, write: Write): Undoing {
  if (planes === 0 || length === 0 || length % planes !== 0)
    throw new DecodeError('unsupported', 'ACE: a stretch of differences of another form')
  const block = new Uint8Array(length)
  const plain = new Uint8Array(length)
  const perPlane = length / planes
  let filled = 0
  return {
    add(chunk) {
      for (const byte of chunk) {
        last.value = (last.value + byte) & 0xff
        block[filled++] = last.value
        if (filled < length) continue
        for (let at = 0; at < length; at++)
          plain[at] = block[(at % planes) * perPlane + Math.floor(at / planes)] as number
        write(plain)
        filled = 0
      }
    },
    end() {
      if (filled > 0) throw new DecodeError('corrupt', 'ACE: a stretch of differences is cut off')
    },
  }
}

const [CALL, JUMP] = [0xe8, 0xe9] as const
const CHUNK = 64 * 1024
/** Bytes of the longest instruction that is looked at. */
const LONGEST = 5

/**
 * Targets of x86 calls and jumps were made to count from the start of the file. What stands in the last four bytes of a
 * stretch stays.
 * @param isLong whether calls have 32 bits; jumps have 16
 * @param start of the stretch, in bytes of the file
 */
export function createExe(isLong: boolean, start: number, write: Write): Undoing {
  const room = Buffer.alloc(CHUNK + LONGEST)
  let [filled, position] = [0, start]

  function work(): void {
    let at = 0
    while (at + LONGEST <= filled) {
      const code = room[at]
      const target = at + 1
      if (code === CALL && isLong)
        room.writeUInt32LE((room.readUInt32LE(target) - position - at) >>> 0, target)
      else if (code === CALL || code === JUMP)
        room.writeUInt16LE((room.readUInt16LE(target) - position - at) & 0xffff, target)
      at += code === CALL && isLong ? 5 : code === CALL || code === JUMP ? 3 : 1
    }
    if (at === 0) return
    write(Uint8Array.from(room.subarray(0, at)))
    room.copyWithin(0, at, filled)
    filled -= at
    position += at
  }

  return {
    add(chunk) {
      for (let done = 0; done < chunk.length; ) {
        const part = chunk.subarray(done, done + room.length - filled)
        room.set(part, filled)
        filled += part.length
        done += part.length
        work()
      }
    },
    end() {
      if (filled > 0) write(Uint8Array.from(room.subarray(0, filled)))
      filled = 0
    },
  }
}

import { createHash, type Hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { LzmaCore } from '../lzma.ts'
import type { CheckKind } from './container.ts'

/** Adds up what a block's check is over, where it lies in the core's memory. */
export interface Check {
  update(view: Uint8Array, from: number, to: number): void
  equals(stored: Uint8Array): boolean
}

/** Undefined where there is no check, or none that we know. */
export function startCheck(kind: CheckKind, core: LzmaCore): Check | undefined {
  switch (kind) {
    case 'crc32':
      return crc32Check()
    case 'crc64':
      return crc64Check(core)
    case 'sha256':
      return sha256Check(createHash('sha256'))
    case 'none':
    case 'unknown':
      return undefined
  }
}

function crc32Check(): Check {
  let sum = 0
  return {
    update(view, from, to) {
      sum = crc32(view.subarray(from, to), sum)
    },
    equals: (stored) => new DataView(stored.buffer, stored.byteOffset).getUint32(0, true) === sum,
  }
}

function crc64Check({ exports }: LzmaCore): Check {
  let low = 0
  let high = 0
  return {
    update(_view, from, to) {
      exports.crc64(from, to, low, high)
      low = exports.gCrcLow.value
      high = exports.gCrcHigh.value
    },
    equals(stored) {
      const data = new DataView(stored.buffer, stored.byteOffset)
      return data.getUint32(0, true) === low >>> 0 && data.getUint32(4, true) === high >>> 0
    },
  }
}

function sha256Check(hash: Hash): Check {
  return {
    update: (view, from, to) => void hash.update(view.subarray(from, to)),
    equals: (stored) => hash.digest().equals(stored),
  }
}

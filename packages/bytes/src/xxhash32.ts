// XXH32 with seed 0, as the LZ4 frame format uses it.

const P1 = 0x9e37_79b1
const P2 = 0x85eb_ca77
const P3 = 0xc2b2_ae3d
const P4 = 0x27d4_eb2f
const P5 = 0x1656_67b1

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by))
}

function round(lane: number, input: number): number {
  return Math.imul(rotate((lane + Math.imul(input, P2)) | 0, 13), P1)
}

/** Adds up contents that come in pieces. */
export class XxHash32 {
  readonly #lanes = new Int32Array([P1 + P2, P2, 0, -P1])
  readonly #rest = Buffer.alloc(16)
  #held = 0
  #length = 0

  update(content: Uint8Array): void {
    this.#length += content.length
    let at = 0
    if (this.#held > 0) {
      at = Math.min(16 - this.#held, content.length)
      this.#rest.set(content.subarray(0, at), this.#held)
      this.#held += at
      if (this.#held < 16) return
      this.#stripe(new DataView(this.#rest.buffer, this.#rest.byteOffset, 16), 0)
      this.#held = 0
    }
    const data = new DataView(content.buffer, content.byteOffset, content.length)
    for (; at + 16 <= content.length; at += 16) this.#stripe(data, at)
    this.#rest.set(content.subarray(at))
    this.#held = content.length - at
  }

  #stripe(data: DataView, at: number): void {
    for (let lane = 0; lane < 4; lane++) {
      this.#lanes[lane] = round(this.#lanes[lane] as number, data.getUint32(at + lane * 4, true))
    }
  }

  digest(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.#lanes
    let hash = this.#length >= 16 ? rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18) : P5
    hash = (hash + this.#length) | 0
    let at = 0
    for (; at + 4 <= this.#held; at += 4) {
      hash = Math.imul(rotate((hash + Math.imul(this.#rest.readUInt32LE(at), P3)) | 0, 17), P4)
    }
    for (; at < this.#held; at++) {
      hash = Math.imul(rotate((hash + Math.imul(this.#rest[at] as number, P5)) | 0, 11), P1)
    }
    hash = Math.imul(hash ^ (hash >>> 15), P2)
    hash = Math.imul(hash ^ (hash >>> 13), P3)
    return (hash ^ (hash >>> 16)) >>> 0
  }
}

export function xxHash32(content: Uint8Array): number {
  const hash = new XxHash32()
  hash.update(content)
  return hash.digest()
}

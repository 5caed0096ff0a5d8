/** Kilobits a second, by index, of layer 3: version 1, then versions 2 and 2.5. 0 is no rate. */
const RATES = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0],
] as const
/** Samples a second of version 1; version 2 has half of it, version 2.5 a quarter. */
const SAMPLES = [44_100, 48_000, 32_000] as const
const LAYER_3 = 1
/** By the two bits that tell the version: 2.5, reserved, 2, 1. */
const DIVISORS = [4, undefined, 2, 1] as const

/** Bytes of a frame of layer 3 with this header; undefined for what is none. */
export function frameLength(header: Uint8Array): number | undefined {
  const [sync, kind, rates] = [header[0] as number, header[1] as number, header[2] as number]
  if (sync !== 0xff || (kind & 0xe0) !== 0xe0 || ((kind >>> 1) & 3) !== LAYER_3) return undefined
  const divisor = DIVISORS[(kind >>> 3) & 3]
  const samples = SAMPLES[(rates >>> 2) & 3]
  if (divisor === undefined || samples === undefined) return undefined
  const rate = RATES[divisor === 1 ? 0 : 1][rates >>> 4] as number
  if (rate === 0) return undefined
  const perFrame = divisor === 1 ? 144_000 : 72_000
  return Math.floor((perFrame * rate * divisor) / samples) + ((rates >>> 1) & 1)
}

/** Version, layer and samples a second do not change within a stream; the bit rate may. */
export function isSameKind(header: Uint8Array, first: Uint8Array): boolean {
  return (
    header[0] === first[0] &&
    ((header[1] as number) & 0xfe) === ((first[1] as number) & 0xfe) &&
    ((header[2] as number) & 0x0c) === ((first[2] as number) & 0x0c)
  )
}

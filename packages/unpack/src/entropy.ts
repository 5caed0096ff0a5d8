import type { Bytes } from '@messlatte/bytes'
import type { UnknownRegion } from '@messlatte/model'

const SAMPLE = 64 * 1024
const SAMPLES = 64

/**
 * Shannon entropy in bits per byte of a stretch, over all of it up to 4 MiB, over 64 evenly spread samples beyond.
 * High entropy says compressed or encrypted, never which of the two.
 */
export function describeBytes(
  bytes: Bytes,
  start: number,
  length: number,
): Pick<UnknownRegion, 'entropy' | 'guess'> {
  const counts = new Float64Array(256)
  const samples = Math.min(SAMPLES, Math.max(1, Math.ceil(length / SAMPLE)))
  const stride = length / samples
  let total = 0
  for (let i = 0; i < samples; i++) {
    const at = start + Math.floor(i * stride)
    const view = bytes.view(at, Math.min(SAMPLE, start + length - at))
    for (const byte of view) counts[byte] = (counts[byte] as number) + 1
    total += view.length
  }
  let entropy = 0
  for (const count of counts) if (count > 0) entropy -= (count / total) * Math.log2(count / total)
  return { entropy: Math.round(Math.abs(entropy) * 1000) / 1000, guess: guess(entropy, counts, total) }
}

function guess(entropy: number, counts: Float64Array, total: number): UnknownRegion['guess'] {
  const zeros = (counts[0] as number) / total
  if (zeros > 0.9 || (counts[255] as number) / total > 0.9) return 'sparse'
  let printable = (counts[9] as number) + (counts[10] as number) + (counts[13] as number)
  for (let byte = 32; byte < 127; byte++) printable += counts[byte] as number
  if (printable / total > 0.95) return 'text'
  return entropy > 7.5 ? 'compressed-or-encrypted' : 'code-or-data'
}

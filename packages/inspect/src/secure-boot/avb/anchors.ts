import { sliceBytes } from '@messlatte/bytes'
import { parseVbmeta } from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { keyFact } from './key.ts'

/** Bits of a key as AVB knows them; they stand in front of it, 32 bits, big endian. */
const SIZES = [2048, 4096, 8192] as const
/** Boot loaders are no larger, in bytes. */
const MOST_BYTES = 16 * 1024 * 1024
const MOST_KEYS = 8
const MOST_MAGICS = 16
/** What libavb leaves in whatever is built with it. */
const SENTENCES = ['avb_slot_verify', 'libavb', 'androidboot.vbmeta']

/**
 * Keys in the form of AVB in a program that knows what a vbmeta is: a boot loader compares the key of a vbmeta with the one
 * that was built into it (U-Boot, common/avb_verify.c; AOSP, external/avb/libavb). Keys within a vbmeta are none.
 */
export function lookForAnchors(artefact: Artefact, out: MapOut): void {
  const { bytes, hits, format, type } = artefact
  if (format === 'avb-vbmeta' || type === 'region' || bytes.size > MOST_BYTES) return
  const magics = hits.slice(0, MOST_MAGICS)
  const vbmetas = magics.flatMap(({ offset }) => {
    const parsed = parseVbmeta(sliceBytes(bytes, offset, bytes.size - offset))
    return parsed ? [{ from: offset, to: offset + parsed.end }] : []
  })
  // Where each magic begins a vbmeta, nothing here looks for one.
  if (vbmetas.length === magics.length) return
  const all = bytes.view(0, bytes.size)
  const content = Buffer.from(all.buffer, all.byteOffset, all.length)
  const isLoader = SENTENCES.some((sentence) => content.includes(sentence, 0, 'latin1'))
  let found = 0
  for (const { at, length } of keysIn(content)) {
    if (found >= MOST_KEYS) return
    if (vbmetas.some(({ from, to }) => at >= from && at < to)) continue
    out.fact('boot.avb.anchor', placeOf(artefact, at, length), {
      ...keyFact(content.subarray(at, at + length)),
      isLoader,
    })
    found++
  }
}

/** A key carries the negative inverse of its lowest word, by which it is told from anything else. */
function* keysIn(content: Buffer): Generator<{ readonly at: number; readonly length: number }> {
  for (const bits of SIZES) {
    const head = Buffer.alloc(4)
    head.writeUInt32BE(bits)
    const [modulus, length] = [bits / 8, 8 + bits / 4]
    for (let at = content.indexOf(head); at >= 0; at = content.indexOf(head, at + 1)) {
      if (at + length > content.length) break
      const lowest = content.readUInt32BE(at + 8 + modulus - 4)
      const isKey = Math.imul(lowest, content.readUInt32BE(at + 4)) === -1
      if (isKey && (content[at + 8] as number) >= 0x80) yield { at, length }
    }
  }
}

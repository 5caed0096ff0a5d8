import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, KeyMaterial, Sink } from '../../contract.ts'
import { jsonText, showStored, showText } from '../members.ts'
import { membersOfTags, readTags, type TagFile, type TagMember, tellState } from '../silabs-tags.ts'
import { decryptTags, ENCRYPTED, encryptedOf, findKey, MOST_ENCRYPTED } from './decrypt.ts'
import { type Gbl, KIND, looksLikeTag, MAGIC, parseGbl } from './parse.ts'
import { type Packing, showPacked } from './program.ts'
import { versionsOf } from './summary.ts'

/** What is to be read: nothing but which key fits, because keys do not travel. */
interface GblPlan {
  readonly key: number | undefined
}

const SUMMARY = 'gbl.json'
const PACKED: Readonly<Record<number, Packing>> = { 4244964861: 'lz4', 4245096445: 'lzma' }

export const gbl: ContainerFormat<GblPlan> = {
  kind: 'container',
  name: 'gbl',
  title: 'Silicon Labs GBL (Gecko bootloader)',
  references: [
    'Silicon Labs, UG103.6: Bootloader Fundamentals',
    'Silicon Labs, UG266 and UG489: Gecko Bootloader',
    'Gecko SDK, platform/bootloader/parser (btl_gbl_format.h, btl_decompress_lz4.c)',
    'pygbl 1.2.0',
  ],
  limits: [
    'signatures and certificates are shown, not verified',
    'programs that are a difference to an older one are shown as they are',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const file = parseGbl(bytes, at)
    return file && { start: at, end: file.end }
  },

  *open(bytes, { start, end }, problem, keys) {
    const file = parseGbl(bytes, start) as Gbl
    tellState(bytes, start, file, problem, SUMMARY)
    const members = [...membersOfTags(bytes, start, file.tags, KIND, problem)]
    const key = keyFor(bytes, file, problem, keys)
    yield { cost: end - start, entries: members.length + 1, plan: { key } }
  },

  read(bytes, { start }, plan, sink) {
    const file = parseGbl(bytes, start) as Gbl
    const encrypted = plan.key === undefined ? undefined : encryptedOf(bytes, file)
    const plain = encrypted && decryptTags(bytes, encrypted, sink.keys[plan.key ?? -1])
    const inside = plain && readTags(plain, 0, KIND, looksLikeTag)
    const versions = plain && inside ? versionsOf(plain, inside.tags) : versionsOf(bytes, file.tags)
    showText(SUMMARY, jsonText({ encrypted: file.encrypted, signed: file.signed, ...versions }), sink)
    // What is wrong with them was told when they were listed.
    for (const member of membersOfTags(bytes, start, file.tags, KIND, () => {})) {
      if (plain && member.id === ENCRYPTED) continue
      if (!showIfPacked(bytes, member, sink)) showStored(member, sink)
    }
    if (plain && inside) showDecrypted(plain, inside, sink)
  },
}

function showDecrypted(plain: Bytes, { tags, end }: TagFile, sink: Sink): void {
  if (end < plain.size) sink.problem('structure', 'what is decrypted is tags in its beginning only')
  for (const member of membersOfTags(plain, 0, tags, KIND, sink.problem)) {
    const { at, length } = member.content
    if (!showIfPacked(plain, member, sink)) sink.file(member.meta, length, (out) => plain.copy(at, out))
  }
}

function keyFor(
  bytes: Bytes,
  file: Gbl,
  problem: Sink['problem'],
  keys: readonly KeyMaterial[],
): number | undefined {
  const encrypted = encryptedOf(bytes, file)
  if (!encrypted) return undefined
  const isTooLarge = encrypted.length > MOST_ENCRYPTED
  const key = isTooLarge ? undefined : findKey(bytes, encrypted, keys)
  if (isTooLarge) problem('unsupported', 'what is encrypted is larger than the memory of any chip')
  else if (key === undefined) problem('unsupported', 'it is encrypted, and no key fits')
  return key
}

function showIfPacked(bytes: Bytes, { id, meta, content }: TagMember, sink: Sink): boolean {
  const packing = PACKED[id]
  if (packing === undefined) return false
  showPacked(bytes, meta, content, packing, sink)
  return true
}

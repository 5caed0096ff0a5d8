import { type ContainerFormat, FormatError } from '../../contract.ts'
import { decipherStretch } from '../decipher.ts'
import { announced, showStored, wrapped } from '../members.ts'
import { SALTED_HEADER } from '../openssl-salted.ts'
import { encryptedPart, fittingDecipher, MAGIC, type Mh01, parseMh01 } from './parse.ts'

export const dlinkMh01: ContainerFormat<null> = {
  kind: 'container',
  name: 'dlink-mh01',
  title: 'D-Link MH01 (encrypted, with published keys)',
  references: ['binwalk 3, src/structures/mh01.rs', 'delink, src/mh01.rs', 'FACT extractor, dlink_mh01.py'],
  limits: [
    'the signatures are shown, not verified',
    'there is no checksum over what is encrypted: damage shows within',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const parts = parseMh01(bytes, at)
    if (!parts) return undefined
    const end = parts.second.at + parts.second.length
    // A cut image is one only where the first part shows that it is: four bytes and a mark are not much.
    return end <= bytes.size || encryptedPart(bytes, parts) || parseMh01(bytes, parts.first.at)
      ? { start: at, end: Math.min(end, bytes.size) }
      : undefined
  },

  open: (_bytes, { start, end }) => [{ cost: end - start, entries: 2, plan: null }],

  read(bytes, { start, end }, _plan, sink) {
    const parts = parseMh01(bytes, start) as Mh01
    const encrypted = encryptedPart(bytes, parts)
    if (!encrypted) {
      showStored(announced(bytes, 'content', parts.first, sink.problem), sink)
      showStored(announced(bytes, 'signature', parts.second, sink.problem), sink)
      return
    }
    const decipher = fittingDecipher(bytes, parts)
    if (!decipher) {
      sink.problem('unsupported', 'no published key fits: it is shown encrypted')
      return showStored(announced(bytes, 'payload.encrypted', encrypted, sink.problem), sink)
    }
    const cut = encrypted.at + encrypted.length > end
    if (cut) sink.problem('truncated', 'the image ends within this content', 'payload')
    sink.stream(wrapped('payload'), (write) => {
      const from = encrypted.at + SALTED_HEADER
      if (!cut && (encrypted.length - SALTED_HEADER) % 16 !== 0)
        throw new FormatError('structure', 'what is encrypted ends within a block')
      return decipherStretch(bytes, from, end, decipher, !cut, write)
    })
  },
}

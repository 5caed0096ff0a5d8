import type { ContainerFormat } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs, wrapped } from '../members.ts'
import { type Luks, MAGIC, parseLuks } from './parse.ts'

export const luks: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'luks',
  title: 'LUKS encrypted volume, versions 1 and 2',
  references: ['LUKS1 On-Disk Format Specification 1.2.3', 'LUKS2 On-Disk Format Specification 1.1.3'],
  limits: [
    'what is encrypted is shown as it is; a passphrase is not taken',
    'a volume whose header does not tell its size ends with its keys: what follows is told as a stretch of its own',
    'second headers, and headers that lie apart from their volume, are not used',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const volume = parseLuks(bytes, at)
    if (!volume) return undefined
    const { payloadAt, payloadSize } = volume
    return { start: at, end: Math.min(at + payloadAt + (payloadSize ?? 0), bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { cipher, payloadAt, payloadSize, json } = parseLuks(bytes, start) as Luks
    if (json && !json.intact) problem('checksum', 'the SHA-256 of the header differs')
    if (json) yield { meta: wrapped('header.json'), content: { at: start + json.at, length: json.length } }
    if (payloadSize === undefined) {
      problem('unsupported', `what follows is encrypted with ${cipher}; where it ends is not told`)
      return
    }
    problem('unsupported', `encrypted with ${cipher}`, 'payload')
    yield announced(bytes, 'payload', { at: start + payloadAt, length: payloadSize }, problem)
  }),
}

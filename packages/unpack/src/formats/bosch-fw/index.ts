import type { Bytes, StreamEnd } from '@messlatte/bytes'
import type { Batch, ContainerFormat } from '../../contract.ts'
import { decipherStretch, xorStretch } from '../decipher.ts'
import { distinctPaths, wrapped } from '../members.ts'
import { cipherOf, MASK, publishedKey } from './cipher.ts'
import { type BoschFw, type BoschSection, MAGIC, parseBoschFw } from './parse.ts'

const BLOCK = 16

interface Plan {
  readonly path: string
  readonly section: BoschSection
}

export const boschFw: ContainerFormat<Plan> = {
  kind: 'container',
  name: 'bosch-fw',
  title: 'Bosch firmware (surveillance cameras; masked, and encrypted with the published key)',
  references: [
    'BoschFirmwareTool (github.com/anvilsecure/BoschFirmwareTool), CLI/FirmwareHeader.cs and BoschFirmware.cs',
    'FACT extractor, boschtool.py',
  ],
  limits: [
    'signatures are shown, not verified; checksums are not compared',
    'headers within a section that is encrypted as a whole are found in what comes out',
  ],
  recognisedOnly: 'no tool that writes it is public, and no image that may be passed on: made by a script',
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const update = parseBoschFw(bytes, at)
    return update && { start: at, end: Math.min(update.end, bytes.size) }
  },

  *open(bytes, { start }): Iterable<Batch<Plan>> {
    const pathOf = distinctPaths()
    for (const [place, section] of (parseBoschFw(bytes, start) as BoschFw).sections.entries()) {
      const path = pathOf(`section-${section.target.toString(16)}`, place)
      yield { cost: section.length, entries: 2, plan: { path, section } }
    }
  },

  read(bytes, _region, { path, section }, sink) {
    const { at, length, key, signature } = section
    const there = Math.min(length, bytes.size - at)
    if (there < length) sink.problem('truncated', `${length} bytes are announced, ${there} are there`, path)
    const isSigned = bytes.view(signature.at, signature.length).some((byte) => byte !== 0)
    if (isSigned) sink.slice(wrapped(`${path}.signature`), signature.at, signature.length)
    const cipher = key && cipherOf(key, publishedKey())
    if (cipher) {
      const end = at + there - (there % BLOCK)
      return sink.stream(wrapped(path), (write) => decipherStretch(bytes, at, end, cipher, false, write))
    }
    if (!key) return sink.stream(wrapped(path), (write) => unmasked(bytes, at, at + there, write))
    sink.problem('unsupported', 'the published key does not fit: it is shown encrypted', path)
    sink.slice(wrapped(path), at, there)
  },
}

function unmasked(bytes: Bytes, start: number, end: number, write: (chunk: Uint8Array) => void): StreamEnd {
  xorStretch(bytes, start, end, { key: MASK, phase: 0 }, (chunk) => {
    write(chunk)
    return true
  })
  return { end, checksum: 'none' }
}

import type { Bytes } from '@messlatte/bytes'
import { parseZigbeeOta, type ZigbeeElement, zigbeeElementName, zigbeeElements } from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { aesMmo } from './aes-mmo.ts'
import type { ZigbeeOtaFact } from './facts.ts'

/** Bytes over which an integrity code is computed: files for radio modules are smaller. */
const MOST_HASHED = 4 * 1024 * 1024
const MOST_ELEMENTS = 50
const ELEMENT_HEADER = 6
const INTEGRITY = 3
const CODE = 16
const SIGNER = 8
/** Signatures by their tags: the curve, and the bytes with the address of the signer. */
const SIGNATURES: Readonly<Record<number, { curve: 'sect163k1' | 'sect283k1'; length: number }>> = {
  1: { curve: 'sect163k1', length: 50 },
  5: { curve: 'sect283k1', length: 80 },
}

/** Map: header and elements. */
export function lookAtZigbeeOta(artefact: Artefact, out: MapOut): void {
  const { bytes } = artefact
  const header = parseZigbeeOta(bytes, 0)
  if (!header) return
  const elements = [...zigbeeElements(bytes, header.headerBytes, header.size)].slice(0, MOST_ELEMENTS)
  out.fact('update.zigbee-ota', placeOf(artefact), {
    manufacturer: header.manufacturer,
    imageType: header.imageType,
    fileVersion: header.fileVersion,
    title: header.title.replace(/[^\x20-\x7e]/g, '?'),
    hardware: header.hardware,
    destination: header.destination,
    securityCredential: header.securityCredential,
    elements: elements.map(({ tag }) => zigbeeElementName(tag)),
    signatures: elements.flatMap((element) => signatureIn(bytes, element)),
    integrity: integrityOf(bytes, elements),
    cut: header.size > bytes.size,
  })
}

function signatureIn(bytes: Bytes, { tag, at, length }: ZigbeeElement): ZigbeeOtaFact['signatures'] {
  const kind = SIGNATURES[tag]
  if (!kind || length !== kind.length || at + length > bytes.size) return []
  return [{ signer: Buffer.from(bytes.view(at, SIGNER)).reverse().toString('hex'), curve: kind.curve }]
}

/** Over all before the element, as the files of most makers have it. */
function integrityOf(bytes: Bytes, elements: readonly ZigbeeElement[]): ZigbeeOtaFact['integrity'] {
  const code = elements.find(({ tag }) => tag === INTEGRITY)
  const end = code && code.at - ELEMENT_HEADER
  if (!code || code.length !== CODE || end === undefined || end > MOST_HASHED) return undefined
  if (code.at + CODE > bytes.size) return undefined
  return aesMmo(bytes.view(0, end)).equals(bytes.view(code.at, CODE)) ? 'same' : 'other'
}

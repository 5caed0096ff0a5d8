import { type Bytes, readPublicKey, rsaSpki } from '@messlatte/bytes'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'

/** A key as MCUboot carries it: how its DER form begins, and how long it is, in bytes. */
interface DerForm {
  readonly start: string
  readonly length: number
}

/** RSAPublicKey of 2048 and 3072 bits with the exponent 65,537; SubjectPublicKeyInfo for the others. */
const FORMS: readonly DerForm[] = [
  { start: '\x30\x82\x01\x0a\x02\x82\x01\x01\x00', length: 270 },
  { start: '\x30\x82\x01\x8a\x02\x82\x01\x81\x00', length: 398 },
  {
    start:
      '\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\x03\x42\x00\x04',
    length: 91,
  },
  {
    start: '\x30\x76\x30\x10\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x05\x2b\x81\x04\x00\x22\x03\x62\x00\x04',
    length: 120,
  },
  { start: '\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00', length: 44 },
]

export const KEY_LITERALS: readonly string[] = FORMS.map(({ start }) => start)

/** What MCUboot prints; boot loaders that log nothing have none of these. */
const SENTENCES = ['MCUboot', 'mcuboot', 'bootutil_', 'Unable to find bootable image']
const MAX_KEYS = 16

/** The keys in some bytes, as facts: an image of the release may name one of them. */
export function lookForKeys(artefact: Artefact, out: MapOut): void {
  const { bytes, hits } = artefact
  const text = hits.length > 0 ? artefact.text() : ''
  const isLoader = SENTENCES.some((sentence) => text.includes(sentence))
  const seen = new Set<string>()
  for (const { literal, offset } of hits) {
    const form = FORMS.find(({ start }) => start === literal)
    const der = form && bytesAt(bytes, offset, form.length)
    const key = der && readDer(der)
    if (!der || !key || seen.has(key.spkiSha256) || seen.size >= MAX_KEYS) continue
    seen.add(key.spkiSha256)
    out.fact('boot.mcuboot.key', placeOf(artefact, offset, der.length), {
      der: der.toString('base64'),
      spki: Buffer.from(key.spki).toString('base64'),
      spkiSha256: key.spkiSha256,
      isLoader,
    })
  }
}

function bytesAt(bytes: Bytes, at: number, length: number): Buffer | undefined {
  return at + length <= bytes.size ? Buffer.from(bytes.view(at, length)) : undefined
}

/** A key in the DER form of MCUboot: RSAPublicKey, or a SubjectPublicKeyInfo. */
export function readDer(der: Buffer) {
  const form = FORMS.find(({ start }) => der.toString('latin1', 0, start.length) === start)
  if (!form || der.length !== form.length) return undefined
  if (form.start[1] !== '\x82') return readPublicKey(der)
  // Behind the modulus, an exponent of three bytes.
  const tail = der.length - 5
  if (der[tail] !== 2 || der[tail + 1] !== 3) return undefined
  const spki = rsaSpki(der.subarray(form.start.length, tail), der.subarray(tail + 2))
  return spki && readPublicKey(spki)
}

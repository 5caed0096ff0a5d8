import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { encryptedEvidence } from './evidence.ts'
import { findKeys, type PlacedFind } from './find.ts'
import { sampleReason } from './sample.ts'

/** Map: every key and certificate of one file, as facts. */
export function lookForKeys(artefact: Artefact, out: MapOut): void {
  if (artefact.bytes.size === 0) return
  const { finds, cut } = findKeys(artefact)
  for (const find of finds) report(artefact, find, out)
  if (cut) out.limit('bytes', placeOf(artefact), MORE_KEYS)
}

function report(artefact: Artefact, { offset, key }: PlacedFind, out: MapOut): void {
  const place = placeOf(artefact, offset, key.length)
  const { container, encoding, name } = key
  switch (key.half) {
    case 'private':
      out.fact('key.private', place, {
        ...key.identity,
        container,
        encoding,
        name,
        sample: sampleReason(artefact, key.identity.spkiSha256),
      })
      return
    case 'public':
      out.fact('key.public', place, {
        ...key.identity,
        container,
        encoding,
        name,
        certificateSha256: key.certificateSha256,
      })
      return
    case 'encrypted':
      out.evidence(encryptedEvidence(place, container, key.identity))
  }
}

const MORE_KEYS = {
  en: 'The file holds more keys than are read; those after them were not looked at.',
  de: 'Die Datei enthält mehr Schlüssel, als gelesen werden; die dahinter wurden nicht geprüft.',
}

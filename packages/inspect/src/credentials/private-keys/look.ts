import { createHash } from 'node:crypto'
import type { Artefact, MapOut, Place, Settings } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { encryptedEvidence } from './evidence.ts'
import type { KeyContainer, KeyIdentity } from './facts.ts'
import { findKeys, type PlacedFind } from './find.ts'
import { createTries } from './passphrases.ts'
import { sampleReason } from './sample.ts'

/** Map: every key and certificate of one file, as facts. */
export function lookForKeys(artefact: Artefact, out: MapOut, settings: Settings): void {
  if (artefact.bytes.size === 0) return
  const { finds, marker, cut } = findKeys(
    artefact,
    createTries(settings.guesses, settings.productWords, settings.wordlist),
  )
  for (const find of finds) report(artefact, find, out)
  if (marker !== undefined && finds.length === 0)
    out.fact('key.marker', placeOf(artefact, marker, 0), { program: artefact.format === 'elf' })
  if (cut) out.limit('bytes', placeOf(artefact), MORE_KEYS)
}

function report(artefact: Artefact, { offset, found, store }: PlacedFind, out: MapOut): void {
  const { encoding } = found
  const place = placeOf(artefact, offset, found.length)
  for (const key of found.keys) {
    const { container, name } = key
    switch (key.half) {
      case 'private':
        out.fact('key.private', place, {
          ...key.identity,
          container,
          encoding,
          name,
          sample: sampleReason(artefact, key.identity.spkiSha256),
          ...(key.opened ? { opened: key.opened } : {}),
        })
        break
      case 'public':
        out.fact('key.public', place, {
          ...key.identity,
          container,
          encoding,
          name,
          certificateSha256: key.certificate?.sha256,
          ...(key.certificate ? { certificate: key.certificate } : {}),
        })
        break
      case 'candidate':
      case 'candidate-public':
        out.fact('key.candidate', place, {
          identities: key.identities,
          half: key.half === 'candidate' ? 'private' : 'public',
          container,
          encoding,
          sample: sampleReason(artefact, ''),
        })
        break
      case 'encrypted':
        out.evidence(encryptedEvidence(place, container, key.identity, key.protection))
        giveEncrypted(artefact, place, container, key.identity, out)
    }
  }
  if (store?.hidden) {
    out.evidence(encryptedEvidence(place, store.kind, undefined, store.protection))
    giveEncrypted(artefact, place, store.kind, undefined, out)
  }
}

function giveEncrypted(
  { bytes }: Artefact,
  place: Place,
  container: KeyContainer,
  identity: KeyIdentity | undefined,
  out: MapOut,
): void {
  const content = bytes.view(place.offset, place.length)
  const contentDigest = createHash('sha256').update(content).digest('hex')
  out.fact('key.encrypted', place, { container, identity, contentDigest })
}

const MORE_KEYS = {
  en: 'The file holds more keys than are read; those after them were not looked at.',
  de: 'Die Datei enthält mehr Schlüssel, als gelesen werden; die dahinter wurden nicht geprüft.',
}

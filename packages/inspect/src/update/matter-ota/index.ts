import { matterHash, parseMatterOta } from '@messlatte/unpack'
import type { Artefact, Check, DigestAlgorithm, Fact, Facts, MapOut, ReduceOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { type DigestOf, digestAsks } from '../package/asks.ts'
import { toldByImage } from '../package/carried.ts'
import { type Package, packageEvidence, UPDATE_CASES, UPDATE_PROVISIONS } from '../package/evidence.ts'
import '../vendor-image/facts.ts'
import './facts.ts'
import { MATTER_OTA } from './scheme.ts'

export const matterOtaCheck: Check = {
  id: 'update.matter-ota',
  version: 1,
  title: { en: 'Matter OTA files', de: 'Matter-OTA-Dateien' },
  provisions: UPDATE_PROVISIONS,
  cases: UPDATE_CASES,
  input: ['image'],
  canShow: {
    en: 'For which product a file is, and whether the payload is the one of the digest; the header has no room for a signature, and the image inside is judged by its own format.',
    de: 'Für welches Produkt eine Datei ist und ob die Nutzlast die des Digests ist; der Kopf hat keinen Platz für eine Signatur, und das Abbild darin wird nach seinem eigenen Format beurteilt.',
  },
  cannotShow: {
    en: 'That a device verifies the image; Matter leaves that to the maker.',
    de: 'Dass ein Gerät das Abbild prüft; Matter überlässt das dem Hersteller.',
  },
  states: ['update.matter-ota.content', 'update.matter-ota.description', 'update.matter-ota.unsigned'],
  wants: { formats: ['matter-ota'] },
  needs: ['chain.link', 'update.vendor-image'],
  gives: ['update.matter-ota'],
  look,
  conclude,
}

const ASKED: ReadonlySet<string> = new Set(['sha256', 'sha384', 'sha512'])

function look(artefact: Artefact, out: MapOut): void {
  const { bytes } = artefact
  const header = parseMatterOta(bytes, 0)
  if (!header) return
  out.pin(artefact)
  out.fact('update.matter-ota', placeOf(artefact), {
    vendor: header.vendor,
    product: header.product,
    version: header.version,
    versionText: header.versionText.slice(0, 64).replace(/[^\x20-\x7e]/g, '?'),
    payload: { at: header.payloadAt, length: header.payloadBytes },
    algorithm: matterHash(header.digestType),
    digest: Buffer.from(header.digest).toString('hex'),
    cut: header.payloadAt + header.payloadBytes > bytes.size,
  })
}

function conclude(facts: Facts, out: ReduceOut): void {
  const digestOf = digestAsks(facts, out)
  for (const file of facts.of('update.matter-ota'))
    for (const draft of packageEvidence(packageOf(file, facts, digestOf))) out.evidence(draft)
}

function packageOf({ place, data }: Fact<'update.matter-ota'>, facts: Facts, digestOf: DigestOf): Package {
  const { algorithm, digest, payload, cut } = data
  const found =
    algorithm !== undefined && ASKED.has(algorithm) && !cut
      ? digestOf(algorithm as DigestAlgorithm, {
          path: place.path,
          offset: payload.at,
          length: payload.length,
        })
      : undefined
  const isSame = found === undefined ? undefined : digest.length > 0 && found.startsWith(digest)
  return {
    scheme: MATTER_OTA,
    place,
    finding: undefined,
    otherwise: isSame ? 'E2' : 'E0',
    ...toldByImage(place.path, facts),
    differing: isSame === false ? [{ name: 'payload', digest, found: found ?? null }] : [],
    uncovered: [],
    gaps: [],
    covers: [],
    rollback: [],
    description: {
      vendor: `0x${data.vendor.toString(16).padStart(4, '0')}`,
      product: `0x${data.product.toString(16).padStart(4, '0')}`,
      version: data.version,
      versionText: data.versionText,
      digest: algorithm ?? null,
      digestHolds: isSame ?? null,
      signature: 'none in this header',
      encrypted: 'not told by this header',
      repeat: MATTER_OTA.repeat,
    },
  }
}

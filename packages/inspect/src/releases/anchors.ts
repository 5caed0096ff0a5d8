import { readPublicKey } from '@messlatte/bytes'
import type { Facts } from '../contract.ts'
import type { ReleaseAnchor } from '../engine/jobs.ts'
import { certificateOf } from '../secure-boot/pkcs7/verify.ts'
import '../secure-boot/fit/facts.ts'
import '../secure-boot/mcuboot/facts.ts'
import '../update/anchors/facts.ts'

/** Keys and certificates of one release that updates of another one are verified with. */
const MOST_ANCHORS = 256

/** Public keys and certificates of a release that something may be verified with. Those that the configuration of a client names come first. */
export function anchorsOf(facts: Facts): readonly ReleaseAnchor[] {
  const named = new Set(
    facts
      .of('update.client')
      .flatMap(({ data, place }) => data.keys.map(({ path }) => `${place.root}/${path}`)),
  )
  const all = facts.of('update.anchor').flatMap(({ place, data }): readonly ReleaseAnchor[] => {
    const { path } = place
    const der = Buffer.from(data.der, 'base64')
    if (data.form === 'certificate') {
      const { spki, spkiSha256, sha256 } = certificateOf(data.der)
      return [{ path, spkiHex: hex(spki), spkiSha256, certificateHex: hex(der), sha256 }]
    }
    const key = data.form === 'key' ? readPublicKey(der) : undefined
    if (!key) return []
    return [{ path, spkiHex: hex(der), spkiSha256: key.spkiSha256, sha256: key.spkiSha256 }]
  })
  const boot = bootAnchors(facts)
  const isNamed = ({ path }: ReleaseAnchor) => named.has(path)
  const ordered = [...boot, ...all.filter(isNamed), ...all.filter((one) => !isNamed(one))]
  const once = new Map(ordered.toReversed().map((one) => [one.sha256, one]))
  return [...once.values()].reverse().slice(0, MOST_ANCHORS)
}

/** Keys in boot loaders: of MCUboot those beside its sentences, of U-Boot those that have to sign configurations. */
function bootAnchors(facts: Facts): readonly ReleaseAnchor[] {
  const anchor = (path: string, spki: string, boot: ReleaseAnchor['boot']): readonly ReleaseAnchor[] => {
    const der = Buffer.from(spki, 'base64')
    const key = readPublicKey(der)
    return key ? [{ path, spkiHex: hex(der), spkiSha256: key.spkiSha256, sha256: key.spkiSha256, boot }] : []
  }
  return [
    ...facts
      .of('boot.mcuboot.key')
      .flatMap(({ place, data }) => (data.isLoader ? anchor(place.path, data.spki, 'mcuboot') : [])),
    ...facts
      .of('boot.control')
      .flatMap(({ place, data }) =>
        data.keys.flatMap(({ spki, required }) =>
          spki !== undefined && required === 'conf' ? anchor(place.path, spki, 'fit') : [],
        ),
      ),
  ]
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

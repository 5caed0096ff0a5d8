import { parseRaucBundle, raucContents } from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { parseManifest } from './manifest.ts'

const MOST_SIGNATURE = 1024 * 1024
const MOST_MANIFEST = 256 * 1024
const BUNDLE = ':rauc-bundle/payload.squashfs@0x0:squashfs'
const MANIFEST = 'manifest.raucm'

/** Images lie in the root of a bundle. */
export const IMAGES =
  /^[^/]+\.(?:img|ext[234]|squashfs|vfat|erofs|verity|fit|itb|bin|tar|tar\.(?:gz|xz|bz2|zst)|emmc)$/

/** Map: bundles, their manifests, and the files that these may mean. */
export function lookAtRauc(artefact: Artefact, out: MapOut): void {
  const { format, root, inner, bytes } = artefact
  if (format === 'rauc-bundle') lookAtBundle(artefact, out)
  else if (inner === MANIFEST && bytes.size <= MOST_MANIFEST && root.endsWith(':squashfs'))
    out.fact('update.rauc.manifest', placeOf(artefact), parseManifest(artefact.text()))
  if (root.endsWith(BUNDLE) && IMAGES.test(inner))
    out.fact('update.rauc.file', placeOf(artefact), { name: inner })
}

function lookAtBundle(artefact: Artefact, out: MapOut): void {
  const { bytes } = artefact
  const bundle = parseRaucBundle(bytes, 0)
  if (!bundle) return
  const { signature, payload, enveloped } = bundle
  const contents = raucContents(bytes, bundle, [])
  const { manifest, settings, dataLength, isEncrypted } = contents
  const cms = signature.length <= MOST_SIGNATURE ? bytes.view(signature.at, signature.length) : undefined
  out.pin(artefact)
  out.fact('update.rauc', placeOf(artefact), {
    signature: cms && Buffer.from(cms).toString('base64'),
    payload: payload.length,
    data: dataLength,
    enveloped,
    encrypted: isEncrypted,
    manifest: manifest && parseManifest(Buffer.from(manifest.subarray(0, MOST_MANIFEST)).toString('latin1')),
    verity:
      settings?.verityHash === undefined
        ? undefined
        : { root: settings.verityHash, salt: settings.veritySalt ?? '' },
  })
}

import { type Mbi, parseMbi } from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { readSigned } from './verify.ts'

export function lookAtNxpMbi(artefact: Artefact, out: MapOut): void {
  const { bytes } = artefact
  const image = parseMbi(bytes, 0)
  if (!image) return
  const signed = readSigned(bytes, image)
  // With keys of another kind nothing could be said.
  if (image.signed && !signed) return
  out.fact('boot.nxp-mbi.image', placeOf(artefact, 0, Math.min(image.length, bytes.size)), {
    type: image.type,
    encrypted: image.type === 'encrypted-ram',
    version: versionOf(image),
    signed,
  })
}

function versionOf({ signed }: Mbi): number | undefined {
  if (!signed) return undefined
  const { certificates, manifest } = signed
  return certificates.kind === 'x509' ? certificates.buildNumber : manifest?.firmwareVersion
}

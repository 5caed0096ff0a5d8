import { apkParts, apkSignatures, compareApkV3, parseApkV3 } from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import './facts.ts'

const MOST_TOLD = 50

/** Map: what packages and indexes of apk are signed with. */
export function lookAtApk(artefact: Artefact, out: MapOut): void {
  if (artefact.format === 'apk') lookAtVersion2(artefact, out)
  else lookAtVersion3(artefact, out)
}

function lookAtVersion2(artefact: Artefact, out: MapOut): void {
  const { bytes } = artefact
  const { parts, dataHash, end } = apkParts(bytes, 0)
  const part = (name: string) => parts.find((one) => one.name === name)
  const [signature, index] = [part('signature.tar'), part('index.tar')]
  const control = part('control.tar') ?? index
  if (!control) return
  const data = index ? undefined : part('data.tar')
  out.pin(artefact)
  out.fact('update.apk', placeOf(artefact), {
    version: 2,
    signatures: signature
      ? apkSignatures(bytes, signature).map(({ kind, key, signature: value }) => ({
          kind,
          key,
          signature: Buffer.from(value).toString('base64'),
        }))
      : [],
    signed: { at: control.at, length: (index ? end : control.end) - control.at },
    data: data && { at: data.at, length: data.end - data.at, sha256: dataHash },
  })
}

function lookAtVersion3(artefact: Artefact, out: MapOut): void {
  const { bytes } = artefact
  const found = parseApkV3(bytes, 0)
  const contents = compareApkV3(bytes, 0)
  if (!found || !contents || found.cut) return
  out.pin(artefact)
  out.fact('update.apk', placeOf(artefact), {
    version: 3,
    schema: found.schema,
    signatures: found.signatures.map(({ at, length }) =>
      Buffer.from(bytes.view(at, length)).toString('base64'),
    ),
    signed: found.tree,
    files: contents.files,
    differing: contents.differing.slice(0, MOST_TOLD).map(printable),
    withoutHash: contents.withoutHash.slice(0, MOST_TOLD).map(printable),
    whole: contents.whole,
  })
}

function printable(path: string): string {
  return path.slice(0, 200).replace(/[^\x20-\x7e]/g, '?')
}

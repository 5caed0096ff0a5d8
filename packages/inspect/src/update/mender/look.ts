import { type Bytes, BytesError, DecodeError, sliceBytes } from '@messlatte/bytes'
import { FormatError, menderDigests, menderManifest, menderMembers } from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { memberOf, parseObject, textsOf } from '../package/json.ts'
import type { MenderFact, MenderLine } from './facts.ts'

const MOST_MANIFEST = 1024 * 1024
const MOST_SIGNATURE = 4096
const MOST_HEADER = 64 * 1024
const MOST_FILES = 2000
const PAYLOAD = /^(data\/\d{4})\.tar(?:\.\w+)?$/
const HEADER = /^header\.tar(?:\.\w+)?$/
const OWN: ReadonlySet<string> = new Set(['manifest', 'manifest.sig', 'manifest-augment'])

export const HEADER_INFO = /^header-info$/

/** Map: manifests, signature, and the digests of what is inside the payloads. */
export function lookAtMender(artefact: Artefact, out: MapOut): void {
  if (artefact.format === 'mender') lookAtArtifact(artefact, out)
  else if (artefact.root.includes(':mender/header.tar')) lookAtHeader(artefact, out)
}

function lookAtArtifact(artefact: Artefact, out: MapOut): void {
  const { bytes } = artefact
  const { byName, cut } = menderMembers(bytes, 0)
  const contentOf = (name: string, most: number) => {
    const member = byName.get(name)
    return member && member.length <= most ? Buffer.from(bytes.view(member.at, member.length)) : undefined
  }
  const manifest = contentOf('manifest', MOST_MANIFEST)
  if (!manifest) return
  const augmented = contentOf('manifest-augment', MOST_MANIFEST)
  const signature = contentOf('manifest.sig', MOST_SIGNATURE)
  const inner = insideOf(bytes, byName)
  out.pin(artefact)
  out.fact('update.mender', placeOf(artefact), {
    manifest: manifest.toString('base64'),
    lines: menderManifest(manifest).slice(0, MOST_FILES),
    augmented: augmented ? menderManifest(augmented).slice(0, MOST_FILES) : [],
    signature: signature && Buffer.from(signature.toString('latin1'), 'base64').toString('base64'),
    members: [...byName]
      .filter(([name]) => !OWN.has(name))
      .map(([name, { at, length }]) => ({ name, at, length }))
      .slice(0, MOST_FILES),
    ...inner,
    cut,
  })
}

function insideOf(
  bytes: Bytes,
  members: ReturnType<typeof menderMembers>['byName'],
): Pick<MenderFact, 'files' | 'unread' | 'scripts'> {
  const files: MenderLine[] = []
  const unread: string[] = []
  const scripts: string[] = []
  for (const [name, { at, length }] of members) {
    const folder = PAYLOAD.exec(name)?.[1]
    if (folder === undefined && !HEADER.test(name)) continue
    const digests = digestsOf(sliceBytes(bytes, at, length))
    if (!digests) unread.push(name)
    for (const [file, sha256] of digests ?? []) {
      if (folder !== undefined) files.push({ name: `${folder}/${file}`, sha256 })
      else if (file.startsWith('scripts/')) scripts.push(file)
    }
  }
  return { files: files.slice(0, MOST_FILES), unread, scripts: scripts.slice(0, MOST_FILES) }
}

function digestsOf(payload: Bytes): ReadonlyMap<string, string> | undefined {
  try {
    return menderDigests(payload)
  } catch (error) {
    if (error instanceof FormatError || error instanceof BytesError || error instanceof DecodeError)
      return undefined
    throw error
  }
}

/** Version 3 has `artifact_depends` and `artifact_provides`, version 2 the same in the open. */
function lookAtHeader(artefact: Artefact, out: MapOut): void {
  if (artefact.bytes.size > MOST_HEADER) return
  const info = parseObject(artefact.text())
  const depends = memberOf(info, 'artifact_depends')
  const provides = memberOf(info, 'artifact_provides')
  out.fact('update.mender.header', placeOf(artefact), {
    artifact: textsOf(memberOf(provides, 'artifact_name') ?? memberOf(info, 'artifact_name'))[0],
    devices: textsOf(memberOf(depends, 'device_type') ?? memberOf(info, 'device_types_compatible')),
    after: textsOf(memberOf(depends, 'artifact_name')),
  })
}

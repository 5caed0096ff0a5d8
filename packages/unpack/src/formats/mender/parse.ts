import { type Bytes, latin1 } from '@messlatte/bytes'
import type { Stored } from '../members.ts'
import { BLOCK, parseTarHeader } from '../tar/header.ts'
import { walkTar } from '../tar/parse.ts'

const MOST_VERSION = 4096
const MOST_MANIFEST = 4 * 1024 * 1024
/** Members of an artifact that are looked at; payloads are few, and each is one member. */
const MOST_MEMBERS = 10_000

/** Whether a Mender artifact begins here: a tar archive whose first file is `version` and says so. */
export function isMender(bytes: Bytes, at: number): boolean {
  if (at + 2 * BLOCK > bytes.size) return false
  const header = parseTarHeader(bytes.view(at, BLOCK))
  if (header?.name !== 'version' || header.variant === 'v7') return false
  if (header.size > MOST_VERSION || at + BLOCK + header.size > bytes.size) return false
  return /"format"\s*:\s*"mender"/.test(latin1(bytes.view(at + BLOCK, header.size)))
}

/** What a manifest says of one file. */
export interface ManifestLine {
  /** In hex, lower case. */
  readonly sha256: string
  /** Byte string. */
  readonly name: string
}

/** @param content lines of a digest in hex, two spaces and a name, as sha256sum writes them */
export function parseManifest(content: Uint8Array): readonly ManifestLine[] {
  return [...latin1(content).matchAll(/^([0-9a-f]{64}) [ *](.+)$/gim)].map(([, sha256 = '', name = '']) => ({
    sha256: sha256.toLowerCase(),
    name,
  }))
}

export interface ArtifactMembers {
  readonly byName: ReadonlyMap<string, Stored>
  /** The bytes end within the artifact: what is missing may have been there. */
  readonly cut: boolean
}

/** The members of an artifact; those that are cut off are left out. */
export function artifactMembers(bytes: Bytes, at: number): ArtifactMembers {
  const members = new Map<string, Stored>()
  const walk = walkTar(bytes, at, () => undefined)
  for (let step = walk.next(); ; step = walk.next()) {
    if (step.done) return { byName: members, cut: step.value.why === 'truncated' }
    if (members.size >= MOST_MEMBERS) return { byName: members, cut: true }
    const { name, contentAt, size } = step.value
    if (contentAt + size <= bytes.size) members.set(name, { at: contentAt, length: size })
  }
}

/** All that the manifests list: the signed one, and the one that the server adds. */
export function manifestLines(bytes: Bytes, members: ReadonlyMap<string, Stored>): readonly ManifestLine[] {
  return ['manifest', 'manifest-augment'].flatMap((name) => {
    const manifest = members.get(name)
    if (!manifest || manifest.length > MOST_MANIFEST) return []
    return parseManifest(bytes.view(manifest.at, manifest.length))
  })
}

/** The member that holds a payload file: `data/0000/rootfs.img` lies in `data/0000.tar`, compressed or not. */
export function payloadOf(name: string, members: ReadonlyMap<string, Stored>): string | undefined {
  const folder = /^(data\/\d{4})\//.exec(name)?.[1]
  if (folder === undefined) return undefined
  return ['.tar.gz', '.tar.xz', '.tar.zst', '.tar'].map((end) => folder + end).find((one) => members.has(one))
}

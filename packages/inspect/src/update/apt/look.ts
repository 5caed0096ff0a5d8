import { armoredBlocks, clearSigned } from '@messlatte/bytes'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { indexEntries } from '../package/packages-index.ts'
import type { ReleaseEntry, ReleaseFact } from './facts.ts'

export const REPOSITORY_FILES: readonly RegExp[] = [
  /(?:^|\/)(?:InRelease|Release(?:\.gpg)?|Packages(?:\.(?:gz|xz|bz2|lzma|zst))?|[^/]+\.deb)$/,
]

const MOST_RELEASE = 1024 * 1024
const MOST_ENTRIES = 5000
const MOST_TEXT = 200
const TOLD = ['Origin', 'Suite', 'Codename', 'Version', 'Date', 'Valid-Until', 'Architectures', 'Components']
/** Lists of digests: the one that is compared first, then by strength. */
const LISTS = [
  ['SHA256', 'sha256'],
  ['SHA512', 'sha512'],
  ['SHA1', 'sha1'],
  ['MD5Sum', 'md5'],
] as const

/** Map: what an apt repository consists of. */
export function lookAtRepository(artefact: Artefact, out: MapOut): void {
  const { name, bytes, type } = artefact
  if (type !== 'file') return
  if (name === 'InRelease' || name === 'Release') {
    if (bytes.size <= MOST_RELEASE) lookAtRelease(artefact, name, out)
  } else if (name === 'Release.gpg') {
    if (bytes.size > MOST_RELEASE) return
    const blocks = armoredBlocks(Buffer.from(bytes.view(0, bytes.size)), 'SIGNATURE')
    out.fact('update.apt.signature', placeOf(artefact), {
      signatures: Buffer.concat(blocks).toString('base64'),
    })
  } else lookAtFile(artefact, out)
}

function lookAtFile(artefact: Artefact, out: MapOut): void {
  const { bytes, name } = artefact
  const entries =
    name === 'Packages' ? indexEntries(artefact.text()).filter(({ file }) => file.endsWith('.deb')) : []
  out.fact('update.apt.file', placeOf(artefact), {
    size: bytes.size,
    ...(entries.length > 0 ? { entries } : {}),
  })
}

function lookAtRelease(artefact: Artefact, form: ReleaseFact['form'], out: MapOut): void {
  const { bytes } = artefact
  const signed = form === 'InRelease' ? clearSigned(bytes.view(0, bytes.size)) : undefined
  const text = signed?.text ?? artefact.text()
  const list = LISTS.map(([field, digest]) => ({ digest, entries: listOf(text, field) })).find(
    ({ entries }) => entries.length > 0,
  )
  // Other programs have files of this name.
  if (!list) return
  out.pin(artefact)
  out.fact('update.apt.release', placeOf(artefact), {
    form,
    signatures: signed && Buffer.from(signed.signatures).toString('base64'),
    message: signed?.message.toString('base64'),
    outside: signed?.more ?? false,
    digest: list.digest,
    entries: list.entries,
    fields: Object.fromEntries(
      TOLD.flatMap((field) => {
        const value = new RegExp(`^${field}: *(.{1,${MOST_TEXT}})$`, 'm').exec(text)?.[1]
        return value === undefined ? [] : [[field, value.trimEnd()]]
      }),
    ),
  })
}

/** Lines of digest, size and path, each with a blank in front. */
function listOf(text: string, field: string): readonly ReleaseEntry[] {
  const at = text.startsWith(`${field}:`) ? 0 : text.indexOf(`\n${field}:`) + 1
  if (at === 0 && !text.startsWith(`${field}:`)) return []
  const entries: ReleaseEntry[] = []
  for (const line of text
    .slice(at)
    .split('\n', MOST_ENTRIES + 1)
    .slice(1)) {
    const match = /^ +([0-9a-f]{32,128}) +\d+ +(\S{1,300})\s*$/i.exec(line)
    if (!match) break
    entries.push({ digest: (match[1] as string).toLowerCase(), file: match[2] as string })
  }
  return entries
}

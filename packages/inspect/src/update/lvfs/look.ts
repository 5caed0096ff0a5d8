import { gunzipSync } from 'node:zlib'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { memberOf, parseObject, textsOf } from '../package/json.ts'
import type { JcatBlob, JcatItem } from './facts.ts'

export const CABINET_FILES: readonly RegExp[] = [/^[^/]+$/]

const MOST_BYTES = 1024 * 1024
const MOST_JSON = 4 * 1024 * 1024
const MOST_ITEMS = 100
const MOST_BLOBS = 16
const MOST_TOLD = 50
/** libjcat, jcat-blob.h. */
const KINDS: Readonly<Record<number, JcatBlob['kind']>> = {
  1: 'checksum',
  2: 'gpg',
  3: 'pkcs7',
  4: 'checksum',
  9: 'ed25519',
  10: 'checksum',
}
const TARGETS: Readonly<Record<number, JcatBlob['target']>> = { 1: 'sha256', 10: 'sha512' }
const IS_TEXT = 1

/** Map: files in a cabinet, what describes them, and their signatures. */
export function lookAtCabinet(artefact: Artefact, out: MapOut): void {
  const { root, name, type, bytes } = artefact
  if (type !== 'file' || !root.endsWith(':cab')) return
  const items = bytes.size > MOST_BYTES ? undefined : signaturesIn(artefact)
  if (items) {
    out.fact('update.lvfs.signatures', placeOf(artefact), { items })
    return
  }
  if (/\.metainfo\.xml$/.test(name)) lookAtMetainfo(artefact, out)
  out.pin(artefact)
  out.fact('update.lvfs.file', placeOf(artefact), { size: bytes.size })
}

/** Undefined for a file that has none. Older cabinets have them in files of their own, `.asc` and `.p7b`. */
function signaturesIn({ name, bytes }: Artefact): readonly JcatItem[] | undefined {
  const content = Buffer.from(bytes.view(0, bytes.size))
  if (name.endsWith('.jcat')) return itemsOf(content)
  const [, file, ending] = /^(.+)\.(asc|p7[bc])$/.exec(name) ?? []
  if (!file) return undefined
  const kind = ending === 'asc' ? 'gpg' : 'pkcs7'
  return [{ names: [file], blobs: [{ kind, target: undefined, data: content.toString('base64') }] }]
}

function itemsOf(content: Uint8Array): readonly JcatItem[] {
  const items = memberOf(parseObject(unpacked(content)), 'Items')
  return (Array.isArray(items) ? items : []).slice(0, MOST_ITEMS).map((item) => {
    const blobs = memberOf(item, 'Blobs')
    return {
      names: [...textsOf(memberOf(item, 'Id')), ...textsOf(memberOf(item, 'AliasIds'))].filter(
        (name) => name !== '',
      ),
      blobs: (Array.isArray(blobs) ? blobs : []).slice(0, MOST_BLOBS).map(blobOf),
    }
  })
}

function unpacked(content: Uint8Array): string {
  try {
    return gunzipSync(content, { maxOutputLength: MOST_JSON }).toString('utf8')
  } catch {
    return ''
  }
}

function blobOf(value: unknown): JcatBlob {
  const [kind, target, data] = [memberOf(value, 'Kind'), memberOf(value, 'Target'), memberOf(value, 'Data')]
  const isText = (Number(memberOf(value, 'Flags') ?? 0) & IS_TEXT) !== 0
  const text = typeof data === 'string' ? data : ''
  return {
    kind: KINDS[Number(kind)] ?? 'other',
    target: TARGETS[Number(target ?? 0)],
    data: isText ? Buffer.from(text, 'utf8').toString('base64') : text,
  }
}

/** AppStream, "Firmware": few elements, read by their names. */
function lookAtMetainfo(artefact: Artefact, out: MapOut): void {
  if (artefact.bytes.size > MOST_BYTES) return
  const text = artefact.text()
  const all = (pattern: RegExp) =>
    [...text.matchAll(pattern)].slice(0, MOST_TOLD).map((match) => (match[1] ?? '').trim())
  out.fact('update.lvfs.metainfo', placeOf(artefact), {
    id: all(/<id>([^<]{1,200})<\/id>/g)[0] ?? '',
    guids: all(/<firmware type="flashed">([^<]{1,60})<\/firmware>/g),
    versions: all(/<release [^>]{0,300}?version="([^"]{1,60})"/g),
    requires: [
      ...text.matchAll(/<(?:id|firmware|hardware)\b([^>]{0,200}\bcompare="[^"]{1,20}"[^>]{0,100})>/g),
    ]
      .slice(0, MOST_TOLD)
      .map((match) => (match[1] ?? '').trim()),
    checksums: [...text.matchAll(/<checksum\b([^>]{1,200})>\s{0,20}([0-9a-fA-F]{64})\s{0,20}<\/checksum>/g)]
      .slice(0, MOST_TOLD)
      .flatMap(([, attributes = '', sha256 = '']) => {
        const file = /\bfilename="([^"]{1,200})"/.exec(attributes)?.[1]
        const isContent = !/\btarget="container"/.test(attributes)
        return file && isContent ? [{ file, sha256: sha256.toLowerCase() }] : []
      }),
  })
}

import { adler32, type Bytes, inflateStream, Reader, sliceBytes } from '@messlatte/bytes'
import { type ContainerFormat, FormatError, type Sink } from '../../contract.ts'
import { inBatches, typeOfMode, whatIsThere, wrapped } from '../members.ts'
import { filesIn, MAGIC, type Npk, type NpkFile, type NpkPart, parseNpk } from './parse.ts'

/** What one part unpacks to is held in memory; no package of a device is larger. */
const MOST_UNPACKED = 128 * 1024 * 1024
const ZLIB_HEADER = 2

export const npk: ContainerFormat<readonly NpkPart[]> = {
  kind: 'container',
  name: 'npk',
  title: 'MikroTik package (NPK)',
  references: ['OpenWrt firmware-utils, src/npk_pack_kernel.c', 'npkpy (github.com/botlabsDev/npkpy)'],
  limits: [
    'signatures are shown, not verified',
    'packed files of over 128 MiB together are shown as they are',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const found = parseNpk(bytes, at)
    return found && { start: at, end: Math.min(found.end, bytes.size) }
  },

  *open(bytes, { start }, problem) {
    const { parts, end } = parseNpk(bytes, start) as Npk
    if (end > bytes.size)
      problem('truncated', `${end - start} bytes are announced, ${bytes.size - start} are there`)
    yield* inBatches(
      parts.filter(({ kind, length }) => kind !== 'padding' && length > 0),
      ({ length }) => length,
    )
  },

  read(bytes, _region, plan, sink) {
    for (const part of plan) {
      const { kind, name, at, length } = part
      const cut = at + length > bytes.size
      if (cut) sink.problem('truncated', 'the package ends within this content', name)
      if (kind === 'files' && !cut && showFiles(bytes, part, sink)) continue
      const there = cut ? whatIsThere(bytes, at) : part
      sink.slice(wrapped(name), there.at, there.length)
    }
  },
}

/** False where it could not be unpacked; then it is shown as it is. */
function showFiles(bytes: Bytes, { at, length, name }: NpkPart, sink: Sink): boolean {
  const content = unpacked(bytes, at, length, (message) => sink.problem('structure', message, name))
  if (!content) return false
  for (const file of filesIn(content)) {
    if (file) showFile(file, sink)
    else sink.problem('structure', 'a file that does not fit', name)
  }
  return true
}

function showFile({ path, mode, mtime, content }: NpkFile, sink: Sink): void {
  const type = typeOfMode(mode) ?? 'file'
  const meta = { path, type, mode: mode & 0o7777, mtime }
  if (type === 'file') sink.file(meta, content.length, (out) => out.set(content))
  else if (type === 'symlink') sink.entry({ ...meta, target: Buffer.from(content).toString('latin1') })
  else sink.entry(meta)
}

function unpacked(
  bytes: Bytes,
  at: number,
  length: number,
  tell: (message: string) => void,
): Uint8Array | undefined {
  const chunks: Buffer[] = []
  let size = 0
  let sum = 1
  try {
    const end = inflateStream(sliceBytes(bytes, at, length), ZLIB_HEADER, (chunk) => {
      size += chunk.length
      if (size > MOST_UNPACKED) throw new FormatError('unsupported', 'too much to unpack')
      sum = adler32(chunk, sum)
      chunks.push(Buffer.from(chunk))
    })
    if (end + 4 <= length && new Reader(bytes.view(at + end, 4), 'big').u32() !== sum)
      tell('the Adler-32 differs')
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error
    tell(error.message)
    return undefined
  }
  return Buffer.concat(chunks)
}

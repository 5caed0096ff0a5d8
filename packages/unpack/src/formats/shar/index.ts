import { createHash } from 'node:crypto'
import {
  type Bytes,
  bzip2Stream,
  DecodeError,
  gzipStream,
  memoryBytes,
  type StreamEnd,
  xzStream,
} from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { inBatches } from '../members.ts'
import { TextLines } from '../text-lines.ts'
import { uuDecode, uuHeader } from '../uu-text.ts'
import {
  type HereDocument,
  MAGIC,
  type Packer,
  parseScript,
  SHELL,
  type SharMember,
  withoutPrefix,
} from './parse.ts'

type Write = (chunk: Uint8Array) => void

const UNPACK: Readonly<Record<Packer, (source: Bytes, at: number, write: Write) => StreamEnd>> = {
  gzip: gzipStream,
  xz: xzStream,
  bzip2: bzip2Stream,
}

export const shar: ContainerFormat<readonly SharMember[]> = {
  kind: 'container',
  name: 'shar',
  title: 'Shell archive (shar)',
  references: [
    'GNU sharutils 4.15.2, what `shar` writes',
    'IEEE Std 1003.1-2017, Shell Command Language, 2.3 and 2.7.4',
  ],
  limits: [
    'nothing is run: of the script, `sed` or `cat` with a here-document, `uudecode`, `gzip`, `xz`, `bzip2`, `mkdir`, `chmod` and the times that GNU shar sets are read, all else is passed over',
    'contents that more commands would change are told and not shown',
    'times are taken for UTC',
  ],
  magic: [
    { bytes: `${SHELL}${MAGIC}`, at: 0 },
    { bytes: MAGIC, at: 0 },
  ],
  carve: true,

  recognise(bytes, at) {
    const script = parseScript(bytes, { start: at, end: bytes.size })
    return script && { start: at, end: script.end }
  },

  *open(bytes, region, problem) {
    const script = parseScript(bytes, region)
    for (const { code, message, path } of script?.problems ?? []) problem(code, message, path)
    yield* inBatches(script?.members ?? [], ({ content }) => (content ? content.to - content.from : 0))
  },

  read(bytes, _region, plan, sink) {
    for (const member of plan) {
      const { path, content, mode, mtime } = member
      const meta = { path, mode, ...(mtime === undefined ? {} : { mtime }) }
      if (!content) sink.entry({ ...meta, type: 'directory' })
      else sink.stream({ ...meta, type: 'file' }, (write) => checked(bytes, member, content, write))
    }
  },
}

/** Writes a content, and compares it with what the script tells of it. */
function checked(bytes: Bytes, { md5, size }: SharMember, content: HereDocument, write: Write): StreamEnd {
  const hash = createHash('md5')
  let total = 0
  const { problem } = decode(bytes, content, (chunk) => {
    hash.update(chunk)
    total += chunk.length
    write(chunk)
  })
  const end = content.to
  if (problem) return { end, checksum: 'none', problem }
  if (size !== undefined && size !== total)
    return {
      end,
      checksum: 'differs',
      problem: { code: 'corrupt', message: `${total} bytes, the script says ${size}` },
    }
  if (md5 === undefined) return { end, checksum: 'none' }
  return hash.digest('hex') === md5
    ? { end, checksum: 'matches' }
    : { end, checksum: 'differs', problem: { code: 'checksum', message: 'the MD5 differs' } }
}

function decode(bytes: Bytes, content: HereDocument, write: Write): Pick<StreamEnd, 'problem'> {
  try {
    if (content.packer) {
      const chunks: Uint8Array[] = []
      uudecoded(bytes, content, (chunk) => chunks.push(chunk))
      return UNPACK[content.packer](memoryBytes(Buffer.concat(chunks)), 0, write)
    }
    if (content.isUuencoded) uudecoded(bytes, content, write)
    else plainLines(bytes, content, write)
    return content.isWhole ? {} : { problem: { code: 'truncated', message: 'its here-document ends early' } }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    return { problem: { code: error.code, message: error.message } }
  }
}

function uudecoded(bytes: Bytes, { from, to, prefix }: HereDocument, write: Write): void {
  const lines = new TextLines(bytes, from, to)
  const header = uuHeader(withoutPrefix(lines.next()?.text ?? '', prefix))
  if (!header) throw new DecodeError('corrupt', 'a content that is not uuencoded')
  uuDecode(lines, header, write, prefix)
}

function plainLines(bytes: Bytes, { from, to, prefix }: HereDocument, write: Write): void {
  const lines = new TextLines(bytes, from, to)
  let isStart = true
  for (let line = lines.next(); line; line = lines.next()) {
    const text = isStart ? withoutPrefix(line.text, prefix) : line.text
    write(Buffer.from(line.hasFeed ? `${text}\n` : text, 'latin1'))
    isStart = line.isEnded
  }
}

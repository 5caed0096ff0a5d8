import { createHash } from 'node:crypto'
import { type Bytes, latin1 } from '@messlatte/bytes'
import type { ContainerFormat, Sink } from '../../contract.ts'
import { cksumEnd, crc32HighOf } from '../cksum.ts'
import { announced, hashStretch, inBatches, type Stored, showStored, wrapped } from '../members.ts'
import { type Archive, MAGIC, type Makeself, parseMakeself } from './parse.ts'

interface MakeselfMember {
  readonly path: string
  readonly content: Stored
  readonly base64: boolean
}

const SCRIPT = 'script.sh'
/** Bytes of Base64 that are read together. */
const STEP = 256 * 1024

export const makeself: ContainerFormat<readonly MakeselfMember[]> = {
  kind: 'container',
  name: 'makeself',
  title: 'Makeself (shell script with archives behind it)',
  references: ['Makeself 2.4.5, makeself.sh and makeself-header.sh'],
  limits: ['signatures and encrypted archives are shown as they lie there'],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const found = parseMakeself(bytes, at)
    return found && { start: at, end: Math.min(found.end, bytes.size) }
  },

  *open(bytes, { start }, problem) {
    const { script, archives, base64 } = parseMakeself(bytes, start) as Makeself
    const members: MakeselfMember[] = [{ path: SCRIPT, content: script, base64: false }]
    for (const [index, archive] of archives.entries()) {
      const path = archives.length === 1 ? 'archive' : `archive-${index + 1}`
      const { content } = announced(bytes, path, archive, problem)
      if (!content) continue
      members.push({ path, content, base64 })
      if (content.length === archive.length) compareSums(bytes, archive, path, problem)
    }
    yield* inBatches(members, ({ content }) => content.length)
  },

  read(bytes, _region, plan, sink) {
    for (const { path, content, base64 } of plan)
      if (base64) showBase64(bytes, path, content, sink)
      else showStored({ meta: wrapped(path), content }, sink)
  },
}

function compareSums(bytes: Bytes, archive: Archive, path: string, problem: Sink['problem']): void {
  const { at, length, crc, md5, sha256 } = archive
  if (crc !== undefined && cksumEnd(crc32HighOf(bytes, at, length, 0), length) !== crc)
    problem('checksum', 'its cksum differs', path)
  for (const [name, told] of [
    ['md5', md5],
    ['sha256', sha256],
  ] as const)
    if (told !== undefined && hashStretch(createHash(name), bytes, at, length).digest('hex') !== told)
      problem('checksum', `its ${name.toUpperCase()} differs`, path)
}

function showBase64(bytes: Bytes, path: string, { at, length }: Stored, sink: Sink): void {
  sink.stream(wrapped(path), (write) => {
    let left = ''
    for (let done = 0; done < length; done += STEP) {
      const text = left + latin1(bytes.view(at + done, Math.min(STEP, length - done))).replace(/\s+/g, '')
      const whole = text.length - (text.length % 4)
      left = text.slice(whole)
      write(Buffer.from(text.slice(0, whole), 'base64'))
    }
    if (left !== '') write(Buffer.from(left, 'base64'))
    return { end: at + length, checksum: 'none' }
  })
}

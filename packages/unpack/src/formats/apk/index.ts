import { createHash } from 'node:crypto'
import { type Bytes, gzipStream, sliceBytes } from '@messlatte/bytes'
import type { Batch, ContainerFormat, Region, Sink } from '../../contract.ts'
import { hashStretch, wrapped } from '../members.ts'
import { type ApkPart, type ApkParts, apkParts, isApk } from './parse.ts'

export const apk: ContainerFormat<ApkPart> = {
  kind: 'container',
  name: 'apk',
  title: 'apk package of Alpine and OpenWrt (version 2)',
  references: ['apk-v2(5)', 'apk-tools, src/extract_v2.c'],
  limits: [],
  magic: [{ bytes: '\x1f\x8b\x08', at: 0 }],
  carve: true,

  recognise(bytes, at) {
    return isApk(bytes, at) ? { start: at, end: apkParts(bytes, at).end } : undefined
  },

  *open(bytes, region, problem): Generator<Batch<ApkPart>> {
    const found = apkParts(bytes, region.start)
    if (!hashMatches(bytes, found))
      problem('checksum', 'the SHA-256 of the data is not the one of .PKGINFO', 'data.tar')
    for (const part of found.parts) yield { cost: part.end - part.at, entries: 1, plan: part }
  },

  read: readPart,
}

function hashMatches(bytes: Bytes, { parts, dataHash }: ApkParts): boolean {
  const data = parts.find(({ name }) => name === 'data.tar')
  if (!data || dataHash === undefined) return true
  return hashStretch(createHash('sha256'), bytes, data.at, data.end - data.at).digest('hex') === dataHash
}

function readPart(bytes: Bytes, _region: Region, { name, at, end }: ApkPart, sink: Sink): void {
  const part = sliceBytes(bytes, at, end - at)
  sink.stream(wrapped(name), (write) => gzipStream(part, 0, write))
}

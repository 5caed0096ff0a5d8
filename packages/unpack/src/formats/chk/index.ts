import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'
import { type ChkHeader, MAGIC, netgearSum, parseChkHeader } from './parse.ts'

export const chk: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'chk',
  title: 'Netgear CHK',
  references: ['OpenWrt firmware-utils, src/mkchkimg.c'],
  limits: [],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const header = parseChkHeader(bytes, at)
    return header && { start: at, end: Math.min(at + lengthOf(header), bytes.size) }
  },

  ...storedAsIs(membersOf),
}

function lengthOf({ headerLength, kernelLength, rootfsLength }: ChkHeader): number {
  return headerLength + kernelLength + rootfsLength
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const header = parseChkHeader(bytes, start) as ChkHeader
  const { headerLength, kernelLength, rootfsLength, kernelSum, rootfsSum, imageSum } = header
  if (!header.headerSumMatches) problem('checksum', 'the checksum of the header differs')
  const kernel = { at: start + headerLength, length: kernelLength }
  const rootfs = { at: kernel.at + kernelLength, length: rootfsLength }
  const all = { at: kernel.at, length: kernelLength + rootfsLength }
  const checked = [
    { path: 'kernel', content: kernel, sum: kernelSum },
    ...(rootfsLength > 0 ? [{ path: 'rootfs', content: rootfs, sum: rootfsSum }] : []),
    { path: undefined, content: all, sum: imageSum },
  ]
  for (const { path, content, sum } of checked) {
    const whole = content.at + content.length <= bytes.size
    if (whole && netgearSum(bytes, content.at, content.length) !== sum)
      problem('checksum', 'the checksum differs', path)
    if (path !== undefined) yield announced(bytes, path, content, problem)
  }
}

import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { crcHolds, parseDfuSuffix, SUFFIX } from '../dfu-suffix/parse.ts'
import { announced, asProgram, distinctPaths, type StoredMember, storedAsIs } from '../members.ts'
import { nameOfAddress } from '../stretches.ts'
import { type DfuseFile, MAGIC, parseDfuse } from './parse.ts'

export const dfuse: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'dfuse',
  title: 'DfuSe file of STMicroelectronics (USB DFU)',
  references: ['STMicroelectronics, UM0391: DfuSe file format specification'],
  limits: [],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const file = parseDfuse(bytes, at)
    if (!file) return undefined
    const end = parseDfuSuffix(bytes, file.end) ? file.end + SUFFIX : file.end
    return { start: at, end: Math.min(end, bytes.size) }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const { count, targets, end } = parseDfuse(bytes, start) as DfuseFile
  const suffix = parseDfuSuffix(bytes, end)
  if (end > bytes.size)
    problem('truncated', `${end - start} bytes are announced, ${bytes.size - start} are there`)
  else if (!suffix) problem('structure', 'its suffix is not there')
  else if (!crcHolds(bytes, start, end, suffix)) problem('checksum', 'the CRC differs')
  const distinct = distinctPaths()
  for (const { setting, elements } of targets) {
    const folder = count > 1 ? `target-${setting}/` : ''
    for (const { address, at, length } of elements)
      yield asProgram(
        announced(bytes, distinct(`${folder}${nameOfAddress(address)}`, at - start), { at, length }, problem),
      )
  }
}

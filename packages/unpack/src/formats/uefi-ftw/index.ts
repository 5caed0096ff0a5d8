import { crc32 } from 'node:zlib'
import { Reader } from '@messlatte/bytes'
import type { LeafFormat } from '../../contract.ts'
import { GUID_SIZE, guidMagic } from '../uefi-guid.ts'

/** gEdkiiWorkingBlockSignatureGuid. */
const MAGIC = guidMagic('9E58292B-7C68-497D-A0CE-6500FD9F1B95')
const HEADER = 32
/** The checksum and the state behind it count as if they were erased. */
const UNSUMMED = { at: GUID_SIZE, end: GUID_SIZE + 8 } as const
const MOST_QUEUE = 64 * 1024 * 1024

/** EFI_FAULT_TOLERANT_WORKING_BLOCK_HEADER, little endian: GUID, CRC-32, state, bytes of the queue behind it. */
export const uefiFtw: LeafFormat = {
  kind: 'leaf',
  name: 'uefi-ftw',
  title: 'Working block of UEFI fault-tolerant writes (edk2)',
  references: [
    'edk2, MdeModulePkg/Include/Guid/FaultTolerantWrite.h and SystemNvDataGuid.h',
    'edk2, MdeModulePkg/Universal/FaultTolerantWriteDxe',
  ],
  limits: ['the header is accounted for; what waits to be written behind it is not read'],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    if (at + HEADER > bytes.size) return undefined
    const header = Buffer.from(bytes.view(at, HEADER))
    const reader = new Reader(header, 'little')
    if (reader.latin1(GUID_SIZE) !== MAGIC) return undefined
    const sum = reader.u32()
    reader.skip(4)
    const queue = reader.size64()
    if (queue === 0 || !(queue <= MOST_QUEUE)) return undefined
    const isSound = crc32(header.fill(0xff, UNSUMMED.at, UNSUMMED.end)) === sum
    return isSound ? { start: at, end: at + HEADER } : undefined
  },
}

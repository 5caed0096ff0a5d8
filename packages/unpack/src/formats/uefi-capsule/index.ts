import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'
import { type CapsuleHeader, MAGICS, parseCapsuleHeader, parseFmpCapsule } from './parse.ts'

export const uefiCapsule: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'uefi-capsule',
  title: 'UEFI capsule (firmware management and others)',
  references: [
    'UEFI Specification 2.10, sections 8.5.3, 23.1 and 23.3',
    'edk2, FmpDevicePkg/Include/Guid/FmpCapsule.h and FmpDevicePkg/Library/FmpPayloadHeaderLibV1',
    'U-Boot, tools/mkeficapsule.c',
  ],
  limits: [
    'capsules that begin with the GUID of a device are not recognised: volumes in them are found all the same',
  ],
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const header = parseCapsuleHeader(bytes, at)
    return header && { start: at, end: Math.min(at + header.size, bytes.size) }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, { start, end }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const { headerSize, size } = parseCapsuleHeader(bytes, start) as CapsuleHeader
  if (start + size > end) problem('truncated', `${size} bytes are announced, ${end - start} are there`)
  const fmp = parseFmpCapsule(bytes, start)
  if (!fmp) {
    if (size > headerSize)
      yield announced(bytes, 'body', { at: start + headerSize, length: size - headerSize }, problem)
    return
  }
  for (const [index, driver] of fmp.drivers.entries())
    yield announced(bytes, `driver-${index}.efi`, driver, problem)
  for (const [index, payload] of fmp.payloads.entries()) {
    const name = `payload-${index}`
    if (!payload) {
      problem('structure', 'its header cannot be read', name)
      continue
    }
    const { authentication, dependency, header, firmware, vendorCode } = payload
    if (authentication) yield announced(bytes, `${name}.p7`, authentication.signature, problem)
    if (dependency) yield announced(bytes, `${name}.dependency`, dependency, problem)
    if (header) yield announced(bytes, `${name}.header`, header, problem)
    yield announced(bytes, name, firmware, problem)
    if (vendorCode) yield announced(bytes, `${name}.vendor-code`, vendorCode, problem)
  }
}

import type { EvidenceDraft, Fact, Facts } from '../../contract.ts'
import type { Gap } from '../chain/facts.ts'
import { SECURE_BOOT } from './evidence.ts'
import * as say from './say.ts'
import type { Image, Verified } from './verify.ts'

type Initramfs = Fact<'boot.uefi.initramfs'>

/** Initramfs files in the folder of a kernel whose signature holds: nothing that UEFI verifies covers them. */
export function initramfsBeside({ data, place }: Image, facts: Facts): readonly Initramfs[] {
  if (data.role !== 'kernel') return []
  const folder = folderOf(fileOf(place.path))
  const all = facts.of('boot.uefi.initramfs').filter((one) => folderOf(one.place.path) === folder)
  const signed = new Set(
    all.filter((one) => one.data.isSignature).map((one) => one.place.path.replace(/\.(?:sig|asc)$/, '')),
  )
  return all.filter((one) => !one.data.isSignature && !signed.has(one.place.path))
}

/** Of a kernel that is a region of its file. */
function fileOf(path: string): string {
  return path.replace(/@0x0:kernel$/, '')
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}

export function besideEvidence(
  { image, verdict }: Verified,
  beside: readonly Initramfs[],
): readonly EvidenceDraft[] {
  if (verdict.result !== 'holds') return []
  return beside.map(
    ({ place }): EvidenceDraft => ({
      ...SECURE_BOOT,
      kind: 'boot.uefi.initramfs',
      polarity: 'against',
      place,
      title: say.BESIDE,
      observation: { kernel: image.place.path, repeat: 'sbverify --list KERNEL; lsinitramfs INITRAMFS' },
      confidence: { grade: 'low', reason: say.BESIDE_REASON },
      overturnedBy: say.COVERED_OTHERWISE,
    }),
  )
}

export function gapsOf(beside: readonly Initramfs[]): readonly Gap[] {
  return beside.map(({ place }) => ({
    path: place.path,
    stage: 'initramfs',
    name: place.inner.slice(place.inner.lastIndexOf('/') + 1) || 'initramfs',
    why: say.BESIDE_REASON,
  }))
}

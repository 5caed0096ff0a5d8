import type { Artefact, Check, MapOut } from '../../contract.ts'
import { cases, placeOf, provisions } from '../../drafts.ts'
import { readAmlogic } from './amlogic.ts'
import { readBroadcom } from './broadcom.ts'
import type { BootHeader } from './header.ts'
import { readMediatekPartition, readMediatekPreloader } from './mediatek.ts'
import { readQualcomm } from './qualcomm.ts'
import * as say from './say.ts'
import { readZynq } from './zynq.ts'

const PROVISIONS = provisions(['5.7-1'])
const CASES = cases('5.7-1-1', '5.7-1-2')

/** Names of boot loaders within a file system or an archive, in which files that nobody recognises are not looked at. */
const USUAL = /(?:^|\/)(?:boot|preloader[\w-]*|lk[\w-]*|bl2[\w-]*|u-boot)\.(?:bin|img|sd\.bin|bin\.sd\.bin)$/i

export const otherHeadersCheck: Check = {
  id: 'secure-boot.other-headers',
  version: 3,
  title: {
    en: 'Boot headers that are recognised and not verified',
    de: 'Boot-Köpfe, die erkannt und nicht geprüft werden',
  },
  provisions: PROVISIONS,
  cases: CASES,
  input: ['image'],
  canShow: {
    en: 'That an image has the boot header of a processor, and whether the header announces a signature.',
    de: 'Dass ein Image den Boot-Kopf eines Prozessors hat und ob der Kopf eine Signatur ankündigt.',
  },
  cannotShow: {
    en: 'That the signature holds, who made it, and that the processor demands one.',
    de: 'Dass die Signatur stimmt, wer sie gemacht hat und dass der Prozessor eine verlangt.',
  },
  states: ['boot.other-header.signed', 'boot.other-header.unsigned'],
  wants: { formats: ['elf', 'mediatek-preloader', 'mediatek-partition'], paths: [USUAL], unrecognised: true },
  look: lookAtOtherHeaders,
}

/** The first stretch of a file, behind the file's path. */
const FIRST_STRETCH = '@0x0:unknown'

function lookAtOtherHeaders(artefact: Artefact, out: MapOut): void {
  const { path } = artefact
  // The file itself was looked at by its name.
  if (path.endsWith(FIRST_STRETCH) && USUAL.test(path.slice(0, -FIRST_STRETCH.length))) return
  const header = readHeader(artefact)
  if (!header) return
  const { at, length, level, fields, notVerified, repeat } = header
  const signed = level === 'E3'
  out.evidence({
    kind: signed ? 'boot.other-header.signed' : 'boot.other-header.unsigned',
    polarity: 'neutral',
    level,
    provisions: PROVISIONS,
    cases: CASES,
    place: placeOf(artefact, at, length),
    title: signed ? say.signed(header.name) : say.unsigned(header.name),
    observation: { fields, notVerified, repeat },
    confidence: { grade: 'medium', reason: signed ? say.SIGNED_REASON : say.UNSIGNED_REASON },
  })
}

function readHeader({ format, bytes }: Artefact): BootHeader | undefined {
  switch (format) {
    case 'elf':
      return readQualcomm(bytes)
    case 'mediatek-preloader':
      return readMediatekPreloader(bytes)
    case 'mediatek-partition':
      return readMediatekPartition(bytes)
    default:
      return readZynq(bytes) ?? readAmlogic(bytes) ?? readBroadcom(bytes)
  }
}

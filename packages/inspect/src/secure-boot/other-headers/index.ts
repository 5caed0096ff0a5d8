import type { Artefact, Check, MapOut } from '../../contract.ts'
import { cases, placeOf, provisions } from '../../drafts.ts'
import { readAmlogic } from './amlogic.ts'
import type { BootHeader } from './header.ts'
import { readMediatek } from './mediatek.ts'
import { readQualcomm } from './qualcomm.ts'
import * as say from './say.ts'
import { readZynq } from './zynq.ts'

const PROVISIONS = provisions(['5.7-1'])
const CASES = cases('5.7-1-1', '5.7-1-2')

export const otherHeadersCheck: Check = {
  id: 'secure-boot.other-headers',
  version: 1,
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
  wants: { formats: ['elf'], unrecognised: true },
  look: lookAtOtherHeaders,
}

function lookAtOtherHeaders(artefact: Artefact, out: MapOut): void {
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
  if (format === 'elf') return readQualcomm(bytes)
  return readZynq(bytes) ?? readMediatek(bytes) ?? readAmlogic(bytes)
}

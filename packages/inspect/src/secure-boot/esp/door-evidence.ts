import type { Artefact, EvidenceDraft } from '../../contract.ts'
import { cases, placeOf, provisions } from '../../drafts.ts'
import * as say from './say.ts'
import { SECURE_BOOT } from './signature-evidence.ts'
import type { OpenDoor } from './traces.ts'

const DEBUG = { provisions: provisions(['5.6-4', '5.7-1']), cases: cases('5.6-4-1', '5.6-4-2') } as const

/** A setting that leaves a door of the chip open: by the sentence in a boot loader, or by a line of a file. */
export function doorEvidence(
  artefact: Artefact,
  { setting, door, at, sentence }: OpenDoor & { readonly at: number; readonly sentence?: string },
): EvidenceDraft {
  const seen = sentence ?? `${setting}=y`
  return {
    ...(door === 'fuses' || door === 'no-enforcement' ? SECURE_BOOT : DEBUG),
    kind: 'boot.esp.setting',
    polarity: 'against',
    place: placeOf(artefact, at, seen.length),
    title: say.openDoor(door),
    observation: {
      setting,
      seen,
      repeat: sentence === undefined ? `grep ${setting}= FILE` : 'strings IMAGE',
      enforcement: 'open: espefuse summary on the unit',
    },
    // Fuses may have been burnt in the factory, whatever the boot loader does: that keeps it open, and proves nothing.
    confidence: { grade: 'low', reason: sentence === undefined ? say.FILE_REASON : say.SENTENCE_REASON },
    overturnedBy: say.FUSES_SAY_OTHERWISE,
  }
}

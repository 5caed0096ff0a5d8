import { encodeText } from '@messlatte/unpack'
import type { EvidenceDraft, Fact, Facts, ReduceOut } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { LEVELS, type Revoked, revokedComponents, SOURCE } from './levels.ts'
import { parseSbat, type SbatComponent } from './parse.ts'
import * as say from './say.ts'

const ROLLBACK = { provisions: provisions(['5.3-2', '5.7-1']), cases: cases('5.7-1-1', '5.7-1-2') } as const
type Image = Fact<'boot.uefi.image'>

/** Reduce: the generations of each program, against those that are revoked. */
export function concludeSbat(facts: Facts, out: ReduceOut): void {
  const told = new Set<string>()
  for (const image of facts.of('boot.uefi.image')) {
    // What has a long tail is shown twice.
    const path = image.place.path.replace(/@0x0:(?:pe|kernel)$/, '')
    if (image.data.sbat === undefined || told.has(path)) continue
    told.add(path)
    const components = parseSbat(image.data.sbat)
    if (!components) continue
    out.evidence(generationEvidence(image, components))
    const revoked = revokedComponents(components)
    if (revoked.length > 0) out.evidence(revokedEvidence(image, revoked))
  }
}

function generationEvidence({ place }: Image, components: readonly SbatComponent[]): EvidenceDraft {
  return {
    ...ROLLBACK,
    kind: 'boot.uefi.sbat',
    polarity: 'neutral',
    place,
    title: say.GENERATIONS,
    observation: {
      components: components.map(({ name, generation, packageName, version }) => ({
        name: encodeText(name),
        generation,
        package: encodeText(packageName),
        version: encodeText(version),
      })),
      level: LEVELS.at(-1)?.date ?? '',
      source: SOURCE,
      repeat: 'objcopy -O binary --only-section=.sbat IMAGE OUT',
    },
    confidence: { grade: 'medium', reason: say.GENERATIONS_REASON },
  }
}

function revokedEvidence({ place, data }: Image, revoked: readonly Revoked[]): EvidenceDraft {
  const signed = data.signatures.length > 0
  return {
    ...ROLLBACK,
    kind: 'boot.uefi.sbat-revoked',
    polarity: signed ? 'against' : 'neutral',
    place,
    title: say.REVOKED,
    observation: {
      revoked: revoked.map((one) => ({ ...one, component: encodeText(one.component) })),
      source: SOURCE,
      repeat: 'objcopy -O binary --only-section=.sbat IMAGE OUT; mokutil --list-sbat-revocations',
    },
    confidence: { grade: 'medium', reason: signed ? say.REVOKED_REASON : say.NOT_SIGNED_REASON },
    ...(signed ? { overturnedBy: say.NOT_STARTED } : {}),
  }
}

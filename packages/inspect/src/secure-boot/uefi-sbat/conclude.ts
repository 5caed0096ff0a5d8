import { encodeText } from '@messlatte/unpack'
import type { EvidenceDraft, Fact, Facts, ReduceOut } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { LEVELS, type Revoked, revokedComponents, SOURCE } from './levels.ts'
import { parseSbat, type SbatComponent } from './parse.ts'
import * as say from './say.ts'

const ROLLBACK = { provisions: provisions(['5.3-2', '5.7-1']), cases: cases('5.7-1-1', '5.7-1-2') } as const
/** Programs that are named; the others are counted. */
const MOST_NAMED = 12
type Image = Fact<'boot.uefi.image'>

/** Programs of the same components. */
interface Group {
  readonly components: readonly SbatComponent[]
  readonly images: Image[]
}

/** Reduce: the generations of each program, against those that are revoked. */
export function concludeSbat(facts: Facts, out: ReduceOut): void {
  const told = new Set<string>()
  const groups = new Map<string, Group>()
  for (const image of facts.of('boot.uefi.image')) {
    // What has a long tail is shown twice.
    const path = image.place.path.replace(/@0x0:(?:pe|kernel)$/, '')
    if (image.data.sbat === undefined || told.has(path)) continue
    told.add(path)
    const components = parseSbat(image.data.sbat)
    if (!components) continue
    const key = JSON.stringify(components)
    const known = groups.get(key)
    if (known) known.images.push(image)
    else groups.set(key, { components, images: [image] })
  }
  for (const group of groups.values()) {
    out.evidence(generationEvidence(group))
    const revoked = revokedComponents(group.components)
    if (revoked.length > 0) for (const image of group.images) out.evidence(revokedEvidence(image, revoked))
  }
}

function generationEvidence({ components, images }: Group): EvidenceDraft {
  const { place } = images[0] as Image
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
      count: images.length,
      some: images.slice(0, MOST_NAMED).map((image) => image.place.inner || image.place.path),
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

import type {
  Checklist,
  Edition,
  Missing,
  ProfileId,
  ProvisionStatus,
  Requirement,
  Source,
  SourceStatus,
  Text,
} from '@messlatte/model'
import { CATALOGUES } from '../catalogues/index.ts'
import { PAPER_FINDINGS } from '../claims/finding-titles.ts'
import { EVIDENCE_KINDS, type EvidenceKind } from '../kinds.ts'
import { PROFILES } from '../profiles/index.ts'
import type { CatalogueRule, Origin, ProfileRule, ProvisionRule } from '../rules.ts'
import { casesOf, TEST_CASES } from '../test-cases/index.ts'
import type { TestCase } from '../test-cases/test-case.ts'
import { MENDING } from './mending.ts'

/** A provision in one edition. */
export interface InEdition {
  readonly edition: Edition
  readonly catalogue: Text
  readonly status: ProvisionStatus
  readonly conditionNumbers: readonly number[]
  readonly features: readonly string[]
  readonly title: Text
  readonly imageCanSupport: boolean
  readonly cannotShow: Text | null
  readonly missing: readonly Missing[]
  readonly cases: readonly TestCase[]
  /** What it was before; null in the first edition. */
  readonly origin: Origin | null
}

/** What a profile makes of a provision. */
export interface InProfile {
  readonly profile: ProfileId
  readonly edition: Edition
  readonly kind: 'raised' | 'lowered' | 'asked' | 'leads-to'
  readonly what: Text
  readonly sourceStatus: SourceStatus
  readonly source: string
}

export type Explanation =
  | {
      readonly kind: 'provision'
      readonly id: string
      readonly editions: readonly InEdition[]
      readonly profiles: readonly InProfile[]
      readonly evidence: readonly EvidenceKind[]
      readonly mending: Text | null
      readonly sources: readonly Source[]
    }
  | {
      readonly kind: 'requirement'
      readonly profile: ProfileId
      readonly requirement: Requirement
      readonly sources: readonly Source[]
    }
  | { readonly kind: 'case'; readonly test: TestCase; readonly sources: readonly Source[] }
  | {
      readonly kind: 'evidence'
      readonly evidence: EvidenceKind
      readonly provisions: readonly { readonly id: string; readonly title: Text }[]
    }
  | {
      readonly kind: 'profile'
      readonly profile: ProfileRule
      readonly editions: readonly Edition[]
      readonly sources: readonly Source[]
    }
  | { readonly kind: 'checklist'; readonly checklist: Checklist; readonly sources: readonly Source[] }
  | { readonly kind: 'papers'; readonly id: string; readonly title: Text }

/**
 * Everything that goes by a name: a provision in whatever edition, a test case, a requirement of a profile, a profile, a
 * checklist, a kind of evidence, a kind of finding in papers. Empty where nothing does. `profiles` are ours unless the caller adds some.
 */
export function explain(
  subject: string,
  profiles: readonly ProfileRule[] = PROFILES,
): readonly Explanation[] {
  const name = subject.trim()
  const same = (id: string) => id.toLowerCase() === name.toLowerCase()
  const provision = explainProvision(name, profiles)
  const named = profiles.filter(({ id }) => same(id))
  const first = distinctById(profiles)
  return [
    ...(provision ? [provision] : []),
    ...Object.values(TEST_CASES).flatMap((cases) =>
      cases
        .filter(({ id }) => same(id))
        .map((test): Explanation => ({ kind: 'case', test, sources: sourcesNamed([test.source]) })),
    ),
    ...first.flatMap((profile) =>
      profile.requirements
        .filter(({ id }) => same(id))
        .map(
          (requirement): Explanation => ({
            kind: 'requirement',
            profile: profile.id,
            requirement,
            sources: sourcesNamed(
              [requirement.source, ...requirement.lines.map(({ source }) => source)],
              profile.sources,
            ),
          }),
        ),
    ),
    ...named.slice(0, 1).map(
      (profile): Explanation => ({
        kind: 'profile',
        profile,
        editions: named.map(({ edition }) => edition),
        sources: profile.sources,
      }),
    ),
    ...first.flatMap((profile) =>
      profile.checklists
        .filter(({ id }) => same(id))
        .map(
          (checklist): Explanation => ({
            kind: 'checklist',
            checklist,
            sources: sourcesNamed([checklist.source], profile.sources),
          }),
        ),
    ),
    ...EVIDENCE_KINDS.filter(({ kind }) => same(kind)).map(
      (evidence): Explanation => ({
        kind: 'evidence',
        evidence,
        provisions: evidence.provisions.flatMap((id) => {
          const found = CATALOGUES['en303645-2020'].provisions.find((one) => one.id === id)
          return found ? [{ id, title: found.title }] : []
        }),
      }),
    ),
    ...PAPER_FINDINGS.filter(({ id }) => same(id)).map(
      ({ id, title }): Explanation => ({ kind: 'papers', id, title }),
    ),
  ]
}

function explainProvision(name: string, profiles: readonly ProfileRule[]): Explanation | undefined {
  const found = Object.values(CATALOGUES).flatMap((catalogue) => {
    const provision = catalogue.provisions.find(({ id }) => id.toLowerCase() === name.toLowerCase())
    return provision ? [{ catalogue, provision }] : []
  })
  const id = found[0]?.provision.id
  if (id === undefined) return undefined
  const editions = found.map(({ catalogue, provision }) => inEdition(catalogue, provision))
  const inProfiles = profiles.flatMap((profile) =>
    found.some(({ catalogue }) => catalogue.edition === profile.edition) ? inProfile(profile, id) : [],
  )
  const of2020 = found.some(({ catalogue }) => catalogue.edition === 'en303645-2020')
    ? id
    : editions.flatMap(({ origin }) => origin?.from ?? [])[0]
  return {
    kind: 'provision',
    id,
    editions,
    profiles: inProfiles,
    evidence: EVIDENCE_KINDS.filter(({ provisions }) => of2020 !== undefined && provisions.includes(of2020)),
    mending: of2020 === undefined ? null : (MENDING[of2020] ?? null),
    sources: sourcesNamed(
      [
        ...found.map(({ provision }) => provision.source),
        ...editions.flatMap(({ cases, origin }) => [
          ...cases.map(({ source }) => source),
          ...(origin ? [origin.source] : []),
        ]),
        ...inProfiles.map(({ source }) => source),
      ],
      profiles.flatMap(({ sources }) => sources),
    ),
  }
}

function inEdition(catalogue: CatalogueRule, provision: ProvisionRule): InEdition {
  return {
    edition: catalogue.edition,
    catalogue: catalogue.title,
    status: provision.status,
    conditionNumbers: provision.conditionNumbers,
    features: provision.features ?? [],
    title: provision.title,
    imageCanSupport: provision.imageCanSupport,
    cannotShow: provision.cannotShow ?? null,
    missing: provision.missing,
    cases: casesOf(catalogue.edition, provision.id),
    origin: catalogue.origins?.find((origin) => origin.id === provision.id) ?? null,
  }
}

function inProfile(profile: ProfileRule, id: string): readonly InProfile[] {
  const line = { profile: profile.id, edition: profile.edition }
  return [
    ...profile.overrides
      .filter((one) => one.id === id)
      .map(({ to, reason, sourceStatus, source }) => ({
        ...line,
        kind: to === 'M' ? ('raised' as const) : ('lowered' as const),
        what: reason,
        sourceStatus,
        source,
      })),
    ...profile.criteria
      .filter((one) => one.provision === id)
      .map(({ title, sourceStatus, source }) => ({
        ...line,
        kind: 'asked' as const,
        what: title,
        sourceStatus,
        source,
      })),
    ...profile.requirements.flatMap((requirement) =>
      requirement.lines
        .filter(({ provision }) => provision === id)
        .map(({ source }) => ({
          ...line,
          kind: 'leads-to' as const,
          what: {
            en: `${requirement.id}: ${requirement.title.en}`,
            de: `${requirement.id}: ${requirement.title.de}`,
          },
          sourceStatus: profile.sources.find((one) => one.id === source)?.status ?? 'analysis',
          source,
        })),
    ),
  ]
}

/** The sources of some ids, each once, in the order of the ids. */
function sourcesNamed(ids: readonly string[], more: readonly Source[] = []): readonly Source[] {
  const all = [...Object.values(CATALOGUES).flatMap(({ sources }) => sources), ...more]
  return [...new Set(ids)].flatMap((id) => all.find((source) => source.id === id) ?? [])
}

function distinctById(profiles: readonly ProfileRule[]): readonly ProfileRule[] {
  return profiles.filter(({ id }, at) => profiles.findIndex((one) => one.id === id) === at)
}

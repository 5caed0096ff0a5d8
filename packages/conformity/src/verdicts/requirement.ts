import type {
  Evidence,
  MappingLine,
  ProvisionVerdict,
  Reason,
  Requirement,
  RequirementResult,
} from '@messlatte/model'
import type { CatalogueRule, ProfileRule, ProvisionRule } from '../rules.ts'
import { evaluate } from '../traits/condition.ts'
import type { Traits } from '../traits/resolve.ts'
import type { Found } from './found.ts'
import { assessProvision } from './judge.ts'
import { withLedClaims } from './led-claims.ts'
import type { People } from './people.ts'
import { bare, unanswered } from './reasons.ts'

export interface RequirementInputs {
  readonly catalogue: CatalogueRule
  readonly foundOn: (provision: string) => Found
  readonly traits: Traits
  readonly partial: boolean
  readonly people: People
  /** The place of a piece of evidence among all of them, in their order. */
  readonly rankOf: (evidence: Evidence) => number
}

/** The verdicts on what a profile asks in its own numbering, by the evidence that its lines lead there. */
export function assessRequirements(
  profile: ProfileRule,
  inputs: RequirementInputs,
): readonly RequirementResult[] {
  return profile.requirements.map((requirement) => {
    const found = merged(requirement.lines, inputs.foundOn, inputs.rankOf)
    const seen = assessProvision(provisionFor(requirement, inputs.catalogue), 'M', {
      found,
      traits: inputs.traits,
      partial: inputs.partial,
    })
    const told = withLedClaims(seen, requirement.lines, found, inputs.people)
    const judged = inputs.people.decided(
      inScope(requirement, inputs.traits, told),
      requirement.id,
      profile.id,
      found,
    )
    return {
      profile: profile.id,
      id: requirement.id,
      where: requirement.where,
      title: requirement.title,
      pillar: requirement.pillar,
      result: {
        ...judged,
        reasons: [...judged.reasons, wayTo(requirement)],
        sourceStatus: requirement.sourceStatus,
      },
      lines: requirement.lines,
    }
  })
}

/** A law that may not be about this product at all disproves nothing: a fail waits for the answer. */
function inScope(requirement: Requirement, traits: Traits, judged: ProvisionVerdict): ProvisionVerdict {
  const { condition, missing } = requirement
  if (judged.verdict !== 'fail' || !condition || evaluate(condition, traits.held) !== null) return judged
  return {
    ...judged,
    verdict: 'open',
    reasons: [SCOPE_UNKNOWN, ...judged.reasons],
    missing: [...unanswered(condition, traits), ...missing],
  }
}

const SCOPE_UNKNOWN = bare(
  'Whether this rule is about the product at all is not known. If it is, this fails:',
  'Ob diese Regel das Produkt überhaupt betrifft, ist nicht bekannt. Falls ja, ist dies nicht erfüllt:',
)

/** Requirements are data: what they are as provisions of an edition, and how one comes to them, is made once. */
const AS_PROVISION = new WeakMap<CatalogueRule, WeakMap<Requirement, ProvisionRule>>()
const WAYS = new WeakMap<Requirement, Reason>()

function provisionFor(requirement: Requirement, catalogue: CatalogueRule): ProvisionRule {
  const known = AS_PROVISION.get(catalogue) ?? new WeakMap<Requirement, ProvisionRule>()
  AS_PROVISION.set(catalogue, known)
  const rule = known.get(requirement) ?? asProvision(requirement, catalogue)
  known.set(requirement, rule)
  return rule
}

/** An image supports a requirement only through lines that ask for as much, and only where it supports each of them. */
function asProvision(requirement: Requirement, { edition, provisions }: CatalogueRule): ProvisionRule {
  const { id, title, pillar, condition, needs, lines, missing, source } = requirement
  return {
    edition,
    id,
    status: 'M',
    conditionNumbers: [],
    ...(condition && { condition }),
    ...(needs && { needs }),
    title,
    pillar,
    imageCanSupport:
      lines.length > 0 &&
      lines.every(
        (line) =>
          line.relation === 'same' &&
          provisions.some((one) => one.id === line.provision && one.imageCanSupport),
      ),
    missing,
    source,
  }
}

/** The evidence on a requirement, by the lines that lead to it, in no order. */
export function foundFor({ lines }: Requirement, foundOn: (provision: string) => Found): Found {
  return merged(lines, foundOn, () => 0)
}

type Role = keyof Found

/** The strongest first: a piece that comes by two lines does what the stronger lets it do. */
const ROLES: readonly Role[] = ['against', 'doubts', 'backing', 'hints', 'blind', 'neutral']

function merged(
  lines: readonly MappingLine[],
  foundOn: (provision: string) => Found,
  rankOf: (evidence: Evidence) => number,
): Found {
  const roles = new Map<string, { role: number; readonly evidence: Evidence }>()
  for (const line of lines) {
    const found = foundOn(line.provision)
    for (const from of ROLES) {
      if (found[from].length === 0) continue
      const role = ROLES.indexOf(led(from, line))
      for (const evidence of found[from]) {
        const before = roles.get(evidence.id)
        if (!before) roles.set(evidence.id, { role, evidence })
        else if (role < before.role) before.role = role
      }
    }
  }
  const found = { against: [], doubts: [], backing: [], hints: [], blind: [], neutral: [] } satisfies Found
  const lists: Record<Role, Evidence[]> = found
  for (const { role, evidence } of roles.values()) lists[ROLES[role] as Role].push(evidence)
  for (const role of ROLES) lists[role].sort((a, b) => rankOf(a) - rankOf(b))
  return found
}

/** Who lacks a part lacks the whole; who has a part has only that. */
function led(role: Role, { relation, confidence }: MappingLine): Role {
  const decides = relation !== 'related' && confidence !== 'low'
  if (role === 'against') return decides ? 'against' : 'doubts'
  if (role === 'backing') return relation === 'same' && confidence !== 'low' ? 'backing' : 'hints'
  return role
}

function wayTo(requirement: Requirement): Reason {
  const way = WAYS.get(requirement) ?? wayHere(requirement)
  WAYS.set(requirement, way)
  return way
}

function wayHere({ lines }: Requirement): Reason {
  if (lines.length === 0)
    return bare(
      'No provision of EN 303 645 leads here: what an image shows is not about it.',
      'Keine Anforderung der EN 303 645 führt hierher: Was ein Abbild zeigt, sagt darüber nichts.',
    )
  const ids = lines.map(({ provision }) => provision).join(', ')
  const authors = [...new Set(lines.map(({ author }) => author))].join(', ')
  return bare(
    `Seen through EN 303 645, ${ids}, by a mapping of: ${authors}.`,
    `Gesehen durch EN 303 645, ${ids}, nach einer Zuordnung von: ${authors}.`,
  )
}

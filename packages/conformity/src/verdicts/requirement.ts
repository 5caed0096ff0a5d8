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
import { type Found, sortEvidence } from './found.ts'
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
}

/** The verdicts on what a profile asks in its own numbering, by the evidence that its lines lead there. */
export function assessRequirements(
  profile: ProfileRule,
  inputs: RequirementInputs,
): readonly RequirementResult[] {
  return profile.requirements.map((requirement) => {
    const found = foundFor(requirement, inputs.foundOn)
    const seen = assessProvision(asProvision(requirement, inputs.catalogue), 'M', {
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
        reasons: [...judged.reasons, wayHere(requirement)],
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

/** The evidence on a requirement, by the lines that lead to it. */
export function foundFor({ lines }: Requirement, foundOn: (provision: string) => Found): Found {
  return merged(lines, foundOn)
}

type Role = keyof Found

/** The strongest first: a piece that comes by two lines does what the stronger lets it do. */
const ROLES: readonly Role[] = ['against', 'doubts', 'backing', 'hints', 'blind', 'neutral']

function merged(lines: readonly MappingLine[], foundOn: (provision: string) => Found): Found {
  const roles = new Map<string, { readonly role: Role; readonly evidence: Evidence }>()
  for (const line of lines) {
    const found = foundOn(line.provision)
    for (const from of ROLES) {
      const role = led(from, line)
      for (const evidence of found[from]) {
        const before = roles.get(evidence.id)
        if (!before || ROLES.indexOf(role) < ROLES.indexOf(before.role))
          roles.set(evidence.id, { role, evidence })
      }
    }
  }
  const where = (role: Role) =>
    sortEvidence([...roles.values()].filter((one) => one.role === role).map(({ evidence }) => evidence))
  return {
    against: where('against'),
    doubts: where('doubts'),
    backing: where('backing'),
    hints: where('hints'),
    blind: where('blind'),
    neutral: where('neutral'),
  }
}

/** Who lacks a part lacks the whole; who has a part has only that. */
function led(role: Role, { relation, confidence }: MappingLine): Role {
  const decides = relation !== 'related' && confidence !== 'low'
  if (role === 'against') return decides ? 'against' : 'doubts'
  if (role === 'backing') return relation === 'same' && confidence !== 'low' ? 'backing' : 'hints'
  return role
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

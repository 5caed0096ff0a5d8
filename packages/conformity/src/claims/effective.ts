import type { Claim, ClaimSet, Edition, SelfAssessedGroup } from '@messlatte/model'
import { CATALOGUES } from '../catalogues/index.ts'
import type { Origin } from '../rules.ts'
import { failingCases, groupComesTo } from './self-assessment.ts'

/** From the one that admits most: where ICS and self-assessment differ, an admission counts. */
const ADMITS_MOST: readonly Claim['support'][] = ['N', 'Y', 'N/A']

/**
 * What a supplier claims on each provision of an edition: its ICS row, its own assessment of the test group, or of both the one that
 * admits more. Claims about the other edition come by the lines between the two where the demand is the same.
 */
export function effectiveClaims(
  { edition: told, ics, groups }: ClaimSet,
  edition: Edition,
): readonly Claim[] {
  const assessed = groups.flatMap((group) => claimOfGroup(group) ?? [])
  const ids = [...new Set([...ics, ...assessed].map(({ provision }) => provision))]
  const own = ids.map((id) => {
    const both = [ics, assessed].flatMap((list) => list.find(({ provision }) => provision === id) ?? [])
    return ADMITS_MOST.flatMap((support) => both.find((one) => one.support === support) ?? [])[0] as Claim
  })
  return told === edition ? own : own.flatMap((claim) => carried(claim, told, edition))
}

/** A verdict of one's own is a claim, never a decision; what it leaves undecided claims nothing. */
function claimOfGroup(group: SelfAssessedGroup): Claim | undefined {
  const { provision, note } = group
  const shared = { provision, from: 'self-assessment' } as const
  switch (groupComesTo(group)) {
    case 'pass':
      return { ...shared, support: 'Y', detail: note }
    case 'n/a':
      return { ...shared, support: 'N/A', detail: note }
    case 'fail': {
      const cases = failingCases(group).join(', ')
      return { ...shared, support: 'N', detail: [cases, note].filter((part) => part !== '').join(': ') }
    }
    case 'inconclusive':
    case null:
      return undefined
  }
}

/** The provisions of another edition that are not met where one is not. */
export function notMetAsWell(provision: string, told: Edition, edition: Edition): readonly string[] {
  if (told === edition) return [provision]
  return carried({ provision, support: 'N', detail: '' }, told, edition).map((claim) => claim.provision)
}

/** By the lines of the later edition, in either direction. A part that is not met is a whole that is not met; no part is a whole. */
function carried(claim: Claim, told: Edition, edition: Edition): readonly Claim[] {
  const later = CATALOGUES[edition].origins ? edition : told
  const lines = (CATALOGUES[later].origins ?? []).filter((line) =>
    later === edition ? line.from === claim.provision : line.id === claim.provision,
  )
  return lines.flatMap((line) => {
    const provision = later === edition ? line.id : line.from
    if (provision === null || !holds(line, claim)) return []
    return [{ ...claim, provision, detail: claim.detail, by: { edition: told, provision: claim.provision } }]
  })
}

function holds({ change, carries }: Origin, { support }: Claim): boolean {
  switch (change) {
    case 'unchanged':
    case 'moved':
      return true
    case 'regated':
      // The same demand on other products: who is let off here may not be let off there.
      return support !== 'N/A'
    case 'split':
      return support === 'N' && carries === 'whole'
    case 'reworded':
    case 'new':
      return false
  }
}
